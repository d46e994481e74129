from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TierCommon

NOW = "2026-04-10 04:00:00"


@tagged("post_install", "-at_install")
class TestTierFigure(TierCommon):
    """ABC by spend and orders, sources, and what the matrix is drawn of."""

    def _refreshed(self, partner=None):
        with freeze_time(NOW):
            self._refresh()
        return self._figure(partner)

    def test_spend(self):
        self._year()
        figure = self._refreshed()
        self.assertEqual((figure.spend, figure.spend_share), (800, 80))
        self.assertEqual(figure.abc_spend, "a")
        self.assertEqual(self._figure(self.middling).abc_spend, "b")
        self.assertEqual(self._figure(self.small).abc_spend, "c")
        self.assertEqual(figure.order_count, 1)
        # Ties are of one class.
        self.assertEqual(set(self.own.search([]).mapped("abc_orders")), {"a"})
        orders = self.env["purchase.order"].search(
            figure.action_open_orders()["domain"]
        )
        self.assertEqual(sum(orders.mapped("amount_untaxed")), figure.spend)

    def test_limits_of_the_company(self):
        self._year()
        self.company.write({"supplier_abc_a": 96, "supplier_abc_b": 100})
        self._refreshed()
        self.assertEqual(set(self.own.search([]).mapped("abc_spend")), {"a"})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.company.supplier_abc_b = 90
            self.env.flush_all()

    def test_in_company_currency(self):
        euro = self._euros({"2026-01-01": 0.5})
        self._order(10, 40, "2026-03-10", currency_id=euro.id)
        self.assertEqual(self._refreshed().spend, 800)

    def test_older_than_a_year(self):
        self._order(10, 5, "2025-03-10", "2025-03-01")
        self.assertFalse(self._refreshed())

    def test_the_year_begins_where_the_company_is(self):
        """The year to April 10 begins in Shanghai on April 11 at 0:00, 16:00 UTC."""
        for partner, minute in ((self.middling, 59), (self.small, 0)):
            line = self._order(10, 5, "2025-05-01", "2025-04-10", partner=partner)
            hour = 15 if minute else 16
            line.order_id.date_approve = f"2025-04-10 {hour}:{minute:02}:00"
        self.assertFalse(self._refreshed(self.middling).order_count)
        figure = self._figure(self.small)
        self.assertEqual(figure.order_count, 1)
        orders = self.env["purchase.order"].search(
            figure.action_open_orders()["domain"]
        )
        self.assertEqual(orders.partner_id, self.small)

    def test_each_company_for_itself(self):
        self._year()
        self._order(1, 5, "2026-03-10", company=self.elsewhere)
        with freeze_time(NOW):
            self._refresh(self.elsewhere)
            self._refresh()
        self.assertEqual(self._figure(company=self.elsewhere).spend_share, 100)
        self.assertEqual(self._figure().spend, 800)

    def test_contact_and_archived(self):
        contact = self._create_contact("Sales Desk")
        self._order(10, 80, "2026-03-10", partner=contact)
        self._order(10, 80, "2026-03-10", partner=self.small)
        self.small.active = False
        self.assertEqual(self._refreshed().spend, 800)
        self.assertFalse(self._figure(self.small))

    def test_sources(self):
        """The only source, until somebody else is approved for it."""
        approved = self.env.ref("supplier_evaluation.supplier_stage_approved")
        own = self.supplier.with_company(self.company)
        own._set_supplier_stage(approved, "x", initial=True)
        other = self._create_product("Nut")
        self._order(10, 80, "2026-03-10")
        self._order(10, 80, "2026-03-10", product=other)
        self._order(10, 80, "2026-03-10", product=other, partner=self.small)
        figure = self._refreshed()
        self.assertEqual(figure.product_count, 2)
        self.assertEqual((figure.single_source_count, figure.substitute_count), (2, 0))
        self.small.with_company(self.company)._set_supplier_stage(
            approved, "x", initial=True
        )
        figure = self._refreshed()
        self.assertEqual((figure.single_source_count, figure.substitute_count), (1, 0))

    def test_risk_knows_no_score(self):
        self._year()
        figure = self._refreshed()
        self.assertIs(figure.score, False)
        # All three sell the same; nobody is approved, so each has two substitutes.
        self.assertEqual(figure.substitute_count, 2)
        self.assertEqual(figure.risk, 33.33)
        self.assertEqual(figure.quadrant, "leverage")

    def test_firm_scores_only(self):
        self._year()
        self.supplier.with_company(self.company)._write_guarded(
            {"supplier_score": 40, "supplier_score_provisional": True}
        )
        self.assertIs(self._refreshed().score, False)
        self.supplier.with_company(self.company)._write_guarded(
            {"supplier_score_provisional": False}
        )
        self.assertEqual(self._refreshed().score, 40)

    def test_statements(self):
        self._rule(abc_spend="c")

        def refresh():
            with freeze_time(NOW):
                self._refresh()

        def suppliers(count):
            for number in range(count):
                partner = self._create_supplier(f"S{count}{number}")
                self._order(1, 5 + number, "2026-03-10", partner=partner)

        suppliers(3)
        refresh()
        few = self._statements_of(refresh)
        suppliers(15)
        refresh()
        self.assertLessEqual(self._statements_of(refresh), few + 1)

    def test_matrix(self):
        self._year()
        self._rule(abc_spend="a")
        self._refreshed()
        matrix = self._as(self.own, "buyer").retrieve_matrix()
        points = {point["id"]: point for point in matrix["points"]}
        self.assertEqual(len(points), 3)
        point = points[self.supplier.id]
        figure = self._figure()
        for name in ("impact", "risk", "quadrant", "spend"):
            self.assertEqual(point[name], figure[name])
        self.assertEqual(point["proposed"], "Strategic")
        self.assertFalse(matrix["can_decide"])
        self.assertTrue(self._as(self.own, "manager").retrieve_matrix()["can_decide"])
        self.assertEqual(self._as(self.own, "stranger").retrieve_matrix()["points"], [])
        matrix = self._as(self.own, "buyer").retrieve_matrix(tier_id=self.partner.id)
        self.assertEqual(matrix["points"], [])

    def test_matrix_statements(self):
        self._year()
        self._refreshed()
        matrix = self._as(self.own, "buyer").retrieve_matrix
        matrix()
        few = self._statements_of(matrix)
        for number in range(12):
            partner = self._create_supplier(f"More {number}")
            self._order(1, 5 + number, "2026-03-10", partner=partner)
        self._refreshed()
        matrix()
        self.assertLessEqual(self._statements_of(matrix), few)
