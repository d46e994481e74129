from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestPromiseHint(SupplierEvaluationCommon):
    """An order says what counts otherwise than it looks."""

    def test_a_line_added_weeks_later(self):
        """Odoo proposes the arrival by the day of the order, which is over by then."""
        line = self._order(10, 5, "2026-03-10")
        order = line.order_id
        self.assertFalse(order.promise_hint)
        with freeze_time("2026-03-20 02:00:00"):
            order.order_line = [
                Command.create({"product_id": self.product.id, "product_qty": 4})
            ]
        added = order.order_line - line
        self.assertLess(added.date_promised, added.date_promise_frozen)
        self.assertIn("ordered after its expected arrival", order.promise_hint)
        self._change_promise(added, "2026-03-25", "buyer", when="2026-03-21")
        self.assertFalse(order.promise_hint)

    def test_an_order_typed_in_after_its_goods(self):
        """What is there does not wait for anything."""
        line = self._order(10, 5, "2026-03-10", confirmed="2026-03-12")
        self.assertIn("ordered after its expected arrival", line.order_id.promise_hint)
        self._receive(line, "2026-03-10")
        self.assertFalse(line.order_id.promise_hint)

    def test_a_service(self):
        """It counts as neither on time nor late."""
        product = self._create_product("Cleaning", type="service")
        line = self._order(1, 5, "2026-03-10", confirmed="2026-03-12", product=product)
        self.assertFalse(line.order_id.promise_hint)

    def test_on_the_last_day(self):
        line = self._order(10, 5, "2026-03-10", confirmed="2026-03-10")
        self.assertFalse(line.order_id.promise_hint)
