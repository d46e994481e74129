from odoo.tests import HttpCase, tagged

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskTours(RiskCommon, HttpCase):
    """A buyer enters what the paper said; it is on the vendor, and in the figures."""

    def test_enter_and_confirm(self):
        self.start_tour(
            "/odoo/supplier-risk-signals",
            "supplier_evaluation_risk_signal",
            login="risk_buyer",
        )
        signal = self.signals.search([("name", "=", "Strike at the plant")])
        self.assertEqual(signal.partner_id, self.supplier)
        self.assertEqual(signal.state, "confirmed")
        self.assertEqual(signal.severity, "high")
