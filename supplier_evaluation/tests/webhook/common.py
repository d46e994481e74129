from datetime import timedelta
from unittest.mock import patch

from ..exchange.common import ExchangeCommon
from ..outbox.common import CRON as SEND
from ..outbox.common import SENDING
from ..outbox.server import Reply, Server
from ..scheduled import ScheduledCommon

COLLECT = "supplier_evaluation.ir_cron_supplier_outbox_feed"


class WebhookCommon(ScheduledCommon, ExchangeCommon):
    """A system that gets suppliers, and the server that plays it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        channels = cls.env["supplier.outbox.channel"]
        channels.search([]).active = False
        cls.hook = channels.create(
            {
                "name": "Data lake",
                "kind": "exchange",
                "company_id": cls.company.id,
                "source_id": cls.erp.id,
                "secret": "S3CRET",
                "allow_private": True,
            }
        )
        cls.feed = cls._feed("supplier")
        cls.startClassPatcher(patch(f"{SENDING}.sleep"))

    def setUp(self):
        super().setUp()
        self.answers = [Reply({})]
        self.server = Server(self._answer)
        self.addCleanup(self.server.close)
        self.hook.url = f"{self.server.url}/records"

    def _answer(self, asked):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @classmethod
    def _feed(cls, kind, **vals):
        """Let what changes from now on be sent: in a test, all has one moment."""
        moment = cls.env.cr.now().replace(microsecond=0) - timedelta(seconds=1)
        feeds = cls.env["supplier.outbox.feed"]
        return feeds.create(
            {
                "channel_id": cls.hook.id,
                "kind": kind,
                "date_from": moment,
                **vals,
            }
        )

    def _go(self):
        """Collect, and send."""
        self._trigger(COLLECT)
        self._trigger(SEND)

    def _vendors(self, *names):
        return self.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "supplier_rank": 1,
                    "company_id": self.company.id,
                }
                for name in names
            ]
        )

    def _told(self):
        """Return the names in what came, message by message."""
        return [
            [record["name"] for record in asked.json()["records"]]
            for asked in self.server.asked
        ]
