from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestMovedLine(SupplierEvaluationCommon):
    """Somebody puts a line of one order on another one."""

    def _move(self, line, order, **vals):
        with freeze_time("2026-03-02 02:00:00"):
            line.write({"order_id": order.id, **vals})

    def _draft(self):
        """An order of 10 that is not confirmed yet."""
        return self._order(10, 5, "2026-03-10").order_id.copy()

    def test_a_draft_is_put_on_what_is_ordered(self):
        """The line is promised as one that was added then."""
        order = self._order(10, 5, "2026-03-20").order_id
        line = self._draft().order_line
        self._move(line, order, date_planned="2026-03-10 04:00:00")
        self.assertEqual(str(line.date_promised), "2026-03-10 04:00:00")
        self.assertEqual(str(line.date_promise_frozen), "2026-03-02 02:00:00")
        self.assertTrue(all(order.order_line.mapped("has_twin_line")))

    def test_what_is_ordered_is_put_together(self):
        """The promise stays, and what is typed on one line fills the other."""
        first = self._order(10, 5, "2026-03-10")
        second = self._order(10, 5, "2026-03-10", confirmed="2026-02-20")
        self._move(second, first.order_id)
        self.assertEqual(str(second.date_promise_frozen), "2026-02-20 02:00:00")
        self.assertFalse(second.promise_change_ids)
        receipt = self._open_transfers(first.move_ids.picking_id)
        with freeze_time("2026-03-10 04:00:00"):
            receipt.move_ids.quantity = 20
            receipt.move_ids.picked = True
            self._validate(receipt)
        for line in first | second:
            fact = self._fact(line)
            self.assertEqual((fact.quantity_received, fact.otif_share), (10, 1))

    def test_what_is_ordered_is_put_on_a_draft(self):
        """It is ordered no more, until the draft is confirmed."""
        line, draft = self._order(10, 5, "2026-03-10"), self._draft()
        self._move(line, draft)
        self.assertEqual(str(line.date_promise_cancelled), "2026-03-02 02:00:00")
        with freeze_time("2026-03-03 02:00:00"):
            draft.button_confirm()
        self.assertFalse(line.date_promise_cancelled)
        self.assertEqual(str(line.date_promised), "2026-03-10 04:00:00")
        self.assertEqual(str(line.date_promise_frozen)[:10], "2026-03-01")

    def test_it_is_given_to_another_supplier(self):
        """Who promised nothing yet; where goods came, the promise stays."""
        other = self._create_supplier("Another one")
        order = self._order(10, 5, "2026-03-20", partner=other).order_id
        line = self._order(10, 5, "2026-03-10")
        self._move(line, order, date_planned="2026-03-15 04:00:00")
        self.assertEqual(str(line.date_promised), "2026-03-15 04:00:00")
        self.assertEqual(str(line.date_promise_frozen), "2026-03-02 02:00:00")
        came = self._order(10, 5, "2026-03-10")
        self._receive(came, "2026-03-01", 4)
        self._move(came, order)
        self.assertEqual(str(came.date_promised), "2026-03-10 04:00:00")

    def test_an_order_of_its_own_again(self):
        """What is written anew moves nothing."""
        line = self._order(10, 5, "2026-03-10")
        self._move(line, line.order_id)
        self.assertFalse(line.promise_change_ids)
        self.assertFalse(line.date_promise_cancelled)
