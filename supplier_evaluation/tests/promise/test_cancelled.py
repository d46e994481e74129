from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import BUYER, MANAGER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestCancelledLine(SupplierEvaluationCommon):
    """10 are promised for 10 March."""

    def setUp(self):
        super().setUp()
        self.line = self._order(10, 5, "2026-03-10")

    def _cancel(self, when):
        with freeze_time(when):
            self.line.order_id.button_cancel()

    def _assert_undelivered(self, days):
        fact = self._fact(self.line)
        self.assertFalse(fact.exclusion)
        self.assertEqual((fact.on_time_share, fact.fill_share), (0, 0))
        self.assertEqual((fact.days_late, fact.weight), (days, 50))

    def test_by_the_promised_day(self):
        self._cancel("2026-03-10 15:59:00")
        self.assertEqual(self._fact(self.line).exclusion, "cancelled")

    def _confirm_anew(self, **vals):
        """Cancelled in time, changed as a draft, and confirmed on the 6th."""
        order = self.line.order_id
        self._cancel("2026-03-05 02:00:00")
        with freeze_time("2026-03-06 02:00:00"):
            order.button_draft()
            order.write(vals)
            self.line.date_planned = "2026-03-25 04:00:00"
            order.button_confirm()
        self._receive(self.line, "2026-03-25")

    def test_given_to_another_supplier(self):
        """Who got the order then keeps the own promise, and not the other's."""
        other = self._create_supplier("Who Delivers")
        self._confirm_anew(partner_id=other.id)
        fact = self._fact(self.line)
        self.assertEqual(fact.partner_id, other)
        self.assertEqual((fact.on_time_share, fact.days_late), (1, 0))
        self.assertEqual((fact.lead_time, fact.exclusion), (19, False))

    def test_given_away_and_back_after_goods_came(self):
        """That is no way to be rid of what was promised."""
        self._receive(self.line, "2026-03-04", 4)
        order = self.line.order_id
        before = self.line.date_promised
        self._cancel("2026-03-05 02:00:00")
        order.button_draft()
        order.partner_id = self._create_supplier("In Between")
        order.partner_id = self.supplier
        self.assertEqual(self.line.date_promised, before)

    def test_what_another_supplier_had_to_bear(self):
        """We moved the date of a promise, and then gave the order to another."""
        self._change_promise(self.line, "2026-03-20", "buyer")
        self.assertEqual(self._measure("flexibility").n, 1)
        other = self._create_supplier("Who Delivers")
        self._confirm_anew(partner_id=other.id)
        self.assertIsNone(self._measure("flexibility", partner=other))

    def test_another_product_on_the_draft(self):
        nut = self._create_product("Nut")
        line = [Command.update(self.line.id, {"product_id": nut.id})]
        self._confirm_anew(order_line=line)
        fact = self._fact(self.line)
        self.assertEqual((fact.on_time_share, fact.lead_time), (1, 19))

    def test_the_same_supplier_is_bound(self):
        contact = self._create_supplier(
            "Sales", parent_id=self.supplier.id, is_company=False
        )
        self._confirm_anew(partner_id=contact.id)
        fact = self._fact(self.line)
        self.assertEqual((fact.on_time_share, fact.days_late), (0, 15))
        self.assertEqual(fact.lead_time, 24)

    def test_after_the_promised_day(self):
        """It was late until it was cancelled on the 20th."""
        self._cancel("2026-03-19 16:00:00")
        self._assert_undelivered(10)
        self.assertEqual(self._measure("otd").value, 0)

    def test_nothing_is_ordered_any_more(self):
        with freeze_time("2026-03-20 02:00:00"):
            self.line.product_qty = 0
        self._assert_undelivered(10)
        self.assertEqual(self.line.promise_change_ids.quantity_to, 0)

    def test_first_the_line_then_the_order(self):
        with freeze_time("2026-03-08 02:00:00"):
            self.line.product_qty = 0
        self._cancel("2026-03-20 02:00:00")
        self.assertEqual(self._fact(self.line).exclusion, "cancelled")

    def test_straight_to_draft(self):
        with freeze_time("2026-03-20 02:00:00"):
            self.line.order_id.button_draft()
        self._assert_undelivered(10)

    def test_after_the_cutoff(self):
        """It is not known yet that the order will be cancelled."""
        self._cancel("2026-04-20 02:00:00")
        self._assert_undelivered(26)

    def test_cancelled_before_it_was_written_down(self):
        self._cancel("2026-03-20 02:00:00")
        self.line._write_guarded({"date_promise_cancelled": False})
        self.assertEqual(self._fact(self.line).exclusion, "cancelled")

    def test_goods_came_nevertheless(self):
        """What was cancelled in time is not lacking; afterwards it is."""
        self._receive(self.line, "2026-03-09", 6)
        self._cancel("2026-03-10 02:00:00")
        fact = self._fact(self.line)
        self.assertEqual((fact.fill_share, fact.otif_share), (1, 1))
        self.assertEqual((fact.quantity_ordered, fact.weight), (6, 30))
        self.line._write_guarded({"date_promise_cancelled": "2026-03-20 02:00:00"})
        fact = self._fact(self.line)
        self.assertAlmostEqual(fact.fill_share, 0.6)
        self.assertAlmostEqual(fact.days_late, 0.4 * 10)

    def test_confirmed_again(self):
        self._cancel("2026-03-08 02:00:00")
        with freeze_time("2026-03-12 02:00:00"):
            self.line.order_id.button_draft()
            self.line.order_id.button_confirm()
        self.assertFalse(self.line.date_promise_cancelled)
        self._receive(self.line, "2026-03-15")
        fact = self._fact(self.line)
        self.assertEqual((fact.on_time_share, fact.days_late), (0, 5))
        self.assertEqual((fact.lead_time, fact.cycle_time), (14, 14))

    def _confirm_again(self, when):
        with freeze_time(when):
            self.line.order_id.button_draft()
            self.line.order_id.button_confirm()

    def test_confirmed_again_after_the_cutoff(self):
        """It is not known yet that the order will be wanted again."""
        self._cancel("2026-03-08 02:00:00")
        self._confirm_again("2026-04-20 02:00:00")
        self.assertEqual(self._fact(self.line).exclusion, "cancelled")
        fact = self._fact(self.line, cutoff=datetime(2026, 4, 21))
        self.assertFalse(fact.exclusion)
        self.assertEqual((fact.fill_share, fact.days_late), (0, 42))

    def test_confirmed_again_after_it_was_late(self):
        self._cancel("2026-03-19 16:00:00")
        self._confirm_again("2026-04-20 02:00:00")
        self._assert_undelivered(10)

    def test_confirmed_again_after_our_decision(self):
        self._cancel("2026-03-20 02:00:00")
        self._change_promise(self.line, "2026-03-10", "buyer", when="2026-03-21")
        self._confirm_again("2026-04-20 02:00:00")
        self.assertEqual(self._fact(self.line).exclusion, "responsibility")

    def test_confirmed_again_is_written_down(self):
        self._cancel("2026-03-20 02:00:00")
        self._confirm_again("2026-04-20 02:00:00")
        again, cancelled = self.line.promise_change_ids
        self.assertEqual((cancelled.ordered_from, cancelled.quantity_to), (10, 0))
        self.assertFalse(cancelled.cancelled_from)
        self.assertEqual(again.quantity_to, 10)
        self.assertEqual(str(again.cancelled_from), "2026-03-20 02:00:00")
        self.assertIn("confirmed again", again.note)

    def test_a_change_that_does_not_tell_what_was_before(self):
        """One of before 19.0.1.2.0."""
        self._cancel("2026-03-08 02:00:00")
        self._change_promise(self.line, "2026-03-10", "buyer", when="2026-04-20")
        changes = self.line.promise_change_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_promise_change SET ordered_from = NULL WHERE id IN %s",
            [changes._ids],
        )
        self.assertEqual(self._fact(self.line).exclusion, "cancelled")

    def test_ordered_again(self):
        """A line of nothing that is ordered again is open again."""
        with freeze_time("2026-03-08 02:00:00"):
            self.line.product_qty = 0
        with freeze_time("2026-03-09 02:00:00"):
            self.line.product_qty = 8
        self._receive(self.line, "2026-03-10")
        self.assertEqual(self._fact(self.line).fill_share, 1)

    def test_it_was_our_decision(self):
        self._cancel("2026-03-20 02:00:00")
        order = self.line.order_id
        self.assertIn("cancelled after the promised day", order.promise_hint)
        buyer = self._create_user("cancelled_buyer", BUYER)
        boss = self._create_user("cancelled_boss", MANAGER)
        vals = {"line_ids": self.line.ids, "reason": "buyer", "note": "Not needed"}
        wizards = self.env["supplier.promise.change.wizard"]
        with freeze_time("2026-03-21 02:00:00"):
            with self.assertRefused("Only somebody else"):
                self._as(wizards, buyer).create(vals).action_apply()
            self._as(wizards, boss).create(vals).action_apply()
        self.assertEqual(self._fact(self.line).exclusion, "responsibility")
        self.assertFalse(order.promise_hint)
        self.assertEqual(str(self.line.date_promised), "2026-03-10 04:00:00")
        self.assertIn("our decision", order.message_ids[0].body)

    def test_our_decision_does_not_hide_what_came_late(self):
        self._receive(self.line, "2026-03-15", 6)
        self._cancel("2026-03-20 02:00:00")
        self._change_promise(self.line, "2026-03-10", "buyer", when="2026-03-21")
        fact = self._fact(self.line)
        self.assertFalse(fact.exclusion)
        self.assertEqual((fact.fill_share, fact.on_time_share), (1, 0))
        self.assertEqual(fact.days_late, 5)

    def test_a_cancelled_line_is_not_moved_by_the_supplier(self):
        self._cancel("2026-03-20 02:00:00")
        with self.assertRefused("not confirmed"):
            self._change_promise(self.line, "2026-03-15", "supplier")

    def test_a_line_that_never_was_confirmed(self):
        order = self.line.order_id.copy()
        order.button_cancel()
        self.assertFalse(order.order_line.date_promise_cancelled)
        order.order_line = [
            Command.update(order.order_line.id, {"product_qty": 0}),
        ]
        self.assertFalse(order.promise_change_ids)
