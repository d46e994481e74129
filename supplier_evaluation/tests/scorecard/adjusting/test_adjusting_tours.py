from datetime import date, datetime

from odoo.tests import HttpCase, tagged

from .common import AdjustedCommon


@tagged("post_install", "-at_install")
class TestAdjustingTours(AdjustedCommon, HttpCase):
    """Two people: one changes by hand, compares and holds back, the other publishes."""

    browser_size = "1366x768"

    def _start(self, record, tour, login):
        path = record._name.replace(".", "-") + f"s/{record.id}"
        self.start_tour(
            f"/odoo/{path}", f"supplier_evaluation_{tour}", login=f"four_{login}"
        )

    def test_override_and_publish(self):
        evaluation = self._evaluate()
        card = self._card(evaluation, self.late_supplier)
        self._start(card, "override", "one")
        self._start(evaluation, "four_eyes", "one")
        self._start(evaluation, "second_person", "two")
        self.assertEqual(evaluation.state, "published")
        self.assertEqual(self._otd(evaluation).score, 88)

    def test_compare_and_publish(self):
        line = self._order(
            10, 5, "2026-02-10", "2026-02-01", partner=self.late_supplier
        )
        self._receive(line, "2026-02-10")
        self._evaluate(
            date_from=date(2026, 2, 1),
            date_to=date(2026, 2, 28),
            cutoff=datetime(2026, 3, 4, 16, 0),
        ).action_publish()
        evaluation = self._evaluate()
        self._start(evaluation, "compare_and_hold_back", "one")
        self._start(evaluation, "publish_some", "two")
        self.assertEqual(evaluation.state, "published")
        self.assertFalse(self._card(evaluation, self.late_supplier))

    def test_explain(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        self._order(10, 5, "2026-03-20", partner=self.late_supplier)
        card = self._card(evaluation, self.late_supplier)
        self._start(card, "explain", "one")
