from datetime import datetime

from odoo import Command
from odoo.tests import tagged

from ..fact import sums
from .summing import BillSumsCommon

# Before, between and after the refunds.
CUTOFFS = ((3, 12), (3, 18), (3, 22), (3, 26), (4, 4))


@tagged("post_install", "-at_install")
class TestBillByHand(BillSumsCommon):
    """Refunds took all of bills back that are not one of each, or were typed in."""

    def setUp(self):
        super().setUp()
        sums.build(self.env)

    def _typed(self, quantity, price=12, day="2026-03-20", **vals):
        vals = {"move_type": "in_refund", **vals}
        return self._bill(self.nothing, quantity, price, day=day, **vals)

    def _assert_cancelled(self, *moves):
        """Nothing of them counts, but what is billed right does."""
        self._assert_same(*CUTOFFS)
        self.assertTrue(self.changes._catch_up())
        self._assert_same(*CUTOFFS)
        self._bill(self.line, 1, 10)
        self.assertEqual(self._value("bill_price_variance"), 0)
        left_out = self._facts().filtered(lambda fact: fact.exclusion == "cancelled")
        self.assertEqual(left_out.move_id, self.env["account.move"].union(*moves))

    def _assert_counted(self):
        self._assert_same(*CUTOFFS)
        self.assertAlmostEqual(self._value("bill_price_variance"), 20)

    def test_one_refund_of_two_bills(self):
        bills = self._bill(self.line, 60, 12) | self._bill(self.line, 40, 12)
        refund = self._typed(100)
        self._assert_counted()
        self._reconcile(bills | refund)
        self._assert_cancelled(bills, refund)

    def test_part_of_the_second_bill(self):
        bills = self._bill(self.line, 60, 12) | self._bill(self.line, 40, 12)
        self._reconcile(bills | self._typed(80))
        self._assert_counted()

    def test_two_refunds_of_one_bill(self):
        """The first one alone did not undo it."""
        bill = self._bill(self.line, 100, 12, "2026-03-10")
        first, second = self._typed(70), self._typed(30, day="2026-03-24")
        self._reconcile(bill | first)
        self._assert_counted()
        self._reconcile(bill | second)
        self.assertAlmostEqual(
            self._value("bill_price_variance", cutoff=datetime(2026, 3, 22, 16)), 20
        )
        self._assert_cancelled(bill, first, second)

    def test_made_from_the_bill_and_typed_in(self):
        bill = self._bill(self.line, 100, 12, "2026-03-10")
        made = self._credit(bill, 60, 12, "2026-03-20")
        typed = self._typed(40, day="2026-03-24")
        self._reconcile(bill | made | typed)
        self._assert_cancelled(bill, made, typed)

    def test_made_from_the_first_of_two_bills(self):
        bills = self._bill(self.line, 60, 12) | self._bill(self.line, 40, 12)
        refund = self._typed(100, reversed_entry_id=bills[0].id)
        self._reconcile(bills | refund)
        self._assert_cancelled(bills, refund)

    def test_settled_no_more(self):
        """Of three that belong together one is a draft again: none is taken back."""
        bills = self._bill(self.line, 60, 12) | self._bill(self.line, 40, 12)
        self._reconcile(bills | self._typed(100))
        self.assertTrue(self.changes._catch_up())
        bills[1].button_draft()
        self._assert_counted()

    def test_second_bill_is_of_another_order(self):
        """What is said of one of them changes what becomes of the other."""
        other = self._order(100, 10, "2026-03-12")
        bills = self._bill(self.line, 60, 12) | self._bill(other, 40, 12)
        refund = self._typed(100, line_vals={"purchase_line_id": other.id})
        self._reconcile(bills | refund)
        self.assertTrue(self.changes._catch_up())
        bills[1].invoice_line_ids.purchase_line_id = self.line
        self._assert_counted()

    def test_freight_beside_the_goods(self):
        """What is no product is compared by its money."""
        freight = {"name": "Freight", "quantity": 1, "account_id": self.expense.id}
        for price, is_same in ((50, True), (40, False)):
            with self.subTest(price=price), self.env.cr.savepoint() as savepoint:
                bill = self._bill(self.line, 100, 12)
                bill.button_draft()
                self._add(bill, price_unit=50, **freight)
                bill.action_post()
                refund = self._typed(100, 12 if is_same else 12.1)
                refund.button_draft()
                self._add(refund, price_unit=price, **freight)
                refund.action_post()
                self.assertEqual(bill.amount_total, refund.amount_total)
                self._reconcile(bill | refund)
                self.assertEqual(bill.payment_state, "reversed")
                if is_same:
                    self._assert_cancelled(bill, refund)
                else:
                    self._assert_counted()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_text_only(self):
        """A bonus for as much as a service cost is not known to take it back."""
        text = {"product_id": False, "name": "Text"}
        bill = self._bill(self.nothing, 1, 500, line_vals=text)
        self._reconcile(bill | self._typed(1, 500, line_vals=text))
        self.assertEqual(bill.payment_state, "reversed")
        self.assertFalse(self._facts().filtered("exclusion"))
        self._assert_same(*CUTOFFS)

    def _add(self, bill, **vals):
        bill.invoice_line_ids = [Command.create({"tax_ids": [Command.clear()], **vals})]
