from odoo.tests import HttpCase, tagged

from ..common import MANAGER
from .common import OutboxCommon


@tagged("post_install", "-at_install")
class TestOutboxTours(OutboxCommon, HttpCase):
    browser_size = "1366x768"

    def test_chat_and_message(self):
        self._create_user("outbox_boss", f"base.group_system,{MANAGER}")
        message = self._enqueue(payload={"title": "Too late", "lines": ["x"]})
        message._write_guarded(
            {
                "state": "dead",
                "problem": "refused",
                "problem_values": {"code": "93000", "text": "invalid webhook url"},
            }
        )
        self.start_tour(
            "/odoo/supplier-chats", "supplier_evaluation_outbox", login="outbox_boss"
        )
        self.assertEqual(message.state, "waiting")
        made = self.env["supplier.outbox.channel"].search([("name", "=", "Team room")])
        self.assertEqual(made.company_id, self.company)
