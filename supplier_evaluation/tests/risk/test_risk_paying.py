from odoo.tests import tagged

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskPaying(RiskCommon):
    """How late we paid stands beside the risks of the supplier."""

    def test_asks_the_facts(self):
        self.env.flush_all()
        view = self._as(self.supplier, "buyer").retrieve_360()
        self.assertFalse([one for one in view["risks"] if one["kind"] == "payment"])
        action = self._as(self.supplier, "manager").action_open_late_payments()
        self.assertEqual(action["domain"], [("id", "in", [])])
