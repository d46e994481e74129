from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestAlertTours(AlertCommon, HttpCase):
    """An alert is worked through to a closed 8D; a rule is made and tried."""

    browser_size = "1366x768"

    def _late_line(self):
        today = fields.Date.today()
        ordered, promised = (str(today - timedelta(days=ago)) for ago in (30, 10))
        return self._order(10, 5, promised, ordered)

    def test_alert_to_closed_8d(self):
        line = self._late_line()
        rule = self._shipped("late")
        rule.action_server_ids = False
        self.company.supplier_8d_alone = True
        alert = self._look(rule)
        self.start_tour(
            f"/odoo/supplier-alerts/{alert.id}",
            "supplier_evaluation_alert_to_8d",
            login="alert_buyer",
        )
        self.assertEqual(alert.state, "resolved")
        self.assertEqual(alert.record_ids, [line.id * 2])
        action = alert.corrective_action_ids
        self.assertEqual(action.state, "effective")
        self.assertEqual(set(action.step_ids.mapped("state")), {"accepted"})

    def test_rule(self):
        self.start_tour(
            "/odoo/supplier-alert-rules",
            "supplier_evaluation_alert_rule",
            login="alert_manager",
        )
        rule = self.env["supplier.alert.rule"].search([("name", "=", "Slow")])
        self.assertEqual(rule.threshold, 60)
        self.assertIs(rule.answer_hours, False)
        self.assertEqual(rule.company_id, self.company)
