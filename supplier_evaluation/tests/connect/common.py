from contextlib import suppress
from functools import partial
from unittest.mock import patch

from ...transport import Settings
from ..alert.common import AlertCommon
from ..outbox.server import Reply, Server

CRON = "supplier_evaluation.ir_cron_supplier_connector"
MESSAGE = "odoo.addons.supplier_evaluation.models.exchange.supplier_exchange_message"
READING = "odoo.addons.supplier_evaluation.models.connect.reading"


class ConnectCommon(AlertCommon):
    """A connector of the test's company, and the server that it asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.connector"].search([]).active = False
        cls.source = cls.env["supplier.exchange.source"].create(
            {
                "name": "CRM",
                "code": "crm-test",
                "company_id": cls.company.id,
                "user_id": cls.people["manager"].id,
            }
        )
        hasty = partial(Settings, pause=0)
        cls.startClassPatcher(patch(f"{READING}.Settings", hasty))

    def setUp(self):
        super().setUp()
        self.before = []
        self.server = Server(self._reply)
        self.addCleanup(self.server.close)

    def _reply(self, asked):
        """What comes before, and then what the system would say."""
        if self.before:
            return self.before.pop(0)
        return self._system(asked)

    def _system(self, asked):
        """A list of five suppliers, by pages."""
        rows = [{"id": str(n), "name": f"Feed Supplier {n}"} for n in range(1, 6)]
        page, size = int(asked.query["page"]), int(asked.query["page_size"])
        return Reply({"data": rows[(page - 1) * size : page * size]})

    def _connector(
        self, preset="json", fields=(("id", "id"), ("name", "name")), **vals
    ):
        lines = [
            {"target": line[0], "path": line[1], "form": (*line, "value")[2]}
            for line in fields
        ]
        return self.env["supplier.connector"].create(
            {
                "name": "Feed",
                "preset": preset,
                "source_id": self.source.id,
                "company_id": self.company.id,
                "url": self.server.url,
                "key": "K3Y",
                "records_path": "data",
                "page_size": 2,
                "per_second": 1000,
                "allow_private": True,
                "field_ids": [(0, 0, line) for line in lines],
                **vals,
            }
        )

    def _run(self, connector, fails=None):
        """Let the scheduled action read it."""
        connector.action_run()
        self._trigger(CRON, fails)
        return connector.run_ids.sorted("id")[-1:]

    def _run_killed(self, connector):
        """Let it be read by a server that is gone with its second page."""
        take, pages = type(connector)._take, []

        def die(connector, rows, name, letters=None):
            counts = take(connector, rows, name, letters)
            pages.append(rows)
            if len(pages) == 2:
                # As the database does when the server is gone; Odoo would commit.
                connector.env.cr.rollback()
                raise SystemExit
            return counts

        # Not assertRaises: that of Odoo would undo what was committed.
        with patch.object(type(connector), "_take", die), suppress(SystemExit):
            self._run(connector)
        self.env.invalidate_all()

    def _impatient(self):
        """In this block nobody waits for an answer, and it is asked for twice."""
        return patch(
            f"{READING}.Settings", partial(Settings, pause=0, tries=2, read=0.1)
        )

    def _taken(self):
        return sorted(
            self.env["res.partner"]
            .search([("name", "like", "Feed Supplier")])
            .mapped("name")
        )
