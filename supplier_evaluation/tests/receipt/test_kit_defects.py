from freezegun import freeze_time

from odoo.tests import tagged

from ..fact.common import CatalogueCommon
from .kits import KitBuilders


@tagged("post_install", "-at_install")
class TestKitDefects(KitBuilders, CatalogueCommon):
    """10 kits of one frame and two wheels each came: a kit is as bad as its worst."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_bicycle_kit()
        cls.line = cls._order(10, 100, "2026-03-10", product=cls.kit)
        cls.picking = cls._receive(cls.line, "2026-03-10")

    def _assert_bad(self, kits):
        """The figures agree: so many of the 10 kits are bad."""
        self.assertAlmostEqual(self._value("defect_ppm"), kits * 1e5)
        self.assertEqual(self._value("lot_acceptance"), 0 if kits else 100)

    def test_nothing_is_bad(self):
        self._assert_bad(0)
        self.assertEqual(self._value("return_rate"), 0)

    def test_wheels_go_back(self):
        self._give_back(self.picking, "2026-03-12", {self.wheel: 4})
        self._assert_bad(2)
        self.assertAlmostEqual(self._value("return_rate"), 10)
        self.assertEqual(self._fact(self.line).quantity_returned, 2)
        self.assertEqual(self._value("otif"), 0)

    def test_both_go_back(self):
        """3 frames and 4 wheels: 3 kits."""
        self._give_back(self.picking, "2026-03-12", {self.frame: 3, self.wheel: 4})
        self._assert_bad(3)
        self.assertEqual(self._fact(self.line).quantity_returned, 3)

    def test_surplus_of_a_component(self):
        """The dialog proposes what it is: there are ten kits, and two wheels more."""
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        came = {self.frame: 10, self.wheel: 22}
        picking = self._receive_parts(line, "2026-03-10", came)
        back = self._give_back(picking, "2026-03-12", {self.wheel: 2})
        self.assertEqual(back.supplier_return_reason, "surplus")
        self._assert_bad(0)
        fact = self._fact(line)
        self.assertEqual((fact.quantity_returned, fact.quantity_faulty), (1, 0))
        # What goes back beyond it is bad.
        back = self._give_back(picking, "2026-03-13", {self.wheel: 4})
        self.assertEqual(back.supplier_return_reason, "quality")
        self.assertEqual(self._fact(line).quantity_faulty, 2)

    def test_what_was_typed_for_two_kits_is_no_surplus(self):
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        self.assertFalse(line._has_surplus())
        with freeze_time("2026-03-02 02:00:00"):
            line.copy({"order_id": line.order_id.id})
        self.assertEqual(len(line.order_id.order_line), 2)
        picking = self._open_transfers(line.order_id.picking_ids)
        with freeze_time("2026-03-10 04:00:00"):
            for move in picking.move_ids:
                is_first = move.purchase_line_id == line
                move.quantity = 2 * move.product_uom_qty if is_first else 0
                move.picked = is_first
            self._validate(picking, False)
        self.assertFalse(line._has_surplus())
        back = self._give_back(picking, "2026-03-12", {self.wheel: 2})
        self.assertEqual(back.supplier_return_reason, "quality")

    def test_surplus_of_a_component_came_back(self):
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        came = {self.frame: 10, self.wheel: 22}
        picking = self._receive_parts(line, "2026-03-10", came)
        back = self._give_back(picking, "2026-03-12", {self.wheel: 2})
        self._give_back(back, "2026-03-13", {self.wheel: 2})
        self.assertTrue(line._has_surplus())

    def test_incident_about_a_component(self):
        self._incident(
            "Rust", purchase_line_id=self.line.id, product_id=self.wheel.id, quantity=6
        )
        self._assert_bad(3)

    def test_incidents_about_the_kit(self):
        for _incident in range(2):
            self._incident(
                "Rust",
                purchase_line_id=self.line.id,
                product_id=self.kit.id,
                quantity=2,
            )
        self._assert_bad(4)

    def test_each_kit_once(self):
        """What goes back is what the incident was about."""
        self._incident(
            "Rust", purchase_line_id=self.line.id, product_id=self.kit.id, quantity=2
        )
        self._give_back(self.picking, "2026-03-12", {self.wheel: 4})
        self._assert_bad(2)

    def test_incident_of_ours(self):
        self._incident(
            "Dropped",
            purchase_line_id=self.line.id,
            product_id=self.kit.id,
            quantity=2,
            responsibility="us",
        )
        self._assert_bad(0)

    def test_worth_after_it_was_confirmed_again(self):
        """Moves that were cancelled take no part of the kit's value."""
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        with freeze_time("2026-03-02 02:00:00"):
            line.order_id.button_cancel()
            line.order_id.button_draft()
            line.order_id.button_confirm()
        self._receive(line, "2026-03-10")
        self.env.flush_all()
        facts = self.env["supplier.receipt.fact"]._with_fact_scope(self._scope())
        values = facts.search([("order_id", "=", line.order_id.id)])
        self.assertEqual(values.mapped("value_received"), [500, 500])

    def test_worth_of_what_came_before_nothing_was_ordered(self):
        line = self._order(10, 100, "2026-03-10")
        self._receive(line, "2026-03-10", 6)
        with freeze_time("2026-03-20 02:00:00"):
            line.product_qty = 0
        self.env.flush_all()
        facts = self.env["supplier.receipt.fact"]._with_fact_scope(self._scope())
        fact = facts.search([("order_id", "=", line.order_id.id)])
        self.assertEqual(fact.value_received, 600)
