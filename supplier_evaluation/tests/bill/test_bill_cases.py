from odoo.tests import tagged

from ..fact.common import CatalogueCommon
from ..fact.sums import build, differences


@tagged("post_install", "-at_install")
class TestBillCases(CatalogueCommon):
    """Bills against orders, from real posted bills."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_accounts()
        cls.line = cls._order(100, 10, "2026-03-10")
        cls._receive(cls.line, "2026-03-10")

    def _facts(self, **scope):
        self.env.flush_all()
        facts = self.env["supplier.bill.fact"]._with_fact_scope(self._scope(**scope))
        return facts.search([("partner_id", "=", self.supplier.id)])

    def test_billed_as_ordered(self):
        self._bill(self.line, 100, 10)
        self.assertEqual(self._value("bill_price_variance"), 0)

    def test_differences_do_not_cancel_out(self):
        """40 at 11 and 60 at 9: 100 off, of 1000."""
        self._bill(self.line, 40, 11)
        self._bill(self.line, 60, 9)
        measure = self._measure("bill_price_variance")
        self.assertAlmostEqual(measure.value, 10)
        self.assertEqual(measure.n, 2)

    def test_discount_on_the_bill(self):
        self._bill(self.line, 100, 20, line_vals={"discount": 50})
        self.assertAlmostEqual(self._value("bill_price_variance"), 0)

    def test_bill_in_another_unit(self):
        """A dozen at 132 is 11 a unit."""
        self._bill(self.line, 5, 132, uom=self.uom_dozen)
        self.assertAlmostEqual(self._value("bill_price_variance"), 10)
        self.assertEqual(self._facts().quantity, 60)

    def test_line_whose_product_was_taken_away(self):
        """120 pieces of text for 10 dozen at 120 are 10 each, as ordered."""
        line = self._order(10, 120, "2026-03-10", uom=self.uom_dozen)
        text = {"product_id": False, "name": "Bolts, M8"}
        self._bill(line, 120, 10, uom=self.uom_unit, line_vals=text)
        self.env.flush_all()
        self.assertEqual(self._value("bill_price_variance"), 0)
        self.assertEqual(self._facts().product_id, self.product)

    def test_bill_in_another_currency(self):
        """5.50 euros at half a euro for a dollar are 11 dollars."""
        euro = self._euros({"2026-01-01": 0.5})
        self._bill(self.line, 100, 5.5, currency_id=euro.id)
        self.assertAlmostEqual(self._value("bill_price_variance"), 10)
        self.assertAlmostEqual(self._facts().value, 1100)

    def test_order_and_bill_in_the_same_foreign_currency(self):
        """The rate of the bill's day makes no difference of price."""
        euro = self._euros({"2026-01-01": 0.5, "2026-03-15": 0.8})
        line = self._order(10, 10, "2026-03-10", currency_id=euro.id)
        self._bill(line, 10, 10)
        self.assertAlmostEqual(self._value("bill_price_variance"), 0)

    def test_order_in_a_foreign_currency_billed_in_dollars(self):
        """Ten euros are ten dollars when ordered, and 20 when billed."""
        euro = self._euros({"2026-01-01": 1, "2026-03-08": 0.5})
        line = self._order(10, 10, "2026-03-10", currency_id=euro.id)
        dollars = {"currency_id": self.company.currency_id.id}
        self._bill(line, 6, 20, **dollars)
        self.assertAlmostEqual(self._value("bill_price_variance"), 0)
        self._bill(line, 4, 22, **dollars)
        self.assertAlmostEqual(self._value("bill_price_variance"), 4)
        self.assertAlmostEqual(sum(self._facts().mapped("difference")), 8)

    def test_rates_of_before_are_corrected(self):
        """No sum is kept of what rates decide about."""
        euro = self._euros({"2026-01-01": 1, "2026-03-08": 0.5})
        line = self._order(10, 10, "2026-03-10", currency_id=euro.id)
        self._bill(line, 10, 22, currency_id=self.company.currency_id.id)
        build(self.env)
        self.assertAlmostEqual(self._value("bill_price_variance"), 10)
        self.env["res.currency.rate"].search(
            [("currency_id", "=", euro.id), ("name", "=", "2026-03-08")]
        ).rate = 1 / 2.2
        self.assertAlmostEqual(self._value("bill_price_variance"), 0)
        self.assertFalse(
            differences(self.env, "supplier.bill.fact", self._scope(), self.supplier)
        )

    def test_a_currency_without_rates(self):
        """Then that of the order is all that is known."""
        euro = self._euros({"2026-04-20": 0.5})
        line = self._order(10, 10, "2026-03-10", currency_id=euro.id)
        price = 10 / line.order_id.currency_rate
        self._bill(line, 10, price, currency_id=self.company.currency_id.id)
        self.assertAlmostEqual(self._value("bill_price_variance"), 0)

    def test_without_an_order(self):
        nothing = self.env["purchase.order.line"]
        self._bill(nothing, 1, 99)
        self.assertIsNone(self._value("bill_price_variance"))
        self.assertEqual(self._facts(aspect="order").exclusion, "no_reference")
        self.assertFalse(self._facts().exclusion)

    def test_reversed_bill_is_as_if_it_had_never_come(self):
        bill = self._bill(self.line, 100, 12)
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)
        self._refund(bill)
        self.assertEqual(bill.payment_state, "reversed")
        self._bill(self.line, 100, 10)
        self.assertEqual(self._value("bill_price_variance"), 0)
        facts = self._facts()
        self.assertEqual(len(facts), 3)
        self.assertEqual(
            sorted(facts.mapped(lambda fact: fact.exclusion or "")),
            ["", "cancelled", "cancelled"],
        )

    def test_bill_settled_by_another_refund_counts(self):
        """A bonus that pays a bill does not make it one that never came."""
        bill = self._bill(self.line, 100, 12)
        bonus = self._bill(
            self.env["purchase.order.line"],
            1,
            1200,
            day="2026-03-25",
            move_type="in_refund",
        )
        self._settle(bill | bonus)
        self.assertEqual(bill.payment_state, "reversed")
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)

    def _typed_refund(self, quantity, price, day="2026-03-25", **vals):
        """A refund that somebody typed in: it names neither the bill nor the order."""
        return self._bill(
            self.env["purchase.order.line"],
            quantity,
            price,
            day=day,
            move_type="in_refund",
            **vals,
        )

    def _settle(self, moves):
        moves.line_ids.filtered(
            lambda line: line.account_id == self.payable
        ).reconcile()

    def test_bill_that_a_refund_without_original_took_back(self):
        """The same goods for the same money, and settled against each other."""
        bill = self._bill(self.line, 100, 12)
        refund = self._typed_refund(100, 12)
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)
        self._settle(bill | refund)
        self._bill(self.line, 100, 10)
        self.assertEqual(self._value("bill_price_variance"), 0)
        cancelled = self._facts().filtered(lambda fact: fact.exclusion == "cancelled")
        self.assertEqual(cancelled.move_id, bill | refund)

    def test_refund_of_another_order(self):
        """It says of which order it is, whatever bill it is set off against."""
        other = self._order(100, 10, "2026-03-12")
        bill = self._bill(self.line, 100, 12)
        self._settle(bill | self._bill(other, 100, 12, move_type="in_refund"))
        self.assertEqual(bill.payment_state, "reversed")
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)

    def test_refund_without_original_in_dozens(self):
        bill = self._bill(self.line, 24, 12)
        refund = self._typed_refund(2, 144, uom=self.uom_dozen)
        self._settle(bill | refund)
        self.assertIsNone(self._value("bill_price_variance"))

    def test_refund_without_original_of_something_else(self):
        """As many pieces of another product, or less of the same and dearer."""
        other = self._create_product("Washer")
        for quantity, price, vals in (
            (100, 12, {"line_vals": {"product_id": other.id}}),
            (50, 24, {}),
        ):
            with self.subTest(quantity=quantity), self.env.cr.savepoint() as savepoint:
                bill = self._bill(self.line, 100, 12)
                self._settle(bill | self._typed_refund(quantity, price, **vals))
                self.assertEqual(bill.payment_state, "reversed")
                self.assertAlmostEqual(self._value("bill_price_variance"), 20)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_refund_without_original_after_the_cutoff(self):
        bill = self._bill(self.line, 100, 12)
        self._settle(bill | self._typed_refund(100, 12, day="2026-06-01"))
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)

    def test_reversed_after_the_cutoff_is_not_known(self):
        bill = self._bill(self.line, 100, 12)
        self._refund(bill, day="2026-06-01")
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)

    def test_bills_follow_a_contact_that_joins_a_company(self):
        loner = self._create_supplier("Loner")
        line = self._order(10, 10, "2026-03-10", partner=loner)
        loner.with_company(self.company).property_account_payable_id = self.payable
        self._bill(line, 10, 12)
        loner.write({"is_company": False, "parent_id": self.supplier.id})
        self.assertEqual(loner.commercial_partner_id, self.supplier)
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)

    def test_refund_of_a_part_does_not_undo_the_wrong_price(self):
        self._bill(self.line, 100, 11)
        self._bill(self.line, 100, 1, day="2026-03-25", move_type="in_refund")
        self.assertAlmostEqual(self._value("bill_price_variance"), 10)
        self.assertEqual(len(self._facts()), 2)
        self.assertEqual(len(self._facts(aspect="order")), 1)

    def test_draft_and_cancelled_bills(self):
        bill = self._bill(self.line, 100, 12)
        bill.button_draft()
        self.assertIsNone(self._value("bill_price_variance"))
        bill.button_cancel()
        self.assertIsNone(self._value("bill_price_variance"))

    def test_day_of_the_bill_is_in_the_period(self):
        self._bill(self.line, 10, 12, day="2026-02-28")
        self._bill(self.line, 10, 12, day="2026-04-01")
        self.assertIsNone(self._value("bill_price_variance"))
        self._bill(self.line, 10, 12, day="2026-03-31")
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)

    def test_waived_order_line(self):
        self._bill(self.line, 100, 12)
        self.line._set_supplier_exclusion("manual", "Agreed by phone")
        self.assertIsNone(self._value("bill_price_variance"))

    def test_leave_out(self):
        self._bill(self.line, 10, 12)
        action = self._facts().action_leave_out()
        targets = action["context"]
        self.assertEqual(
            targets["default_targets"]["purchase.order.line"], self.line.ids
        )

    def test_leave_out_without_an_order(self):
        self._bill(self.env["purchase.order.line"], 10, 12)
        with self.assertRefused("these bill lines have none"):
            self._facts().action_leave_out()

    def test_buyer_opens_the_order_where_bills_are_not_shown(self):
        bill = self._bill(self.line, 10, 12)
        self._bill(self.env["purchase.order.line"], 10, 12)
        facts = self._facts().with_user(self.buyer)
        with_order = facts.filtered("order_id")
        without = facts - with_order
        action = with_order.action_open_document()
        self.assertEqual(action["res_id"], self.line.order_id.id)
        action = without.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (without._name, without.id)
        )
        self.assertEqual(
            with_order.with_user(self.env.user).action_open_document()["res_id"],
            bill.id,
        )

    def test_bills_to_a_contact_are_its_company_s(self):
        line = self._order(10, 10, "2026-03-10", partner=self.contact)
        self._bill(line, 10, 11)
        self.assertAlmostEqual(self._value("bill_price_variance"), 10)
