from odoo.tests import HttpCase, tagged

from ..common import MANAGER
from .common import WebhookCommon


@tagged("post_install", "-at_install")
class TestWebhookTours(WebhookCommon, HttpCase):
    browser_size = "1366x768"

    def test_records_for_a_system(self):
        boss = self._create_user("webhook_boss", f"base.group_system,{MANAGER}")
        self.start_tour(
            "/odoo/supplier-exchange", "supplier_evaluation_webhook", login=boss.login
        )
        made = self.env["supplier.outbox.channel"].search(
            [("url", "=", "https://lake.example/records")]
        )
        self.assertEqual((made.kind, made.source_id), ("exchange", self.erp))
        self.assertEqual(made.feed_ids.kind, "scorecard")
        self.assertTrue(made.feed_ids.date_from)
