from odoo import Command
from odoo.tests import tagged

from ..common import BUYER, MANAGER
from .common import ReturnCommon

LATER = "2026-05-20 04:00:00"


@tagged("post_install", "-at_install")
class TestReturnPublished(ReturnCommon):
    """No detour leads to another reason of a return that figures rest on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"{BUYER},stock.group_stock_manager"
        cls.worker = cls._create_user("return_worker", groups)
        cls.boss = cls._create_user(
            "return_boss", f"{MANAGER},stock.group_stock_manager"
        )

    def _assert_refused(self, change):
        with (
            self.assertRefused("part of figures that are published"),
            self.env.cr.savepoint(),
        ):
            change()
        self.env.invalidate_all()

    def test_state_and_day_of_the_transfer_decide_nothing(self):
        back = self._return(self._received(), "2026-03-12", 4)
        self._evaluate().action_publish()
        mine = self._as(back, self.worker)
        mine.write({"state": "assigned"})
        self._assert_refused(lambda: mine.write({"supplier_return_reason": "ours"}))
        # Odoo hands the day on to the moves only while the transfer is done.
        mine.write({"date_done": LATER})
        self._assert_refused(lambda: mine.write({"supplier_return_reason": "ours"}))
        mine.write({"state": "done"})
        self._assert_refused(lambda: mine.write({"date_done": LATER}))
        self.assertEqual(str(back.move_ids.date), "2026-03-12 04:00:00")
        self.assertEqual(back.supplier_return_reason, "quality")

    def test_moves_stay_where_they_are(self):
        back = self._return(self._received(), "2026-03-12", 4)
        other = self._return(self._received(), "2026-04-20", 1, reason="ours")
        same = self._return(self._received(), "2026-04-20", 1)
        self._evaluate().action_publish()
        move = self._as(back.move_ids, self.worker)
        mine = self._as(other, self.worker)
        for change in (
            lambda: move.write({"picking_id": other.id}),
            lambda: move.write({"picking_id": False}),
            lambda: mine.write({"move_ids": [Command.link(move.id)]}),
            lambda: move.write({"date": LATER}),
            lambda: move.write({"state": "assigned"}),
            lambda: (self._as(other.move_ids, self.worker) + move).write(
                {"date": LATER}
            ),
        ):
            self._assert_refused(change)
        # Nothing changes by that.
        move.write({"date": move.date, "state": "done", "picking_id": same.id})
        self._assert_refused(
            lambda: self._as(same, self.worker).write(
                {"supplier_return_reason": "ours"}
            )
        )
        self.assertEqual(move.picking_id, same)

    def test_reason_of_a_step_before_the_period(self):
        """It was said in February, and holds for what left in March."""
        quarantine = self._location("Quarantine")
        line = self._order(10, 5, "2026-02-10", confirmed="2026-02-01")
        receipt = self._receive(line, "2026-02-10")
        hop = self._return(receipt, "2026-02-12", 4, to=quarantine)
        back = self._return(hop, "2026-03-13", 4, to=self.vendors)
        back.supplier_return_reason = False
        self._evaluate().action_publish()
        for picking in (hop, receipt):
            mine = self._as(picking, self.worker)
            self._assert_refused(
                lambda own=mine: own.write({"supplier_return_reason": "ours"})
            )
        self.assertEqual(hop.supplier_return_reason, "quality")

    def test_what_is_not_published_may_change(self):
        """Nor is anybody kept from correcting receipts, or plans."""
        receipt = self._received()
        later = self._return(receipt, "2026-04-20", 4)
        planned = self._by_hand("2026-03-20", 1, self.vendors, do=False)
        planned.move_ids.date = "2026-03-20 04:00:00"
        self._evaluate().action_publish()
        for picking in (later, planned):
            self._as(picking, self.worker).supplier_return_reason = "ours"
        self._as(later, self.worker).date_done = LATER
        self.assertEqual(str(later.move_ids.date), LATER)
        self._as(receipt, self.worker).date_done = "2026-03-11 04:00:00"
        self.assertEqual(str(receipt.move_ids.date), "2026-03-11 04:00:00")

    def test_managers_change_it(self):
        back = self._return(self._received(), "2026-03-12", 4)
        other = self._return(self._received(), "2026-04-20", 1, reason="ours")
        self._evaluate().action_publish()
        move = self._as(back.move_ids, self.boss)
        move.picking_id = other
        move.date = LATER
        self.assertEqual(sorted(other.move_ids.mapped("quantity")), [1, 4])

    def test_moving_asks_nothing_more(self):
        """Doing transfers takes no query for it, however many moves they have."""
        made = [
            self._by_hand("2026-04-20", 1, self.vendors, do=False)
            for _index in range(5)
        ]
        returns = self._as(made[0].union(*made), self.worker)
        returns.sudo().action_confirm()
        moves = returns.move_ids
        moves.mapped("state")
        with self.assertQueryCount(0):
            self.assertFalse(moves._detoured({"date": LATER, "state": "done"}))
