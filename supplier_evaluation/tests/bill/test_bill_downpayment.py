from datetime import date

from odoo.tests import tagged

from .common import BillCommon

FEBRUARY = {"date_from": date(2026, 2, 1), "date_to": date(2026, 2, 28)}


@tagged("post_install", "-at_install")
class TestBillDownpayment(BillCommon):
    """Down payments are no goods, on their own bill and on the final one."""

    def _excluded(self, **scope):
        return self._facts(**scope).filtered("exclusion").mapped("exclusion")

    def test_one(self):
        self._down_payment(self.line.order_id, 300, "2026-02-05")
        self._final_bill(self.line.order_id, "2026-03-15", price=11)
        self.assertIsNone(self._value("bill_price_variance", **FEBRUARY))
        measure = self._measure("bill_price_variance")
        self.assertAlmostEqual(measure.value, 10)
        self.assertEqual(measure.n, 1)
        self.assertEqual(self._excluded(), ["not_goods"])
        self.assertEqual(self._excluded(**FEBRUARY), ["not_goods"])

    def test_several_and_all_of_it(self):
        """300, 200 and the rest; the final bill is of nothing."""
        order = self.line.order_id
        for amount, day in ((300, "02-05"), (200, "02-20"), (500, "03-05")):
            self._down_payment(order, amount, f"2026-{day}")
        bill = self._final_bill(order, "2026-03-15")
        self.assertEqual(bill.amount_total, 0)
        measure = self._measure("bill_price_variance")
        self.assertEqual((measure.value, measure.n), (0, 1))
        self.assertEqual(self._excluded(), ["not_goods"] * 4)
        self.assertEqual(self._excluded(**FEBRUARY), ["not_goods"] * 2)

    def test_terms_and_payments(self):
        """The term of the final bill counts with what the goods cost."""
        term, now = self._term((100, 30)), self._term((100, 0))
        order = self.line.order_id
        down = self._down_payment(
            order, 300, "2026-03-05", invoice_payment_term_id=now.id
        )
        final = self._final_bill(order, "2026-03-15", invoice_payment_term_id=term.id)
        self._pay(down, "2026-03-06")
        self._pay(final, "2026-03-25")
        for code, days in (("payment_terms", 30), ("days_to_pay", 10)):
            measure = self._measure(code)
            self.assertEqual((measure.value, measure.n), (days, 1))
            self.assertAlmostEqual(measure.denominator, 1000)
        left_out = self._payments(aspect="payment").filtered("exclusion")
        self.assertEqual(left_out.move_id, down)
        self.assertEqual(left_out.exclusion, "not_goods")

    def test_reversed_final_bill(self):
        """The refund of it takes the down payment back: no goods either."""
        self._down_payment(self.line.order_id, 300, "2026-03-05")
        bill = self._final_bill(self.line.order_id, "2026-03-15", price=11)
        self._refund(bill)
        self.assertIsNone(self._value("bill_price_variance"))
        self.assertEqual(set(self._excluded()), {"cancelled", "not_goods"})

    def test_part_of_what_was_paid_in_advance_refunded(self):
        """400 of 1000 credited, of which the final bill asked for 300 or nothing."""
        order = self.line.order_id
        self._down_payment(order, 700, "2026-03-05")
        bill = self._final_bill(order, "2026-03-15", price=11)
        self._bill(
            self.line,
            40,
            11,
            day="2026-03-25",
            move_type="in_refund",
            reversed_entry_id=bill.id,
        )
        self.assertGreater(440, bill.amount_total)
        self.assertAlmostEqual(self._value("bill_price_variance"), 10)

    def test_down_payment_given_back(self):
        down = self._down_payment(self.line.order_id, 300, "2026-03-05")
        self._refund(down)
        self.assertIsNone(self._value("bill_price_variance"))
        self.assertEqual(self._excluded(), ["cancelled"] * 2)

    def test_no_price_nor_delivery(self):
        """Also one that somebody gave a product and a quantity."""
        self._down_payment(self.line.order_id, 300, "2026-03-05")
        down = self.line.order_id.order_line.filtered(
            lambda line: line.is_downpayment and not line.display_type
        )
        self.assertFalse(self._price_fact(down))
        line = self._buy(10, 300, "2026-03-10")
        line.is_downpayment = True
        self.assertEqual(self._price_fact(line).exclusion, "not_goods")
        self.assertEqual(self._fact(line).exclusion, "not_goods")
        self.assertEqual(self._measure("discount_rate").n, 1)

    def test_line_without_a_quantity_says_nothing(self):
        bill = self._bill(self.line, 10, 12)
        bill.button_draft()
        line = bill.invoice_line_ids
        line.copy({"move_id": bill.id, "purchase_line_id": self.line.id}).quantity = 0
        bill.action_post()
        self.assertEqual(self._measure("bill_price_variance").n, 1)

    def test_price_corrected_by_a_refund(self):
        """What was billed stays billed; the correction is no price of its own."""
        bill = self._bill(self.line, 100, 12)
        self._bill(self.line, 100, 2, day="2026-03-25", move_type="in_refund")
        measure = self._measure("bill_price_variance")
        self.assertAlmostEqual(measure.value, 20)
        self.assertEqual(measure.n, 1)
        self.assertFalse(self._facts(aspect="order").exclusion)
        self.assertEqual(self._facts(aspect="order").move_id, bill)

    def test_refund_for_what_did_not_come(self):
        self._bill(self.line, 100, 10)
        self._bill(self.line, 40, 10, day="2026-03-25", move_type="in_refund")
        measure = self._measure("bill_price_variance")
        self.assertEqual((measure.value, measure.n), (0, 1))

    def test_reversed_in_two_refunds(self):
        bill = self._bill(self.line, 100, 12)
        for quantity in (60, 40):
            self._bill(
                self.line,
                quantity,
                12,
                day="2026-03-25",
                move_type="in_refund",
                reversed_entry_id=bill.id,
            )
        self.assertIsNone(self._value("bill_price_variance"))
        self.assertEqual(self._excluded(), ["cancelled"] * 3)
