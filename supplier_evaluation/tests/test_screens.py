from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from .common import BUYER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestScreens(SupplierEvaluationCommon):
    """What the forms propose, and who sees what on the forms of other apps."""

    def test_last_closed_period_is_proposed(self):
        with freeze_time("2026-04-10"), Form(self.env["supplier.evaluation"]) as form:
            form.template_id = self.template
            self.assertEqual(form.date_from, date(2026, 3, 1))
            self.assertEqual(form.date_to, date(2026, 3, 31))

    def test_last_rolling_window_is_proposed(self):
        self.template.period = "rolling_90"
        with freeze_time("2026-04-10"), Form(self.env["supplier.evaluation"]) as form:
            form.template_id = self.template
            self.assertEqual(form.date_from, date(2026, 1, 1))
            self.assertEqual(form.date_to, date(2026, 3, 31))

    def test_own_dates_stay(self):
        with freeze_time("2026-04-10"), Form(self.env["supplier.evaluation"]) as form:
            form.date_from = date(2026, 2, 1)
            form.date_to = date(2026, 2, 28)
            form.template_id = self.template
            self.assertEqual(form.date_from, date(2026, 2, 1))

    def test_order_shows_the_grade_to_buyers_only(self):
        order = self._order(1, 10, "2026-03-10").order_id
        self.assertIn("supplier_grade_id", self._view_fields(order, "buyer"))
        self.assertNotIn("supplier_grade_id", self._view_fields(order, "clerk"))

    def test_vendor_shows_the_evaluation_to_buyers_only(self):
        self.assertIn("supplier_score", self._view_fields(self.supplier, "buyer"))
        self.assertNotIn("supplier_score", self._view_fields(self.supplier, "clerk"))

    def _view_fields(self, record, role):
        groups = {
            "buyer": BUYER,
            "clerk": "account.group_account_invoice",
        }
        user = self._create_user(f"screen_{role}", groups[role])
        views = record.with_user(user).get_views([(False, "form")])
        return views["models"][record._name]["fields"]
