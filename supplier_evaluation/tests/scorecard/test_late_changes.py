from datetime import date

from odoo.tests import tagged

from ..common import BUYER
from .common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestLateChanges(ThreeSuppliersCommon):
    """A promise that was moved for us afterwards is told on the scorecard."""

    def setUp(self):
        super().setUp()
        self.user = self._create_user("late_change_reader", BUYER)
        self.line = self._order(10, 5, "2026-03-10", partner=self.late_supplier)

    def _late_changes(self, **period):
        evaluation = self._evaluate(self.template, **period)
        card = self._as(self._card(evaluation, self.late_supplier), self.user)
        action = card.action_open_late_changes()
        changes = card.env[action["res_model"]].search(action["domain"])
        self.assertEqual(card.late_change_count, len(changes))
        return changes

    def test_moved_afterwards(self):
        self._change_promise(self.line, "2026-03-12", "buyer", when="2026-03-20")
        self.assertEqual(self._late_changes().line_id, self.line)

    def test_moved_in_time(self):
        self._change_promise(self.line, "2026-03-12", "buyer", when="2026-03-02")
        self.assertFalse(self._late_changes())

    def test_moved_before_the_promised_day_when_all_had_come(self):
        self._receive(self.line, "2026-03-01")
        self._change_promise(self.line, "2026-03-12", "buyer", when="2026-03-02")
        self.assertEqual(self._late_changes().line_id, self.line)

    def test_moved_by_the_supplier(self):
        self._change_promise(self.line, "2026-03-12", "supplier", when="2026-03-20")
        self.assertFalse(self._late_changes())

    def test_moved_after_the_cutoff(self):
        self._change_promise(self.line, "2026-03-12", "buyer", when="2026-05-20")
        self.assertFalse(self._late_changes())

    def test_moved_into_another_month(self):
        """Both months tell it: one loses a late line, the other gets one in time."""
        self._change_promise(self.line, "2026-04-02", "buyer", when="2026-03-20")
        self.assertEqual(self._late_changes().line_id, self.line)
        april = {"date_from": date(2026, 4, 1), "date_to": date(2026, 4, 30)}
        self.assertEqual(self._late_changes(**april).line_id, self.line)
