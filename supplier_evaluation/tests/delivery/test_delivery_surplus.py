from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import SupplierEvaluationCommon
from ..fact import sums


@tagged("post_install", "-at_install")
class TestDeliverySurplus(SupplierEvaluationCommon):
    """Two lines of 10 of one product on one order; a clerk types on the first."""

    def setUp(self):
        super().setUp()
        self.first = self._order(10, 5, "2026-03-10")
        self.order = self.first.order_id
        self.second = self._add("2026-03-10")

    def _add(self, promise, quantity=10, when="2026-03-01", **vals):
        before = self.order.order_line
        with freeze_time(f"{when} 02:00:00"):
            self.order.order_line = [
                Command.create(
                    {
                        "product_id": self.product.id,
                        "product_qty": quantity,
                        "price_unit": 5,
                        "date_planned": f"{promise} 04:00:00",
                        "tax_ids": [Command.clear()],
                        **vals,
                    }
                )
            ]
        return self.order.order_line - before

    def _type(self, when, quantities, backorder=True):
        """Receive so much on the moves of each line."""
        with freeze_time(f"{when} 04:00:00"):
            picking = self._open_transfers(self.order.picking_ids)
            for move in picking.move_ids:
                move.quantity = quantities.get(move.purchase_line_id, 0)
                move.picked = bool(move.quantity)
            self._validate(picking, backorder)

    def _received(self, *lines):
        return [self._fact(line).quantity_received for line in lines]

    def test_all_on_the_first(self):
        self._type("2026-03-10", {self.first: 20}, backorder=False)
        for line in (self.first, self.second):
            fact = self._fact(line)
            self.assertEqual(fact.quantity_received, 10)
            self.assertEqual((fact.on_time_share, fact.otif_share), (1, 1))
        self.assertEqual(self._value("otd"), 100)

    def test_shown_for_when_it_was_ordered(self):
        """What is promised after the period is shown the same, by sums and without."""
        self._type("2026-03-10", {self.first: 20}, backorder=False)
        scope = self._scope(date_to=date(2026, 3, 5), with_excluded=True)
        for build in (False, True):
            if build:
                sums.build(self.env)
            facts = sums.rows(self.env, "supplier.delivery.fact", scope, self.supplier)
            self.assertEqual(
                [
                    (row["exclusion"], row["quantity_received"])
                    for row in facts.values()
                ],
                [("outside_period", 10)] * 2,
            )
        self.assertEqual(
            sums.differences(self.env, "supplier.delivery.fact", scope), []
        )

    def test_all_on_the_last(self):
        self._type("2026-03-10", {self.second: 20}, backorder=False)
        self.assertEqual(self._received(self.first, self.second), [10, 10])

    def test_what_is_left_is_over_delivery(self):
        self._type("2026-03-10", {self.first: 24}, backorder=False)
        self.assertEqual(self._received(self.first, self.second), [14, 10])
        self.assertEqual(self._fact(self.first).otif_share, 0)
        self.assertEqual(self._fact(self.second).otif_share, 1)

    def test_in_the_order_of_promises(self):
        later, sooner = self._add("2026-03-30"), self._add("2026-03-05")
        self._type("2026-03-12", {self.first: 25}, backorder=False)
        self.assertEqual(
            self._received(self.first, sooner, self.second, later), [10, 10, 5, 0]
        )
        self.assertEqual(self._fact(sooner).days_late, 7)

    def test_it_comes_on_its_own_day(self):
        self._type("2026-03-10", {self.first: 10})
        self._type("2026-03-13", {self.second: 4})
        self._type("2026-03-15", {self.second: 6})
        self.assertEqual(self._fact(self.second).days_late, 0.4 * 3 + 0.6 * 5)
        third = self._add("2026-03-20", when="2026-03-16")
        self._type("2026-03-18", {third: 10})
        self.assertEqual(self._received(self.first, self.second, third), [10] * 3)

    def test_its_own_goods_come_when_it_is_full(self):
        """What was filled on the 9th is not late because more comes on the 20th."""
        self._type("2026-03-09", {self.first: 20})
        self._type("2026-03-20", {self.second: 10})
        fact = self._fact(self.second)
        self.assertEqual((fact.on_time_share, fact.days_late), (1, 0))
        self.assertEqual(fact.quantity_received, 20)
        self.assertEqual(fact.otif_share, 0)

    def test_other_products_and_orders_are_filled_by_nobody(self):
        nut = self._add("2026-03-10", product_id=self._create_product("Nut").id)
        elsewhere = self._order(10, 5, "2026-03-10")
        self._type("2026-03-10", {self.first: 40}, backorder=False)
        self.assertEqual(self._received(nut, elsewhere), [0, 0])
        self.assertFalse(nut.has_twin_line or elsewhere.has_twin_line)

    def test_in_dozens(self):
        dozen = self._add("2026-03-10", 1, product_uom_id=self.uom_dozen.id)
        self._type("2026-03-10", {self.first: 32}, backorder=False)
        self.assertEqual(self._received(self.first, self.second, dozen), [10, 10, 12])

    def test_a_cancelled_line_is_filled_by_nobody(self):
        with freeze_time("2026-03-12 02:00:00"):
            self.second.product_qty = 0
        self._type("2026-03-14", {self.first: 20}, backorder=False)
        self.assertEqual(self._received(self.first, self.second), [20, 0])

    def test_a_line_that_was_cancelled_afterwards_was_filled(self):
        self._type("2026-03-10", {self.first: 20}, backorder=False)
        with freeze_time("2026-03-12 02:00:00"):
            self.order.button_cancel()
        self.assertEqual(self._received(self.first, self.second), [10, 10])
        self.assertEqual(self._value("otif"), 100)

    def test_a_line_that_was_raised_afterwards_has_no_surplus(self):
        with freeze_time("2026-03-12 02:00:00"):
            self.first.product_qty = 20
        self.assertEqual(len(self.first.move_ids), 2)
        self._type("2026-03-14", {self.first: 10}, backorder=False)
        self.assertEqual(self._received(self.first, self.second), [20, 0])

    def test_after_the_cutoff(self):
        self._type("2026-04-20", {self.first: 20}, backorder=False)
        self.assertEqual(self._received(self.first, self.second), [0, 0])

    def test_a_line_of_another_period(self):
        """What is promised in April is filled after what is promised in March."""
        april = self._add("2026-04-02")
        self._type("2026-03-10", {april: 30}, backorder=False)
        self.assertEqual(self._received(self.first, self.second), [10, 10])

    def test_surplus_goes_back(self):
        """What had come stays received, whatever Odoo says is received now."""
        self._type("2026-03-10", {self.first: 20}, backorder=False)
        self._return(self.order.picking_ids, "2026-03-12", 10)
        self.assertEqual(self._received(self.first, self.second), [10, 10])

    def test_what_was_typed_for_both_is_no_surplus(self):
        self._type("2026-03-10", {self.first: 20}, backorder=False)
        back = self._return(self.order.picking_ids, "2026-03-12", 2)
        self.assertEqual(back.supplier_return_reason, "quality")

    def test_what_is_to_go_back_makes_nothing_a_surplus(self):
        self._add("2026-03-12", -4)
        self._type("2026-03-10", {self.first: 20}, backorder=False)
        self.assertFalse(self.first._has_surplus())

    def test_what_is_too_much_of_both_is_one(self):
        self._type("2026-03-10", {self.first: 22}, backorder=False)
        back = self._return(self.order.picking_ids, "2026-03-12", 2)
        self.assertEqual(back.supplier_return_reason, "surplus")

    def test_what_went_back_as_a_surplus_stays_one(self):
        """More is ordered afterwards: that makes nothing bad that went back before."""
        line = self._order(10, 5, "2026-03-20")
        receipt = self._receive(line, "2026-03-05", 12)
        back = self._return(receipt, "2026-03-07", 2)
        with freeze_time("2026-03-08 02:00:00"):
            line.product_qty = 14
        self._receive(line, "2026-03-15")
        for reason in ("surplus", False):
            with self.subTest(reason):
                back.supplier_return_reason = reason
                fact = self._fact(line)
                self.assertEqual((fact.quantity_returned, fact.quantity_faulty), (2, 0))

    def test_another_product_on_the_line(self):
        nut = self._create_product("Nut")
        line = self._add("2026-03-10", product_id=nut.id)
        self.assertFalse(line.has_twin_line)
        line.product_id = self.product
        self.assertTrue(line.has_twin_line)

    def test_the_analysis_says_the_same(self):
        self._type("2026-03-10", {self.first: 20}, backorder=False)
        self.env.flush_all()
        facts = self.env["supplier.delivery.fact"].search(
            [("order_id", "=", self.order.id)]
        )
        self.assertEqual(facts.mapped("quantity_received"), [10, 10])
