from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskLevel(RiskCommon):
    """How risky a supplier is today, and why, in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.recent = cls.today - timedelta(days=30)
        cls.partner = cls.supplier.with_company(cls.company)

    def _level(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.partner.supplier_risk_level

    def test_nothing_known_is_no_level(self):
        self.assertFalse(self._level())
        self.assertFalse(self.partner.supplier_risk_reasons)

    def test_looked_and_nothing_found_is_low(self):
        self._check(self.recent)
        self.assertEqual(self._level(), "low")
        self.assertIn(
            "nothing that lasts was found", self.partner.supplier_risk_reasons
        )

    def test_an_old_look_says_nothing_any_more(self):
        self._check(self.today - timedelta(days=500))
        self.assertFalse(self._level())

    def test_not_confirmed_weighs_less(self):
        signal = self._signal("insolvency", self.recent)
        self.assertEqual(self._level(), "high")
        signal.action_confirm()
        self.assertEqual(self._level(), "critical")
        signal.measures = "Paid on delivery only"
        signal.action_mitigate()
        self.assertEqual(self._level(), "high")
        self._set_state(signal, "closed")
        self.assertFalse(self._level())

    def test_what_ended_weighs_nothing(self):
        signal = self._signal("abnormal_operation", self.today - timedelta(days=900))
        signal.action_confirm()
        self.assertEqual(self._level(), "high", "It lasts until it ends.")
        signal.date_end = self.today - timedelta(days=1)
        self.assertFalse(self._level())

    def test_events_weigh_for_a_year(self):
        signal = self._signal("penalty", self.today - timedelta(days=300))
        signal.action_confirm()
        self.assertEqual(self._level(), "medium")
        signal.date = self.today - timedelta(days=400)
        self.assertFalse(self._level())

    def test_of_ratings_the_last_of_a_source_weighs(self):
        self._rated("CCC", self.recent - timedelta(days=200)).action_confirm()
        self.assertEqual(self._level(), "critical")
        self._rated("A", self.recent).action_confirm()
        self.assertEqual(self._level(), "low")

    def test_a_rating_of_the_future_weighs_nothing_yet(self):
        """And does not hide the one of today."""
        self._rated("CCC", self.recent).action_confirm()
        self._rated("AAA", self.today + timedelta(days=30)).action_confirm()
        self.assertEqual(self._level(), "critical")

    def test_reasons_the_worst_first(self):
        self._signal("news", self.recent, name="Strike announced")
        self._signal("sanctions", self.recent, name="On a list").action_confirm()
        self._check(self.recent)
        self._level()
        first, second, third = self.partner.supplier_risk_reasons.split("\n")
        self.assertIn("Critical: Sanctions", first)
        self.assertIn("On a list", first)
        self.assertIn("Not Confirmed", second)
        self.assertIn("last looked at", third)

    def test_each_company_by_itself(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self._signal("sanctions", self.recent)
        self._level()
        self.assertFalse(self.supplier.with_company(other).supplier_risk_level)

    def test_search(self):
        self._signal("sanctions", self.recent)
        calm = self._create_supplier("Calm")
        unknown = self._create_supplier("Unknown")
        self._check(self.recent, partner_id=calm.id)
        partners = self.env["res.partner"].with_company(self.company)
        mine = [("id", "in", (self.supplier | calm | unknown).ids)]

        def found(*domain):
            return partners.search([*mine, *domain])

        self.assertEqual(found(("supplier_risk_level", "=", "high")), self.supplier)
        self.assertEqual(found(("supplier_risk_level", "in", ["low"])), calm)
        self.assertEqual(found(("supplier_risk_level", "=", False)), unknown)
        self.assertEqual(
            found(("supplier_risk_level", "!=", False)), self.supplier | calm
        )

    def test_a_contact_has_the_risk_of_its_company(self):
        self._signal("sanctions", self.recent)
        contact = self._create_contact("Desk")
        self._level()
        self.assertEqual(contact.with_company(self.company).supplier_risk_level, "high")

    def test_order_warns(self):
        order = self._order(1, 1, "2026-03-10").order_id.copy()
        order = order.with_company(self.company)
        self.assertFalse(order.supplier_risk_warning)
        self._signal("sanctions", self.recent, name="On a list")
        self._level()
        self.assertIn("On a list", order.supplier_risk_warning)
        with Form(order) as form:
            self.assertIn("Risk of Golden Supplier: High", form.supplier_risk_warning)
        order.button_confirm()
        self.assertFalse(order.supplier_risk_warning)

    def test_days_are_those_of_the_company(self):
        """At 17 h UTC it is the next day in Shanghai."""
        with freeze_time("2026-06-01 17:00:00"):
            signal = self._signal("sanctions", "2026-01-01", date_end="2026-06-01")
            self.env.flush_all()
            found = self.signals._weighing(self.supplier, self.company)
        # The database's own clock is not frozen.
        self.assertFalse(found.get(self.supplier.id, self.signals) & signal)

    def test_statements_do_not_depend_on_suppliers(self):
        vendors = self.env["res.partner"].with_company(self.company)
        for number in range(30):
            vendor = self._create_supplier(f"Risky {number}")
            self._signal("sanctions", self.recent, partner_id=vendor.id)
            vendors |= vendor.with_company(self.company)

        def read(some):
            return lambda: some.mapped("supplier_risk_reasons")

        few = self._statements_of(read(vendors[:3]))
        self.assertLessEqual(self._statements_of(read(vendors)), few)
        levels = self.env["supplier.risk.level"].search([])
        self.assertGreaterEqual(len(levels), 30)

    def test_vendor_at_a_glance(self):
        self._signal("sanctions", self.recent, name="On a list").action_confirm()
        self._check(self.recent)
        self.env.flush_all()
        view = self._as(self.supplier, "buyer").retrieve_360()
        [chip] = [chip for chip in view["chips"] if chip["key"] == "risk"]
        self.assertEqual(chip["value"], "Critical")
        self.assertEqual(chip["tone"], "danger")
        [risk] = [risk for risk in view["risks"] if risk["kind"] == "signal"]
        self.assertIn("On a list", risk["text"])
        self.assertEqual(risk["model"], "supplier.risk.signal")

    def test_scorecard_says_it(self):
        self._signal("sanctions", self.recent).action_confirm()
        self._order(10, 5, "2026-03-10")
        card = self._evaluate(self._create_template("One", ["otd"])).scorecard_ids[0]
        self.env.flush_all()
        headline = self._as(card, "buyer").retrieve_card()["headline"]
        self.assertEqual(headline["risk"], "Critical")
