from freezegun import freeze_time

from odoo.tests import tagged

from ...report.price.spend import spend_of
from ..bill.common import BillCommon

APRIL_20 = "2026-04-20 02:00:00"  # after the cut-off


@tagged("post_install", "-at_install")
class TestSpend(BillCommon):
    """What was ordered in March: 1,000 dollars by the order of the class."""

    def _spend(self, partner=None, **scope):
        spend = spend_of(self.env, self._scope(**scope))
        return spend.get((partner or self.supplier).id)

    def _price_facts(self):
        """What the price facts of March cost that are no duplicates or goods unsent."""
        self.env.flush_all()
        facts = self.env["supplier.price.fact"]._with_fact_scope(
            self._scope(with_excluded=True)
        )
        facts = facts.search([("partner_id", "=", self.supplier.id)])
        left_out = ("cancelled", "duplicate", "not_goods")
        counted = facts.filtered(lambda fact: fact.exclusion not in left_out)
        return sum(counted.mapped("value"))

    def _import(self, **vals):
        return self.env["supplier.history.line"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.supplier.id,
                "order_ref": "OLD-1",
                "line_ref": "1",
                "quantity_ordered": 10,
                "price_unit": 7,
                "date_order": "2026-03-10",
                "date_promised": "2026-03-20",
                **vals,
            }
        )

    def assertSpent(self, amount):
        """It is the sum of the facts that can be seen, too."""
        self.assertAlmostEqual(self._spend(), amount)
        self.assertAlmostEqual(self._price_facts(), amount)

    def test_as_ordered(self):
        self.assertSpent(1000)
        self._buy(10, 5, "2026-03-05")
        self._buy(10, 5, "2026-02-05")
        self._buy(10, 5, "2026-04-01")
        self.assertSpent(1050)

    def test_nothing_ordered_is_no_figure(self):
        self.assertIsNone(self._spend(self._create_supplier("Other")))

    def test_currency_at_the_rate_of_the_order(self):
        euro = self._euros({"2026-01-01": 0.5, "2026-03-09": 0.8})
        self._buy(10, 4, "2026-03-05", currency_id=euro.id)
        self._buy(10, 4, "2026-03-10", currency_id=euro.id)
        self.assertSpent(1000 + 80 + 50)

    def test_discount_tax_and_unit(self):
        line = self._buy(2, 126, "2026-03-10", uom=self.uom_dozen)
        line.discount = 50
        self.assertSpent(1126)
        line = self._buy(10, 12, "2026-03-10")
        line.tax_ids = self._tax(20)
        self.assertSpent(1226)

    def test_cancelled(self):
        lines = self._buy(10, 5, "2026-03-10"), self._buy(10, 7, "2026-03-10")
        with freeze_time("2026-03-20 02:00:00"):
            lines[0].order_id.button_cancel()
        with freeze_time(APRIL_20):
            lines[1].order_id.button_cancel()
        self.assertSpent(1070)
        self.assertAlmostEqual(self._spend(cutoff=self._later()), 1000)

    def test_nothing_left_to_order(self):
        """As it was at the cut-off, although the line costs nothing any more."""
        lines = self._buy(10, 5, "2026-03-10"), self._buy(10, 7, "2026-03-10")
        with freeze_time("2026-03-20 02:00:00"):
            lines[0].product_qty = 0
        with freeze_time(APRIL_20):
            lines[1].product_qty = 0
        self.assertSpent(1070)

    def test_ordered_more_after_the_cutoff(self):
        with freeze_time("2026-03-20 02:00:00"):
            self.line.product_qty = 110
        self.assertSpent(1100)
        with freeze_time(APRIL_20):
            self.line.product_qty = 500
        self.assertSpent(1100)
        self.assertAlmostEqual(self._spend(cutoff=self._later()), 5000)

    def test_confirmed_after_the_cutoff(self):
        self._buy(10, 5, "2026-03-20")
        cutoff = self._scope().cutoff.replace(month=3, day=15)
        self.assertAlmostEqual(self._spend(cutoff=cutoff), 1000)

    def test_waived_lines_cost_all_the_same(self):
        self.line._set_supplier_exclusion("manual", "Our dock was closed")
        self.assertSpent(1000)

    def test_down_payment_is_paid_for_the_goods(self):
        order = self.line.order_id
        self._down_payment(order, 300, "2026-03-05")
        self.assertSpent(1000)
        down = order.order_line.filtered(
            lambda line: line.is_downpayment and not line.display_type
        )
        self.env.cr.execute(
            "UPDATE purchase_order_line SET product_id = %s, product_qty = 1,"
            " product_uom_id = %s, price_subtotal = 300 WHERE id = %s",
            [self.product.id, self.uom_unit.id, down.id],
        )
        self.env.invalidate_all()
        self.assertSpent(1000)

    def test_order_in_odoo_and_in_a_file(self):
        self._import(order_ref=self.line.order_id.name, product_id=self.product.id)
        self.assertSpent(1000)
        self._import()
        self.assertSpent(1070)

    def test_file_without_order_dates(self):
        """By the promise; no price is compared by it."""
        self._import(date_order=False)
        self._import(date_order=False, date_promised="2026-04-02", line_ref="2")
        self.assertAlmostEqual(self._spend(), 1070)

    def test_file_after_the_cutoff(self):
        self._import(date_order="2026-03-20")
        cutoff = self._scope().cutoff.replace(month=3, day=15)
        self.assertAlmostEqual(self._spend(cutoff=cutoff), 1000)

    def test_contacts_order_for_their_company(self):
        other = self._create_contact("Other desk")
        self._buy(10, 5, "2026-03-10", partner=self.contact)
        self._buy(10, 7, "2026-03-10", partner=other)
        self.assertSpent(1120)
        self.assertIsNone(self._spend(self.contact))

    def test_each_company_spends_its_own(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        self._buy(10, 5, "2026-03-10", company=elsewhere)
        self.assertAlmostEqual(self._spend(), 1000)
        self.assertAlmostEqual(self._spend(company_id=elsewhere.id, tz="UTC"), 50)

    def test_on_the_scorecard(self):
        template = self._create_template("Spend", ["otd", "price_variance"])
        silent = self._create_supplier("Only in April")
        self._order(10, 5, "2026-03-20", confirmed="2026-02-20", partner=silent)
        cards = self._evaluate(template).scorecard_ids.grouped("partner_id")
        self.assertEqual(cards[self.supplier].spend, 1000)
        self.assertEqual(cards[self.supplier].currency_id, self.company.currency_id)
        self.assertIs(cards[silent].spend, False)

    def _later(self):
        return self._scope().cutoff.replace(day=30)

    def test_days_of_the_company(self):
        """1 March in Shanghai begins on 28 February, 16 o'clock."""
        line = self._buy(10, 5, "2026-03-10")
        line._write_guarded({"date_promise_frozen": "2026-02-28 15:59:59"})
        self.assertSpent(1000)
        line._write_guarded({"date_promise_frozen": "2026-02-28 16:00:00"})
        self.assertSpent(1050)
