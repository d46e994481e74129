from odoo.tests import HttpCase, tagged

from .common import ImprovementCommon


@tagged("post_install", "-at_install")
class TestIncentiveTours(ImprovementCommon, HttpCase):
    browser_size = "1366x768"

    def test_approve_and_undo(self):
        self._rule_of(description="Comes first")
        incentive = self._follow()
        self.start_tour(
            "/odoo/supplier-rewards",
            "supplier_evaluation_reward",
            login="alert_manager",
        )
        self.assertEqual(incentive.state, "undone")
        self.assertFalse(self.own.supplier_preferred)
