from unittest.mock import patch

from ..alert.common import AlertCommon
from .server import Reply, Server

CRON = "supplier_evaluation.ir_cron_supplier_outbox"
SENDING = "odoo.addons.supplier_evaluation.models.outbox.sending"
OK = {"errcode": 0, "errmsg": "ok"}


class OutboxCommon(AlertCommon):
    """A chat of the test's company, and the server that plays it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.outbox.channel"].search([]).active = False
        cls.chat = cls._chat()
        cls.startClassPatcher(patch(f"{SENDING}.sleep"))

    def setUp(self):
        super().setUp()
        self.answers = [Reply(OK)]
        self.server = Server(self._answer)
        self.addCleanup(self.server.close)
        self.chat.url = f"{self.server.url}/cgi-bin/webhook/send?key=S3CRET"

    def _answer(self, asked):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @classmethod
    def _chat(cls, **vals):
        return cls.env["supplier.outbox.channel"].create(
            {
                "name": "Purchasing",
                "kind": "wecom",
                "company_id": cls.company.id,
                "allow_private": True,
                **vals,
            }
        )

    def _enqueue(self, key="k", payload="Hello", chat=None, record=None):
        outbox = self.env["supplier.outbox"].sudo()
        return outbox.enqueue(chat or self.chat, key, payload, record)

    def _send(self, fails=None):
        """Let the scheduled action run."""
        self._trigger(CRON, fails)

    def _said(self):
        return [
            asked.json()["markdown"]["content"].partition("\n")[0].strip("*")
            for asked in self.server.asked
        ]
