"""Sums of bills say what the live query says, whatever happened before or since."""

import random
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ...report.fact import catching_up
from ..fact import sums
from .summing import MODELS, BillSumsCommon

MARCH = date(2026, 3, 1)
# Before, between and after what happens in the tests.
CUTOFFS = ((3, 4), (3, 12), (3, 18), (3, 24), (4, 4), (5, 20))


@tagged("post_install", "-at_install")
class TestBillSums(BillSumsCommon):
    """Bills that were refunded or settled, looked at before, between and after."""

    def _assert_all_same(self):
        """Made before it happened, after it, or from the beginning."""
        live = self._rows(sums.live_rows, *CUTOFFS)
        self._assert_says(live, *CUTOFFS)
        self.assertTrue(self.changes._catch_up())
        self._assert_noted(self.env["account.move"])
        self._assert_says(live, *CUTOFFS)
        sums.build(self.env)
        self._assert_says(live, *CUTOFFS)

    def test_refunded_in_parts(self):
        sums.build(self.env)
        bill = self._bill(self.line, 100, 12, "2026-03-02")
        self._credit(bill, 40, 12, "2026-03-10")
        self._credit(bill, 60, 12, "2026-03-20")
        self._assert_all_same()

    def test_refunded_at_once(self):
        sums.build(self.env)
        self._refund(self._bill(self.line, 100, 12, "2026-03-02"), "2026-03-15")
        self._assert_all_same()

    def test_refunded_by_hand(self):
        """And settled, and no more: a refund does not say of which bill it is."""
        sums.build(self.env)
        bill = self._bill(self.line, 100, 12, "2026-03-02")
        refund = self._bill(self.nothing, 100, 12, "2026-03-15", move_type="in_refund")
        self._assert_all_same()
        self._reconcile(bill | refund)
        self.assertEqual(
            self._pending_bills(), sorted((bill | refund).ids), "both are noted"
        )
        self._assert_all_same()
        bill.line_ids.remove_move_reconcile()
        self._assert_all_same()
        self._reconcile(bill | refund)
        self._assert_all_same()

    def test_refund_of_a_refund(self):
        sums.build(self.env)
        bill = self._bill(self.line, 100, 12, "2026-03-02")
        refund = self._credit(bill, 100, 12, "2026-03-10")
        self._credit(refund, 100, 12, "2026-03-20")
        self._assert_all_same()

    def test_paid_in_parts(self):
        sums.build(self.env)
        bill = self._bill(self.line, 100, 10, "2026-03-02")
        self._pay(bill, "2026-03-10", amount=400)
        self._pay(bill, "2026-03-20")
        self._assert_all_same()

    def test_paid_long_before_the_rest(self):
        """A part in February counts with what was paid in March outside the books."""
        bill = self._bill(self.line, 100, 10, "2026-02-02")
        self._pay(bill, "2026-02-10", amount=400)
        self._pay(bill, "2026-03-20", amount=600, in_books=False)
        sums.build(self.env)
        measure = self._measure("days_to_pay")
        self.assertEqual((measure.value, measure.n), (46, 1))
        self._assert_all_same()

    def test_paid_before_it_came(self):
        """It is settled when it has come, however long ago it was paid."""
        bill = self._bill(self.line, 100, 10, "2026-03-09", date="2026-02-20")
        self._pay(bill, "2026-02-25")
        sums.build(self.env)
        self.assertEqual(self._value("days_to_pay"), -12)
        self._assert_all_same()

    def test_paid_and_refunded(self):
        sums.build(self.env)
        bill = self._bill(self.line, 100, 10, "2026-03-02")
        self._pay(bill, "2026-03-10", amount=900)
        self._credit(bill, 10, 10, "2026-03-20")
        self._assert_all_same()

    def test_half_of_it_on_the_statement(self):
        sums.build(self.env)
        bill = self._bill(self.line, 100, 10, "2026-03-02")
        self._pay(bill, "2026-03-10", amount=500, in_books=False)
        self._statement(bill, 500, "2026-03-15")
        self._assert_all_same()

    def test_early_discount(self):
        """It is given up to a day, and who moves this changes what is paid."""
        sums.build(self.env)
        term = self._term((100, 30))
        term.write(
            {"early_discount": True, "discount_percentage": 2, "discount_days": 10}
        )
        bill = self._bill(
            self.line, 100, 10, "2026-03-02", invoice_payment_term_id=term.id
        )
        self._pay(bill, "2026-03-10", in_books=False)
        self._assert_all_same()
        self.assertEqual(self._value("days_to_pay"), 8)
        due = bill.line_ids.filtered(lambda one: one.display_type == "payment_term")
        due.discount_date = "2026-03-09"
        self._assert_all_same()
        self.assertIsNone(self._value("days_to_pay"))

    def test_exchange_differences(self):
        euro = self._euros({"2026-01-01": 0.5, "2026-03-11": 0.8})
        self._exchange_journal()
        sums.build(self.env)
        bill = self._bill(self.line, 100, 5, day="2026-03-01", currency_id=euro.id)
        self._pay(bill, "2026-03-12", currency_id=euro.id)
        self._assert_all_same()

    def test_waived_and_no_more(self):
        sums.build(self.env)
        bill = self._bill(self.line, 100, 12, "2026-03-02")
        self._pay(bill, "2026-03-10")
        self.line._set_supplier_exclusion("manual", "Agreed by phone")
        self._assert_all_same()
        [fact] = self._payments(aspect="payment")
        self.assertEqual(fact.exclusion_reason, "Agreed by phone")
        self.line._set_supplier_exclusion(False, False)
        self._assert_all_same()

    def test_draft_again_and_gone(self):
        bill = self._bill(self.line, 100, 12, "2026-03-02")
        sums.build(self.env)
        bill.button_draft()
        self._assert_same(*CUTOFFS)
        bill.name = False
        bill.unlink()
        self._assert_all_same()
        self.assertFalse(self.env["supplier.bill.sum"].search([]).filtered("move_id"))

    def test_only_those_between_their_events_are_asked(self):
        """Nobody is asked about bills that one payment settles, whenever that is."""
        once, twice = (
            self._bill(self.line, 10, 10, "2026-03-02") for _each in range(2)
        )
        self._pay(once, "2026-03-20")
        self._pay(twice, "2026-03-10", amount=40)
        self._pay(twice, "2026-03-20")
        sums.build(self.env)
        rows = self.env.execute_query(
            SQL("SELECT id FROM supplier_payment_sum WHERE first_event < last_event")
        )
        self.assertEqual(rows, [(twice.id,)])

    def test_taken(self):
        """What is compared comes from sums: a wrong one would be seen."""
        bill = self._bill(self.line, 10, 10, "2026-03-02")
        self._pay(bill, "2026-03-20")
        sums.build(self.env)
        for model in MODELS:
            table = SQL.identifier(model.replace(".", "_").replace("fact", "sum"))
            self.env.cr.execute(SQL("UPDATE %s SET value = value + 1", table))
            for asked in (self._scope(), None):
                self.assertTrue(sums.differences(self.env, model, asked))

    def test_made_in_steps(self):
        for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
            self._bill(self.line, 10, 10, day)
        with patch.object(catching_up, "DOCUMENTS_AT_ONCE", 1):
            sums.build(self.env)
        self._assert_noted(self.env["account.move"])
        self._assert_same((4, 4))

    def test_statements_do_not_depend_on_bills(self):
        sums.build(self.env)
        counts = []
        for number in (1, 1, 5):
            for _each in range(number):
                self._pay(self._bill(self.line, 1, 10, "2026-03-02"), "2026-03-10")
            asked = self._statements_of(self._ask_all)
            counts.append((asked, self._statements_of(self.changes._catch_up)))
        self.assertEqual(counts[2], counts[1])

    def _ask_all(self):
        for model in MODELS:
            sums.rows(self.env, model, self._scope())


@tagged("post_install", "-at_install")
class TestBillHistories(BillSumsCommon):
    """What happens to bills in any order; sums are brought up to date now and then."""

    def test_histories(self):
        for seed in range(2):
            with self.subTest(seed), self.env.cr.savepoint() as savepoint:
                self._live_through(random.Random(seed))
                savepoint.rollback()
                self.env.invalidate_all()

    def _live_through(self, rng):
        self.rng = rng
        self.bills = self.env["account.move"]
        self.order_lines = [self.line, self._order(50, 8, "2026-03-12")]
        self.terms = [self._term((100, 30)), self._term((40, 5), (60, 20))]
        sums.build(self.env)
        deeds = (
            [self._come] * 2
            + [self._settle] * 3
            + [
                self._give_back,
                self._undo_settling,
                self._bill_anew,
                self._leave_out,
            ]
        )
        self._come()
        for number in range(30):
            rng.choice(deeds)()
            if rng.random() < 0.2:
                self.changes._catch_up()
            if number % 10 == 9:
                self._assert_same(self._any_cutoff(), self._any_cutoff())
        self.assertTrue(self.changes._catch_up())
        cutoffs = [self._any_cutoff() for _each in range(6)]
        live = self._rows(sums.live_rows, *cutoffs)
        self._assert_says(live, *cutoffs)
        # Made all at once, they are what they were when they followed each change.
        sums.build(self.env)
        self._assert_says(live, *cutoffs)

    def _any_cutoff(self):
        day = self._any_day(70)
        return day.month, day.day

    def _any_day(self, days=50, after=MARCH - timedelta(days=15)):
        return after + timedelta(days=self.rng.randrange(days))

    def _a_bill(self, wanted=lambda bill: True):
        found = self.bills.filtered(lambda bill: bill.state == "posted").filtered(
            wanted
        )
        return self.rng.choice(found) if found else found

    def _come(self):
        day = self._any_day().isoformat()
        line = self.rng.choice([*self.order_lines, self.nothing])
        term = self.rng.choice([*self.terms, self.env["account.payment.term"]])
        self.bills += self._bill(
            line,
            self.rng.randint(1, 20),
            self.rng.choice([8, 10, 12]),
            day,
            invoice_payment_term_id=term.id,
        )

    def _settle(self):
        """Pay a part or all that is open, in the books or not yet."""
        bill = self._a_bill(
            lambda bill: (
                bill.payment_state in ("not_paid", "partial")
                and bill.amount_residual > 0
            )
        )
        if bill:
            self._pay(
                bill,
                self._any_day(60).isoformat(),
                amount=self.rng.choice([bill.amount_residual, 5]),
                in_books=self.rng.random() < 0.7,
            )

    def _give_back(self):
        bill = self._a_bill()
        if bill:
            line = bill.invoice_line_ids
            quantity = self.rng.choice([line.quantity, line.quantity / 2])
            day = self._any_day(60).isoformat()
            self._credit(bill, quantity, line.price_unit, day)

    def _undo_settling(self):
        bill = self._a_bill(lambda bill: bill.line_ids.matched_debit_ids)
        if bill:
            bill.line_ids.remove_move_reconcile()

    def _bill_anew(self):
        """Back to draft, another price and day; or gone for good."""
        bill = self._a_bill(lambda bill: not bill.line_ids.matched_debit_ids)
        if not bill:
            return
        bill.button_draft()
        bill.name = False
        if self.rng.random() < 0.3 and not bill.matched_payment_ids:
            self.bills -= bill
            bill.unlink()
            return
        bill.invoice_line_ids.price_unit = self.rng.choice([8, 10, 12])
        bill.invoice_date = bill.date = self._any_day()
        if self.rng.random() < 0.7:
            bill.action_post()

    def _leave_out(self):
        line = self.rng.choice(self.order_lines)
        value = self.rng.choice([(False, False), ("manual", "Agreed by phone")])
        line._set_supplier_exclusion(*value)
