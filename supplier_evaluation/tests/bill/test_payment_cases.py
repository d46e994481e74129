from datetime import date

from odoo.tests import tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestPaymentTerms(BillCommon):
    """When bills are due: one record per bill, and none without a term."""

    def test_terms_are_weighted_with_the_amount(self):
        """1000 due after 30 days and 3000 due at once: 7.5 days."""
        late, now = self._term((100, 30)), self._term((100, 0))
        self._bill(self.line, 100, 10, invoice_payment_term_id=late.id)
        self._bill(self.line, 300, 10, invoice_payment_term_id=now.id)
        measure = self._measure("payment_terms")
        self.assertAlmostEqual(measure.value, 7.5)
        self.assertEqual(measure.n, 2)

    def test_instalments(self):
        """40 % after 10 days and 60 % after 60: 40 days."""
        term = self._term((40, 10), (60, 60))
        self._bill(self.line, 100, 10, invoice_payment_term_id=term.id)
        self.assertAlmostEqual(self._value("payment_terms"), 40)

    def test_without_a_term_there_is_no_data(self):
        """It is due on the day it was typed in, or on one that somebody typed."""
        self._bill(self.line, 50, 10, invoice_date_due="2026-03-29")
        self._bill(self.line, 50, 10, day="2026-03-15")
        measure = self._measure("payment_terms")
        self.assertIsNone(measure.value)
        self.assertEqual(measure.n, 0)
        facts = self._payments(aspect="terms")
        self.assertEqual(facts.mapped("exclusion"), ["no_reference"] * 2)
        self.assertEqual(facts.mapped("kind"), ["booked"] * 2)
        facts = self._facts(aspect="terms")
        self.assertEqual(facts.mapped("exclusion"), ["no_reference"] * 2)

    def test_bill_typed_in_late(self):
        term = self._term((100, 30))
        self._bill(self.line, 100, 10, "2026-03-02", invoice_payment_term_id=term.id)
        self.assertAlmostEqual(self._value("payment_terms"), 30)

    def test_n_counts_bills(self):
        term = self._term((100, 30))
        bill = self._bill(self.line, 40, 10, invoice_payment_term_id=term.id)
        bill.button_draft()
        line = bill.invoice_line_ids
        line.copy({"move_id": bill.id, "purchase_line_id": self.line.id}).quantity = 60
        bill.action_post()
        measure = self._measure("payment_terms")
        self.assertEqual(len(bill.invoice_line_ids), 2)
        self.assertEqual(measure.n, 1)
        self.assertAlmostEqual(measure.denominator, 1000)
        self.assertEqual(self._measure("bill_price_variance").n, 2)

    def test_waived_lines(self):
        """A bill counts with its other lines, and is left out when it has none."""
        term = self._term((100, 30))
        other = self._order(10, 10, "2026-03-10")
        bill = self._bill(self.line, 40, 10, invoice_payment_term_id=term.id)
        bill.button_draft()
        bill.invoice_line_ids.copy({"move_id": bill.id, "purchase_line_id": other.id})
        bill.action_post()
        other._set_supplier_exclusion("manual", "Agreed by phone")
        self.assertAlmostEqual(self._measure("payment_terms").denominator, 400)
        self.line._set_supplier_exclusion("manual", "Agreed by phone")
        self.assertIsNone(self._value("payment_terms"))
        fact = self._payments(aspect="terms")
        self.assertEqual(fact.exclusion, "manual")
        self.assertEqual(fact.exclusion_reason, "Agreed by phone")

    def test_reversed_bill(self):
        term = self._term((100, 30))
        bill = self._bill(self.line, 100, 10, invoice_payment_term_id=term.id)
        self._refund(bill)
        self.assertIsNone(self._value("payment_terms"))
        self.assertEqual(self._payments(aspect="terms").exclusion, "cancelled")


@tagged("post_install", "-at_install")
class TestDaysToPay(BillCommon):
    """When bills were paid, by which payment, and in which period that counts."""

    def _assert_paid(self, days, n=1, **scope):
        measure = self._measure("days_to_pay", **scope)
        self.assertEqual(measure.n, n)
        self.assertAlmostEqual(measure.value, days)

    def _assert_no_payment(self, reason="no_reference", **scope):
        measure = self._measure("days_to_pay", **scope)
        self.assertIsNone(measure and measure.value)
        facts = self._payments(aspect="payment", **scope)
        self.assertEqual(facts.mapped("exclusion"), [reason] * len(facts))
        return facts

    def test_golden_set(self):
        """1000 paid after 10 days, 3000 after 30, and 500 of February after 40: 25.56.

        (1000·10 + 3000·30 + 500·30) ÷ 4500.
        """
        first = self._bill(self.line, 100, 10, day="2026-03-01")
        second = self._bill(self.line, 300, 10, day="2026-03-01")
        third = self._bill(self.line, 50, 10, day="2026-02-10")
        self._bill(self.line, 10, 10, day="2026-03-02")
        self._pay(first, "2026-03-11")
        self._pay(second, "2026-03-31")
        self._pay(third, "2026-03-12")
        measure = self._measure("days_to_pay")
        self.assertAlmostEqual(measure.value, 115000 / 4500, 4)
        self.assertEqual(measure.n, 3)
        self.assertAlmostEqual(measure.denominator, 4500)

    def test_period_is_that_of_the_payment(self):
        bill = self._bill(self.line, 100, 10, day="2026-02-20")
        self._pay(bill, "2026-04-02")
        february = {"date_from": date(2026, 2, 1), "date_to": date(2026, 2, 28)}
        self._assert_no_payment("outside", **{**february, "date_to": date(2026, 2, 1)})
        self.assertFalse(self._payments(aspect="payment"))
        self.assertFalse(self._payments(aspect="payment", **february))
        april = {"date_from": date(2026, 4, 1), "date_to": date(2026, 4, 30)}
        self._assert_paid(41, **april)

    def test_open_bill(self):
        bill = self._bill(self.line, 100, 10)
        [fact] = self._assert_no_payment()
        self.assertEqual(fact.date, date(2026, 3, 20))
        self.assertEqual(fact.move_id, bill)

    def test_open_bill_in_the_analysis_of_everything(self):
        """What was not paid is not called settled."""
        paid = self._bill(self.line, 50, 10, day="2026-03-01")
        self._pay(paid, "2026-03-06")
        bill = self._bill(self.line, 50, 10)
        kinds = {(fact.move_id, fact.kind) for fact in self._payments()}
        self.assertEqual(
            kinds,
            {(paid, "booked"), (paid, "settled"), (bill, "booked"), (bill, "open")},
        )

    def test_paid_after_the_cutoff_is_open(self):
        bill = self._bill(self.line, 100, 10)
        self._pay(bill, "2026-04-10")
        self.assertEqual(len(self._assert_no_payment()), 1)

    def test_several_payments(self):
        """The last one settles it; before, it is paid in part only."""
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        self._pay(bill, "2026-03-06", amount=400)
        self.assertEqual(bill.payment_state, "partial")
        self.assertEqual(len(self._assert_no_payment()), 1)
        self._pay(bill, "2026-03-21")
        self._assert_paid(20)
        before = {"date_to": date(2026, 3, 20)}
        self.assertEqual(len(self._assert_no_payment(**before)), 0)

    def test_instalments(self):
        """The second one settles the bill."""
        term = self._term((40, 10), (60, 20))
        bill = self._bill(
            self.line, 100, 10, day="2026-03-01", invoice_payment_term_id=term.id
        )
        self._pay(bill, "2026-03-11", amount=400)
        self.assertEqual(len(self._assert_no_payment()), 1)
        self._pay(bill, "2026-03-19", amount=600)
        self._assert_paid(18)

    def test_rest_written_off(self):
        """990 of 1000, and nothing more is asked for."""
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        self._pay(
            bill,
            "2026-03-11",
            amount=990,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.expense.id,
        )
        self._assert_paid(10)

    def test_one_payment_for_several_bills(self):
        first = self._bill(self.line, 30, 10, day="2026-03-01")
        second = self._bill(self.line, 10, 10, day="2026-03-09")
        self._pay(first | second, "2026-03-11")
        self._assert_paid((300 * 10 + 100 * 2) / 400, n=2)

    def test_payment_without_an_entry(self):
        """As the accounting app makes it for a bank without an outstanding account."""
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        payment = self._pay(bill, "2026-03-11", in_books=False)
        self.assertFalse(payment.move_id)
        self.assertEqual(bill.payment_state, "in_payment")
        self._assert_paid(10)
        payment.action_cancel()
        self.assertEqual(len(self._assert_no_payment()), 1)

    def test_part_of_it_without_an_entry(self):
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        self._pay(bill, "2026-03-11", amount=400, in_books=False)
        self.assertEqual(len(self._assert_no_payment()), 1)
        self._pay(bill, "2026-03-21", amount=600, in_books=False)
        self._assert_paid(20)

    def test_part_without_an_entry_that_meets_the_statement(self):
        """The half that was paid is on the statement now: the other half is open."""
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        self._pay(bill, "2026-03-11", amount=500, in_books=False)
        self._statement(bill, 500, "2026-03-12")
        self.assertEqual(bill.amount_residual, 500)
        self.assertEqual(len(self._assert_no_payment()), 1)
        self._pay(bill, "2026-03-21", amount=500, in_books=False)
        self._assert_paid(20)
        self._statement(bill, 500, "2026-03-23")
        self._assert_paid(22)

    def test_early_discount(self):
        """980 of 1000 within ten days pay the bill, in the books or not yet there."""
        term = self._term((100, 30))
        term.write(
            {"early_discount": True, "discount_percentage": 2, "discount_days": 10}
        )
        vals = {"day": "2026-03-01", "invoice_payment_term_id": term.id}
        self.company.account_journal_early_pay_discount_gain_account_id = self.expense
        for in_books in (True, False):
            bill = self._bill(self.line, 100, 10, **vals)
            payment = self._pay(bill, "2026-03-06", in_books=in_books)
            self.assertEqual(payment.amount, 980)
        self._assert_paid(5, n=2)
        # Too late for the discount, some of it is left to pay.
        bill = self._bill(self.line, 100, 10, **vals)
        payment = self._pay(bill, "2026-03-21", amount=980, in_books=False)
        self._assert_paid(5, n=2)
        payment.date = "2026-03-11"
        self._assert_paid(20 / 3, n=3)
        due = bill.line_ids.filtered(lambda one: one.display_type == "payment_term")
        due.discount_date = "2026-03-10"
        self._assert_paid(5, n=2)

    def test_payment_taken_back(self):
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        payment = self._pay(bill, "2026-03-11")
        self._assert_paid(10)
        payment.action_draft()
        self.assertEqual(len(self._assert_no_payment()), 1)
        payment.action_cancel()
        self.assertEqual(bill.payment_state, "not_paid")
        self.assertEqual(len(self._assert_no_payment()), 1)

    def test_entry_of_a_payment_reversed(self):
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        payment = self._pay(bill, "2026-03-11")
        payment.move_id._reverse_moves(
            [{"date": "2026-03-12", "invoice_date": "2026-03-12"}], cancel=True
        )
        self.assertEqual(bill.payment_state, "not_paid")
        self.assertEqual(len(self._assert_no_payment()), 1)

    def test_refund_and_payment(self):
        """200 of 1000 credited; the payment of the rest is what paid it."""
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        credit = self._bill(self.line, 20, 10, day="2026-03-25", move_type="in_refund")
        self._pay(bill, "2026-03-11", amount=800)
        self._reconcile(bill | credit)
        self._assert_paid(10)
        [fact] = self._payments(aspect="payment")
        self.assertEqual(fact.date, date(2026, 3, 25))
        self.assertEqual(fact.date_paid, date(2026, 3, 11))

    def test_settled_by_a_refund_only(self):
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        bonus = self._bill(
            self.nothing, 1, 1000, day="2026-03-25", move_type="in_refund"
        )
        self._reconcile(bill | bonus)
        [fact] = self._assert_no_payment()
        self.assertEqual(fact.date, date(2026, 3, 25))

    def test_reversed_bill(self):
        self._refund(self._bill(self.line, 100, 10, day="2026-03-01"))
        self.assertEqual(len(self._assert_no_payment("cancelled")), 1)

    def test_paid_before_it_came(self):
        """The advance is taken for it when it comes: nine days before."""
        advance = self._advance(1000, "2026-03-01")
        bill = self._bill(self.line, 100, 10, day="2026-03-10")
        lines = (advance | bill).line_ids
        lines.filtered(lambda line: line.account_id == self.payable).reconcile()
        self._assert_paid(-9)
        self.assertEqual(self._payments(aspect="payment").date, date(2026, 3, 10))

    def test_bill_typed_in_after_it_was_paid(self):
        """The date on the bill counts, not the day on which it was booked."""
        bill = self._bill(self.line, 100, 10, day="2026-03-05", date="2026-03-29")
        self._pay(bill, "2026-03-20")
        self._assert_paid(15)
        self.assertEqual(self._payments(aspect="payment").date, date(2026, 3, 20))

    def test_foreign_currency(self):
        """Weighed with the rate of the bill; the rate of the payment is no matter."""
        euro = self._euros({"2026-01-01": 0.5, "2026-03-11": 0.8})
        abroad = self._bill(self.line, 100, 5, day="2026-03-01", currency_id=euro.id)
        self.assertAlmostEqual(abroad.invoice_line_ids.balance, 1000)
        self._exchange_journal()
        self._pay(abroad, "2026-03-12", currency_id=euro.id)
        self._pay(self._bill(self.line, 300, 10, day="2026-03-01"), "2026-03-02")
        self._assert_paid((1000 * 11 + 3000 * 1) / 4000, n=2)

    def test_paid_in_another_currency(self):
        """100 of 500 euros with 200 dollars, the rest at another rate."""
        euro = self._euros({"2026-01-01": 0.5, "2026-03-11": 0.8})
        bill = self._bill(self.line, 100, 5, day="2026-03-01", currency_id=euro.id)
        self._exchange_journal()
        dollars = {"currency_id": self.company.currency_id.id}
        self._pay(bill, "2026-03-05", amount=200, **dollars)
        self.assertAlmostEqual(bill.amount_residual, 400)
        self.assertEqual(len(self._assert_no_payment()), 1)
        self._pay(bill, "2026-03-12", amount=500, **dollars)
        self.assertAlmostEqual(bill.amount_residual, 0)
        self._assert_paid(11)

    def test_paid_in_another_currency_without_an_entry(self):
        euro = self._euros({"2026-01-01": 0.5})
        bill = self._bill(self.line, 100, 5, day="2026-03-01", currency_id=euro.id)
        self._pay(
            bill,
            "2026-03-11",
            in_books=False,
            currency_id=self.company.currency_id.id,
        )
        self._assert_paid(10)

    def test_bill_of_nothing(self):
        self._bill(self.line, 100, 0)
        self.assertEqual(len(self._assert_no_payment()), 1)

    def test_bank_statement(self):
        """A line of the bank statement pays the bill itself."""
        bill = self._bill(self.line, 100, 10, day="2026-03-01")
        entry = self._advance(1000, "2026-03-08")
        lines = (entry | bill).line_ids
        lines.filtered(lambda line: line.account_id == self.payable).reconcile()
        self._assert_paid(7)

    def test_buyer_may_not_see_bills(self):
        bill = self._bill(self.line, 100, 10)
        fact = self._payments(aspect="payment")
        action = fact.with_user(self.buyer).action_open_document()
        self.assertEqual(action["res_model"], fact._name)
        self.assertEqual(fact.action_open_document()["res_id"], bill.id)
        targets = fact.action_leave_out()["context"]["default_targets"]
        self.assertEqual(targets["purchase.order.line"], self.line.ids)
