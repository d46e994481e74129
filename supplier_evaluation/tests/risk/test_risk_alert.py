from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskAlert(RiskCommon):
    """The two rules that come with risks."""

    def _seen(self, name):
        rule = self.env.ref(f"supplier_evaluation.supplier_alert_rule_{name}")
        self.assertFalse(rule._problem())
        self.env.flush_all()
        seen = rule._see(self.company, fields.Datetime.now())
        return {one.res_id for one in seen if one.partner_id == self.supplier.id}

    def test_a_new_serious_signal(self):
        recent = fields.Date.today() - timedelta(days=3)
        signal = self._signal("sanctions", recent)
        self._signal("news", recent)
        self.assertEqual(self._seen("risk_serious"), {signal.id})
        self._set_state(signal, "false_alarm")
        self.assertFalse(self._seen("risk_serious"))

    def test_a_rating_that_fell(self):
        today = fields.Date.today()
        self._rated("AA", today - timedelta(days=60))
        self._rated("AA-", today - timedelta(days=40))
        self.assertFalse(self._seen("rating_fell"))
        fell = self._rated("A", today - timedelta(days=20))
        self.assertEqual(self._seen("rating_fell"), {fell.id})
