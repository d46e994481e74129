from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .summing import BillSumsCommon


@tagged("post_install", "-at_install")
class TestBillOrdered(BillSumsCommon):
    """A posted bill is compared with what was ordered until then."""

    def _difference(self):
        self.env.flush_all()
        return self._value("bill_price_variance")

    def test_order_changed_to_what_was_billed(self):
        """11 for 10 is 10 %, whatever the order says since."""
        self._bill(self.line, 100, 11)
        self.line.price_unit = 11
        self.assertAlmostEqual(self._difference(), 10)
        self.line.price_unit = 12
        self.assertAlmostEqual(self._difference(), 10)
        self._assert_same((3, 31))

    def test_agreed_before_the_bill_was_posted(self):
        self.line.price_unit = 11
        self._bill(self.line, 100, 11)
        self.assertEqual(self._difference(), 0)

    def test_each_bill_by_the_price_of_its_day(self):
        """60 at 10 and 40 at 11, and the price rose in between: both are right."""
        self._bill(self.line, 60, 10, day="2026-03-12")
        self.line.price_unit = 11
        self._bill(self.line, 40, 11, day="2026-03-20")
        self.assertEqual(self._difference(), 0)

    def test_discount_taken_away(self):
        self.line.discount = 10
        self._bill(self.line, 100, 10)
        self.line.discount = 0
        self.assertAlmostEqual(self._difference(), 100 / 9)

    def test_unit_and_price_changed(self):
        """132 a dozen are 11 each, and they were ordered at 10."""
        self._bill(self.line, 100, 11)
        self.line.write({"product_uom_id": self.uom_dozen.id, "price_unit": 132})
        self.assertAlmostEqual(self._difference(), 10)

    def test_same_price_in_another_unit(self):
        bill = self._bill(self.line, 100, 11)
        self.line.write({"product_uom_id": self.uom_dozen.id, "price_unit": 120})
        self.assertIs(bill.invoice_line_ids.sudo().price_ordered, False)
        self.assertAlmostEqual(self._difference(), 10)

    def test_ordered_for_nothing(self):
        self.line.price_unit = 0
        self._bill(self.line, 100, 11)
        self.line.price_unit = 11
        self.assertEqual(self._facts().order_price, 0)

    def test_nothing_is_ordered_any_more(self):
        """Of a line that was lowered to 0, Odoo tells another price."""
        self._bill(self.line, 100, 11)
        self.line.product_qty = 0
        self.assertAlmostEqual(self._difference(), 10)

    def test_agreed_anew_while_the_bill_was_a_draft_again(self):
        bill = self._bill(self.line, 100, 11)
        self.line.price_unit = 11
        bill.button_draft()
        self.line.price_unit = 12
        bill.invoice_line_ids.price_unit = 12
        bill.action_post()
        self.assertEqual(self._difference(), 0)

    def test_moved_to_another_order_line(self):
        """What it is billed for now is what that line costs, and not the other one."""
        other = self._order(100, 11, "2026-03-10")
        bill = self._bill(self.line, 100, 11)
        self.line.price_unit = 11
        self.assertAlmostEqual(self._difference(), 10)
        bill.invoice_line_ids.purchase_line_id = other
        self.assertEqual(self._difference(), 0)
        # And the price of that line is remembered in its turn.
        other.price_unit = 12
        self.assertEqual(self._difference(), 0)
        self._assert_same((3, 31))
        other.invoice_lines = [Command.clear()]
        self.env.flush_all()
        self.assertIs(self._facts().order_price, False)
        self._assert_same((3, 31))

    def test_written_with_the_same_order_line(self):
        bill = self._bill(self.line, 100, 11)
        self.line.price_unit = 11
        bill.invoice_line_ids.purchase_line_id = self.line
        self.assertAlmostEqual(self._difference(), 10)

    def test_posted_anew_as_it_was(self):
        bill = self._bill(self.line, 100, 11)
        self.line.price_unit = 11
        bill.button_draft()
        bill.action_post()
        self.assertAlmostEqual(self._difference(), 10)

    def test_many_bills_of_a_line(self):
        """As many statements for ten bills as for one."""
        other = self._order(100, 10, "2026-03-10")
        self._receive(other, "2026-03-10")
        self._bill(other, 1, 10)
        for _bill in range(10):
            self._bill(self.line, 1, 10)
        self.assertEqual(self._raising(other), self._raising(self.line))

    def _raising(self, line):
        return self._statements_of(lambda: line.write({"price_unit": 12}))

    def test_drafts_and_refunds_are_not_concerned(self):
        bill = self._bill(self.line, 60, 11)
        refund = self._refund(bill)
        draft = bill.copy()
        self.line.price_unit = 11
        for moves, price in ((bill, 10), (refund + draft, False)):
            for line in moves.invoice_line_ids.sudo():
                self.assertEqual(line.price_ordered, price)

    def test_nobody_writes_it(self):
        bill = self._bill(self.line, 100, 11)
        admin = self.env.ref("base.user_admin")
        admin.company_ids += self.company
        line = bill.invoice_line_ids.with_user(admin).with_company(self.company)
        with self.assertRaises(AccessError):
            line.price_ordered = 11
        with self.assertRaises(AccessError):
            line.read(["price_ordered"])
        draft = line.move_id.with_context(default_price_ordered=11).copy()
        self.assertIs(draft.invoice_line_ids.sudo().price_ordered, False)
