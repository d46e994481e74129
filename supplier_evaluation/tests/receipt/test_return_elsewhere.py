from odoo import Command
from odoo.tests import tagged

from ..fact import sums
from .common import ReturnCommon
from .kits import KitBuilders


@tagged("post_install", "-at_install")
class TestSubcontractReturn(ReturnCommon):
    """Goods of a subcontractor go back to its place, which is an internal one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.component = cls._create_product("Blank")
        cls.made = cls._create_product("Turned part")
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.made.product_tmpl_id.id,
                "type": "subcontract",
                "subcontractor_ids": [Command.link(cls.supplier.id)],
                "company_id": cls.company.id,
                "bom_line_ids": [
                    Command.create({"product_id": cls.component.id, "product_qty": 1})
                ],
            }
        )
        cls.place = cls.company.subcontracting_location_id

    def _received(self, quantity=10, ordered=10, **vals):
        return super()._received(quantity, ordered, **{"product": self.made, **vals})

    def test_went_back(self):
        receipt = self._received()
        self.assertFigures(0, 0)
        back = self._return(receipt, "2026-03-12", 4)
        self.assertEqual(back.location_dest_id, self.place)
        self.assertFigures(40, 40)
        self.assertTrue(back.move_ids._is_purchase_return())

    def test_undone(self):
        back = self._return(self._received(), "2026-03-12", 4)
        self._return(back, "2026-03-13", 4, to=self.stock)
        self.assertFigures(0, 0)

    def test_by_way_of_quarantine(self):
        hop = self._return(
            self._received(), "2026-03-12", 4, to=self._location("Quarantine")
        )
        self.assertFigures(0, 0)
        self._return(hop, "2026-03-13", 4, to=self.place)
        self.assertFigures(40, 40)

    def test_straight_from_quality_control(self):
        self.warehouse.reception_steps = "three_steps"
        self._received()
        check = self._do(self._waiting(), "2026-03-12")
        self._return(check, "2026-03-13", 4, to=self.place)
        self.assertFigures(40, 40)

    def test_exchange(self):
        """What comes in exchange is no return, wherever Odoo lets it go."""
        line = self._order(10, 5, "2026-03-10", product=self.made)
        receipt = self._receive(line, "2026-03-10")
        self._return(receipt, "2026-03-12", 4, exchange=True)
        self.assertFigures(40, 40)
        self._do(self._waiting(), "2026-03-15")
        fact = self._fact(line)
        self.assertEqual((fact.quantity_received, fact.quantity_returned), (10, 4))
        self.assertAlmostEqual(self._value("return_rate"), 100 * 4 / 14)
        self.assertAlmostEqual(self._value("defect_ppm"), 1e6 * 20 / 70)

    def test_place_of_its_own(self):
        """A subcontractor may have its own place, inside the usual one or not."""
        for parent in (self.place, self.place.location_id):
            with (
                self.subTest(parent.name),
                self.env.cr.savepoint() as savepoint,
            ):
                place = self._location(
                    "At the turner's",
                    location_id=parent.id,
                    company_id=self.company.id,
                )
                supplier = self.supplier.with_company(self.company)
                supplier.property_stock_subcontractor = place
                back = self._return(self._received(), "2026-03-12", 4)
                self.assertEqual(back.location_dest_id, place)
                self.assertFigures(40, 40)
                savepoint.rollback()

    def test_sums_follow_who_comes_and_goes(self):
        """Who comes with a place of its own gets what went there back, with sums too;
        who goes takes that with it.
        """
        place = self._location("Corner", location_id=self.place.location_id.id)
        back = self._return(self._received(), "2026-03-12", 4, to=place)
        self.assertEqual(back.location_dest_id, place)
        sums.build(self.env)
        self.assertFigures(0, 0)
        other = self.env["res.partner"].with_company(self.company)
        newcomer = other.create(
            {"name": "New", "property_stock_subcontractor": place.id}
        )
        self.assertFigures(40, 40)
        sums.build(self.env)
        newcomer.unlink()
        self.assertFigures(0, 0)

    def test_by_hand(self):
        order = self._received().purchase_id
        self._by_hand("2026-03-20", 4, self.place, order.name, product=self.made)
        self.assertFigures(40, 40)

    def test_components_for_the_subcontractor(self):
        """We send them, and they are no return: not even where the vendor is the same,
        nor where their own receipt supplies them.
        """
        blanks = self._received(product=self.component)
        resupply = self._by_hand(
            "2026-03-11",
            4,
            self.place,
            self._received().purchase_id.name,
            product=self.component,
            do=False,
        )
        resupply.move_ids.move_orig_ids = blanks.move_ids
        self._do(resupply, "2026-03-11")
        self.assertFigures(0, 0)
        self.assertFalse(self._facts().filtered("exclusion"))

    def test_vendor_delivers_to_the_subcontractor(self):
        """That is a receipt; what the subcontractor sends back is a return."""
        vendor = self._create_supplier("Blanks Ltd")
        line = self._order(10, 5, "2026-03-10", product=self.component, partner=vendor)
        picking = line.move_ids.picking_id
        picking.location_dest_id = picking.move_ids.location_dest_id = self.place
        self._do(picking, "2026-03-10")
        values = [self._measure(code, vendor).value for code in ("otd", "return_rate")]
        self.assertEqual(values, [100, 0])
        back = self._return(picking, "2026-03-12", 4, to=self.vendors)
        self.assertEqual(self._measure("return_rate", vendor).value, 40)
        again = self._return(back, "2026-03-13", 4, to=self.place)
        self.assertEqual(self._measure("return_rate", vendor).value, 0)
        self._return(again, "2026-03-14", 1, to=self.vendors)
        self.assertEqual(self._measure("return_rate", vendor).value, 10)
        self.assertEqual(self._measure("otif", vendor).value, 0)


@tagged("post_install", "-at_install")
class TestKitReturn(KitBuilders, ReturnCommon):
    """A component of a kit goes back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_bicycle_kit()

    def _receive_kits(self, frames, wheels):
        line = self._order(10, 5, "2026-03-10", product=self.kit)
        parts = {self.frame: frames, self.wheel: wheels}
        return line, self._receive_parts(line, "2026-03-10", parts)

    def test_bad_component(self):
        line, picking = self._receive_kits(10, 20)
        self._give_back(picking, "2026-03-12", {self.wheel: 4})
        self.assertAlmostEqual(self._value("return_rate"), 10)
        self.assertEqual(self._fact(line).otif_share, 0)
        # The kit came in one lot, and is as bad as its worst component.
        self.assertEqual(self._value("lot_acceptance"), 0)

    def test_too_many_of_a_component(self):
        line, picking = self._receive_kits(10, 21)
        self._give_back(
            picking, "2026-03-12", {self.wheel: 1}, supplier_return_reason="surplus"
        )
        self.assertEqual(self._fact(line).quantity_faulty, 0)
        self.assertEqual(self._value("lot_acceptance"), 100)

    def test_component_by_hand(self):
        line, _picking = self._receive_kits(10, 20)
        name = line.order_id.name
        self._by_hand("2026-03-20", 4, self.vendors, name, product=self.wheel)
        self.assertAlmostEqual(self._value("return_rate"), 10)
        self.assertEqual(self._fact(line).otif_share, 0)
        # The kit came in one lot, and is as bad as its worst component.
        self.assertEqual(self._value("lot_acceptance"), 0)
