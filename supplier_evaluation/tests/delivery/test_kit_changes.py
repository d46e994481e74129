from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import SupplierEvaluationCommon
from ..receipt.kits import KitBuilders


class KitCommon(KitBuilders, SupplierEvaluationCommon):
    """A kit of two A and one B, of which 5 are promised for 10 March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part_a = cls._create_product("Part A")
        cls.part_b = cls._create_product("Part B")
        cls.kit = cls._create_product("Kit")
        cls.recipe = cls._create_recipe(cls.kit, {cls.part_a: 2, cls.part_b: 1})

    def setUp(self):
        super().setUp()
        self.line = self._order(5, 100, "2026-03-10", product=self.kit)
        self.order = self.line.order_id

    def _assert_complete(self, line=None):
        fact = self._fact(line or self.line)
        self.assertAlmostEqual(fact.on_time_share, 1)
        self.assertAlmostEqual(fact.fill_share, 1)
        self.assertEqual(fact.otif_share, 1)
        self.assertAlmostEqual(fact.days_late, 0)

    def _confirm_again(self):
        with freeze_time("2026-03-02 02:00:00"):
            self.order.button_cancel()
            self.order.button_draft()
            self.order.button_confirm()


@tagged("post_install", "-at_install")
class TestKitChanges(KitCommon):
    """What a kit needs is what one takes, times the kits ordered."""

    def test_remembered_with_the_receipts(self):
        self.assertEqual(
            self.line.kit_parts, {str(self.part_a.id): 2, str(self.part_b.id): 1}
        )
        plain = self._order(5, 100, "2026-03-10")
        self.assertFalse(plain.kit_parts)

    def test_confirmed_again(self):
        self._confirm_again()
        self._confirm_again()
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_confirmed_again_when_something_had_come(self):
        """Odoo asks for all of it anew; three kits more are all that lacked."""
        self._receive_parts(self.line, "2026-03-01", {self.part_a: 4, self.part_b: 2})
        self._confirm_again()
        self._receive_parts(
            self.line, "2026-03-09", {self.part_a: 6, self.part_b: 3}, False
        )
        self._assert_complete()

    def test_copied_receipt(self):
        copy = self._open_transfers(self.order.picking_ids).copy()
        copy.action_confirm()
        copy.action_cancel()
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_copied_receipt_that_waits(self):
        original = self._open_transfers(self.order.picking_ids)
        original.copy()
        with freeze_time("2026-03-10 04:00:00"):
            for move in original.move_ids:
                move.write({"quantity": move.product_uom_qty, "picked": True})
            original.with_context(skip_backorder=True).button_validate()
        self._assert_complete()

    def test_replaced_receipt(self):
        """Cancelled, and what came was entered on a copy."""
        original = self._open_transfers(self.order.picking_ids)
        copy = original.copy()
        original.action_cancel()
        copy.action_confirm()
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_cancelled_back_order_lacks(self):
        self._receive_parts(self.line, "2026-03-10", {self.part_a: 6, self.part_b: 5})
        self._open_transfers(self.order.picking_ids).action_cancel()
        fact = self._fact(self.line)
        self.assertAlmostEqual(fact.fill_share, 0.6)
        self.assertEqual(fact.otif_share, 0)

    def test_closed_without_back_order_lacks(self):
        self._receive_parts(
            self.line, "2026-03-10", {self.part_a: 6, self.part_b: 5}, False
        )
        self.assertAlmostEqual(self._fact(self.line).fill_share, 0.6)

    def test_component_that_was_never_received(self):
        """The move of B is cancelled; A alone makes no kit."""
        self._receive_parts(self.line, "2026-03-10", {self.part_a: 10}, False)
        self.assertEqual(self._fact(self.line).fill_share, 0)

    def test_kit_in_a_kit(self):
        outer = self._create_product("Crate")
        self._create_recipe(outer, {self.kit: 2, self.part_b: 3})
        self.line = self._order(4, 100, "2026-03-10", product=outer)
        self.order = self.line.order_id
        self.assertEqual(
            self.line.kit_parts, {str(self.part_a.id): 4, str(self.part_b.id): 5}
        )
        self._confirm_again()
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_recipe_changed_later(self):
        self.recipe.bom_line_ids[0].product_qty = 7
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_recipe_changed_before_it_is_confirmed_again(self):
        self.recipe.bom_line_ids[0].product_qty = 3
        self._confirm_again()
        self.assertEqual(self.line.kit_parts[str(self.part_a.id)], 3)
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_confirmed_again_as_a_plain_product(self):
        self.recipe.active = False
        self._confirm_again()
        self.assertFalse(self.line.kit_parts)
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_confirmed_again_as_a_kit(self):
        chest = self._create_product("Chest")
        self.line = self._order(5, 100, "2026-03-10", product=chest)
        self.order = self.line.order_id
        self._create_recipe(chest, {self.part_a: 2})
        self._confirm_again()
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_more_kits(self):
        with freeze_time("2026-03-05 02:00:00"):
            self.line.product_qty = 8
        self._receive_parts(self.line, "2026-03-10", {self.part_a: 10, self.part_b: 5})
        self.assertAlmostEqual(self._fact(self.line).fill_share, 5 / 8)
        self._receive_parts(self.line, "2026-03-12")
        fact = self._fact(self.line)
        self.assertAlmostEqual(fact.fill_share, 1)
        self.assertAlmostEqual(fact.days_late, 3 / 8 * 2)

    def test_more_kits_by_another_recipe(self):
        """5 kits of 2 A and 3 of 4 A: 22 A are no over-delivery."""
        self.recipe.bom_line_ids[0].product_qty = 4
        with freeze_time("2026-03-05 02:00:00"):
            self.line.product_qty = 8
        self.assertEqual(self.line.kit_parts[str(self.part_a.id)], 22 / 8)
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_fewer_kits(self):
        with freeze_time("2026-03-05 02:00:00"):
            self.line.product_qty = 3
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_fewer_kits_and_more_again(self):
        for quantity in (3, 6):
            with freeze_time("2026-03-05 02:00:00"):
                self.line.product_qty = quantity
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_fewer_kits_after_the_promise(self):
        self._receive_parts(
            self.line, "2026-03-10", {self.part_a: 6, self.part_b: 3}, False
        )
        with freeze_time("2026-03-25 02:00:00"):
            self.line.product_qty = 3
        fact = self._fact(self.line)
        self.assertEqual(fact.quantity_ordered, 5)
        self.assertAlmostEqual(fact.fill_share, 0.6)

    def test_over_delivered_by_one_component(self):
        self._receive_parts(self.line, "2026-03-10", {self.part_a: 12, self.part_b: 5})
        fact = self._fact(self.line)
        self.assertEqual((fact.fill_share, fact.otif_share), (1, 0))
        self.assertEqual(self._fact(self.line, over_percent=20.0).otif_share, 1)

    def test_kit_line_added_later(self):
        with freeze_time("2026-03-02 02:00:00"):
            self.order.order_line = [
                Command.create(
                    {
                        "product_id": self.kit.id,
                        "product_qty": 2,
                        "price_unit": 100,
                        "date_planned": "2026-03-10 04:00:00",
                    }
                )
            ]
        added = self.order.order_line - self.line
        self.assertEqual(added.kit_parts[str(self.part_a.id)], 2)
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()
        self._assert_complete(added)

    def test_surplus_of_a_kit(self):
        """The clerk types the components of two lines on the first."""
        other = self._order(5, 100, "2026-03-10", product=self.kit).order_id
        with freeze_time("2026-03-02 02:00:00"):
            other.order_line = [
                Command.create(
                    {
                        "product_id": self.kit.id,
                        "product_qty": 5,
                        "price_unit": 100,
                        "date_planned": "2026-03-10 04:00:00",
                    }
                )
            ]
        first, second = other.order_line
        with freeze_time("2026-03-10 04:00:00"):
            picking = self._open_transfers(other.picking_ids)
            for move in first.move_ids:
                move.write({"quantity": 2 * move.product_uom_qty, "picked": True})
            self._validate(picking, backorder=False)
        self._assert_complete(first)
        self._assert_complete(second)

    def test_worst_component_goes_back(self):
        """2 of 5 B went back: 2 kits are not as they should be."""
        self._receive_parts(self.line, "2026-03-10")
        receipt = self.order.picking_ids
        self._give_back(receipt, "2026-03-12", {self.part_b: 2})
        fact = self._fact(self.line)
        self.assertAlmostEqual(fact.quantity_returned, 2)
        self.assertEqual(fact.otif_share, 0)


@tagged("post_install", "-at_install")
class TestKitOfBefore(KitCommon):
    """Of lines that were confirmed before recipes were remembered, the moves tell."""

    def setUp(self):
        super().setUp()
        self._confirm_again()
        self.line._write_guarded({"kit_parts": False})

    def test_confirmed_again(self):
        self._receive_parts(self.line, "2026-03-10")
        self._assert_complete()

    def test_cancelled_back_order_lacks(self):
        self._receive_parts(self.line, "2026-03-10", {self.part_a: 6, self.part_b: 5})
        self._open_transfers(self.order.picking_ids).action_cancel()
        self.assertAlmostEqual(self._fact(self.line).fill_share, 0.6)

    def test_nothing_but_cancelled_moves(self):
        with freeze_time("2026-03-20 02:00:00"):
            self.order.button_cancel()
        fact = self._fact(self.line)
        self.assertEqual((fact.fill_share, fact.exclusion), (0, False))
