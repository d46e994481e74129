from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestReturnRoutes(ReturnCommon):
    """4 of 10 go back, on every way that goods go in a warehouse."""

    def test_to_the_supplier(self):
        self._return(self._received(), "2026-03-12", 4)
        self.assertFigures(40, 40)

    def test_by_the_wrong_operation(self):
        """Chosen as a delivery, the return ends at the customers."""
        self.warehouse.delivery_steps = "pick_ship"
        self.warehouse.in_type_id.return_picking_type_id = self.warehouse.pick_type_id
        delivery = self.warehouse.out_type_id
        back = self._return(self._received(), "2026-03-12", 4, type_=delivery)
        self.assertEqual(back.location_dest_id, self.customers)
        self.assertFigures(40, 40)

    def test_wrong_operation_undone(self):
        back = self._return(self._received(), "2026-03-12", 4, to=self.customers)
        self.assertFigures(40, 40)
        self._return(back, "2026-03-13", 4)
        self.assertFigures(0, 0)

    def test_wrong_operation_mended(self):
        """What is passed on from the customers to the vendor went back once."""
        back = self._return(self._received(), "2026-03-12", 4, to=self.customers)
        self._return(back, "2026-03-13", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def test_by_way_of_quarantine(self):
        quarantine = self._location("Quarantine")
        hop = self._return(self._received(), "2026-03-12", 4, to=quarantine)
        self.assertFigures(0, 0)
        self._return(hop, "2026-03-14", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def test_by_way_of_two_places(self):
        """And the third transfer brings it to the customers by mistake."""
        hop = self._return(
            self._received(), "2026-03-12", 4, to=self._location("Quarantine")
        )
        hop = self._return(hop, "2026-03-13", 4, to=self._location("Returns"))
        self._return(hop, "2026-03-14", 4, to=self.customers)
        self.assertFigures(40, 40)

    def test_quarantine_is_over(self):
        """From quarantine back to the stock nothing has gone back, now or later."""
        receipt = self._received()
        hop = self._return(receipt, "2026-03-12", 4, to=self._location("Quarantine"))
        self._return(hop, "2026-03-13", 4, to=self.stock)
        self.assertFigures(0, 0)
        self._return(receipt, "2026-03-14", 3)
        self.assertFigures(30, 30)

    def test_straight_from_quality_control(self):
        self.warehouse.reception_steps = "three_steps"
        self._received()
        check = self._do(self._waiting(), "2026-03-12")
        self.assertEqual(check.picking_type_id, self.warehouse.qc_type_id)
        self._return(check, "2026-03-13", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def _put_away(self, steps):
        """Bring goods to their shelf in several steps, and return the last transfer."""
        self.warehouse.reception_steps = steps
        self._received()
        while waiting := self._waiting():
            last = self._do(waiting, "2026-03-12")
        self.assertEqual(last.location_dest_id, self.stock)
        return last

    def test_straight_from_the_shelf(self):
        away = self._put_away("two_steps")
        self._return(away, "2026-03-13", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def test_straight_from_the_shelf_after_quality_control(self):
        away = self._put_away("three_steps")
        self._return(away, "2026-03-13", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def test_from_the_shelf_to_the_customers(self):
        away = self._put_away("three_steps")
        self._return(away, "2026-03-13", 4, type_=self.warehouse.out_type_id)
        self.assertFigures(40, 40)

    def test_step_by_step_from_the_shelf(self):
        """The put-away is returned, then the receipt."""
        self.warehouse.reception_steps = "two_steps"
        receipt = self._received()
        away = self._do(self._waiting(), "2026-03-11")
        self._return(away, "2026-03-12", 4, to=receipt.location_dest_id)
        self.assertFigures(0, 0)
        self._return(receipt, "2026-03-13", 4)
        self.assertFigures(40, 40)

    def test_through_the_output(self):
        """The return goes to the output, and a rule takes it on to the vendor."""
        self.warehouse.delivery_steps = "pick_ship"
        output = self.warehouse.wh_output_stock_loc_id
        self._return(self._received(), "2026-03-12", 4, to=output)
        self.assertFigures(0, 0)
        ship = self._waiting()
        self.assertEqual(ship.location_id, output)
        ship.location_dest_id = ship.move_ids.location_dest_id = self.vendors
        self._do(ship, "2026-03-13")
        self.assertFigures(40, 40)
        self._return(ship, "2026-03-14", 4)
        self.assertFigures(0, 0)

    def test_through_the_output_to_the_customers(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        back = self._return(
            self._received(),
            "2026-03-12",
            4,
            to=self.warehouse.wh_pack_stock_loc_id,
        )
        self.assertTrue(back)
        while waiting := self._waiting():
            last = self._do(waiting, "2026-03-13")
        self.assertEqual(last.location_dest_id, self.customers)
        self.assertFigures(40, 40)

    def test_back_order_of_a_return(self):
        """Of 4 that are to go back, 1 goes first."""
        receipt = self._received()
        with freeze_time("2026-03-12 04:00:00"):
            wizard = (
                self.env["stock.return.picking"]
                .with_context(active_id=receipt.id, active_model="stock.picking")
                .create({})
            )
            wizard.product_return_moves.quantity = 4
            action = wizard.action_create_returns()
        back = self.env["stock.picking"].browse(action["res_id"])
        self._do(back, "2026-03-12", 1)
        self.assertFigures(10, 10)
        self._do(self._waiting(), "2026-03-13")
        self.assertFigures(40, 40)

    def test_returned_again_by_another_way(self):
        """Each unit that is away counts, and it is of the first receipt."""
        back = self._return(self._received(), "2026-03-12", 4)
        undone = self._return(back, "2026-03-13", 4)
        self.assertFigures(0, 0)
        hop = self._return(undone, "2026-03-14", 3, to=self._location("Quarantine"))
        self._return(hop, "2026-03-15", 3, to=self.vendors)
        self.assertFigures(30, 30)

    def test_exchange_after_a_hop(self):
        """What comes in exchange is a receipt of its own, and no second delivery."""
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        self._return(receipt, "2026-03-12", 4, exchange=True)
        self.assertFigures(40, 40)
        self._do(self._waiting(), "2026-03-15")
        self.assertEqual(self._fact(line).quantity_received, 10)
        self.assertAlmostEqual(self._value("return_rate"), 100 * 4 / 14)
        self.assertAlmostEqual(self._value("defect_ppm"), 1e6 * 20 / 70)
        self.assertEqual(self._value("lot_acceptance"), 50)
        self.assertEqual(self._value("otif"), 0)

    def test_of_the_second_receipt(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08", 5)
        self._return(self._receive(line, "2026-03-10", 5), "2026-03-12", 4)
        self.assertFigures(40, 40, lots=50)
        defective = self._facts().filtered("quantity_defective")
        self.assertEqual(str(defective.date), "2026-03-10")

    def test_a_product_is_added_to_a_return(self):
        """Odoo links it to the order when it goes to the vendor: it went back."""
        other = self._create_product("Nut")
        receipt = self._received()
        self._receive(self._add_line(receipt.purchase_id, other), "2026-03-10")
        with freeze_time("2026-03-12 04:00:00"):
            wizard = (
                self.env["stock.return.picking"]
                .with_context(active_id=receipt.id, active_model="stock.picking")
                .create({})
            )
            wizard.product_return_moves.quantity = 4
            action = wizard.action_create_returns()
        back = self.env["stock.picking"].browse(action["res_id"])
        back.move_ids = [
            Command.create(
                {
                    "product_id": other.id,
                    "product_uom_qty": 4,
                    "product_uom": other.uom_id.id,
                    "location_id": back.location_id.id,
                    "location_dest_id": back.location_dest_id.id,
                }
            )
        ]
        self._do(back, "2026-03-12")
        self.assertFigures(40, 40)

    def test_line_of_a_negative_quantity(self):
        """The order takes 4 back: they are of the line by which they came."""
        with freeze_time("2026-03-01 02:00:00"):
            order = self._order(10, 5, "2026-03-10").order_id.copy()
            order.order_line.copy({"order_id": order.id, "product_qty": -4})
            order.order_line.date_planned = "2026-03-10 04:00:00"
            order.button_confirm()
        self._receive(order.order_line[0], "2026-03-10")
        back = self._waiting().filtered(lambda p: p.location_dest_id == self.vendors)
        self._do(back, "2026-03-12")
        self.assertAlmostEqual(self._value("return_rate"), 40)
        self.assertAlmostEqual(self._value("defect_ppm"), 400000)
        self.assertEqual(self._fact(order.order_line[0]).otif_share, 0)

    def test_order_of_a_negative_quantity(self):
        """It says of which vendor, and that has brought the product by one order."""
        self._received()
        self._order(-4, 5, "2026-03-12")
        self._do(self._waiting(), "2026-03-12")
        self.assertFigures(40, 40)

    def test_order_of_a_negative_quantity_after_several(self):
        """Nobody can tell what came by which of them."""
        self._received()
        self._received()
        self._order(-4, 5, "2026-03-12")
        self._do(self._waiting(), "2026-03-12")
        self.assertFigures(0, 0)
        [fact] = self._facts().filtered("exclusion")
        self.assertEqual((fact.exclusion, fact.quantity_returned), ("no_reference", 4))

    def test_between_companies_of_a_group(self):
        """To the company that supplied them; between our warehouses nothing left us."""
        transit = self.env.ref("stock.stock_location_inter_company")
        own = self._location("On the way", "transit")
        self.supplier.with_company(self.company).property_stock_supplier = transit
        receipt = self._received()
        self._return(receipt, "2026-03-12", 4, to=own)
        self.assertFigures(0, 0)
        back = self._return(receipt, "2026-03-13", 4)
        self.assertEqual(back.location_dest_id, transit)
        self.assertFigures(40, 40)
        self._return(back, "2026-03-14", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def test_to_where_it_came_from(self):
        """A vendor's own store may be a place of any kind."""
        store = self._location("Vendor's store", "transit")
        self.supplier.with_company(self.company).property_stock_supplier = store
        self._return(self._received(), "2026-03-12", 4)
        self.assertFigures(40, 40)

    def test_after_the_cutoff(self):
        quarantine = self._location("Quarantine")
        hop = self._return(self._received(), "2026-03-12", 4, to=quarantine)
        self._return(hop, "2026-04-10", 4, to=self.vendors)
        self.assertFigures(0, 0)

    def test_undone_after_the_cutoff(self):
        back = self._return(self._received(), "2026-03-12", 4)
        self._return(back, "2026-04-10", 4)
        self.assertFigures(40, 40)

    def test_undone_return_is_not_counted(self):
        """It stays visible; the rate counts the receipt and the returns that stand."""
        receipt = self._received()
        self._return(receipt, "2026-03-12", 2)
        back = self._return(receipt, "2026-03-13", 4)
        self.assertEqual(self._measure("return_rate").n, 3)
        self._return(back, "2026-03-14", 4)
        measure = self._measure("return_rate")
        self.assertEqual((measure.n, measure.value), (2, 20))
        undone = self._facts().filtered("exclusion")
        self.assertEqual((undone.picking_id, undone.exclusion), (back, "cancelled"))

    def test_number_of_queries(self):
        """It is the same for one supplier as for many."""
        self._return(self._received(), "2026-03-12", 4)
        counts = []
        for _round in range(2):
            self._value("return_rate")
            before = self.env.cr.sql_log_count
            self._value("return_rate")
            self._value("otif")
            counts.append(self.env.cr.sql_log_count - before)
            for name in ("A", "B", "C"):
                partner = self._create_supplier(name)
                self._return(self._received(partner=partner), "2026-03-12", 4)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestNoReturn(ReturnCommon):
    """What leaves us, and is no return."""

    def test_sold(self):
        """Goods that were bought for a customer go to the customer."""
        receipt = self._received()
        sale = self._by_hand("2026-03-11", 4, self.customers, "S1", do=False)
        sale.partner_id = self._create_supplier("Customer")
        sale.move_ids.move_orig_ids = receipt.move_ids
        self._do(sale, "2026-03-11")
        self.assertFigures(0, 0)
        back = self._return(sale, "2026-03-12", 4)
        self._return(back, "2026-03-13", 4)
        self.assertFigures(0, 0)

    def test_sold_after_it_was_picked_twice(self):
        """Picked for a customer, put back, picked again: no return to the vendor."""
        receipt = self._received()
        output = self._location("Output")
        pick = self._by_hand("2026-03-11", 4, output, "S1", do=False)
        pick.move_ids.move_orig_ids = receipt.move_ids
        self._do(pick, "2026-03-11")
        back = self._return(pick, "2026-03-12", 4, to=self.stock)
        again = self._return(back, "2026-03-13", 4, to=output)
        sale = self._by_hand(
            "2026-03-14",
            4,
            self.customers,
            "S1",
            do=False,
            location_id=output.id,
            partner_id=self._create_supplier("Customer").id,
        )
        sale.move_ids.move_orig_ids = again.move_ids
        self._do(sale, "2026-03-14")
        self.assertFigures(0, 0)

    def test_sold_and_given_back_to_the_vendor(self):
        """The customer brought them back, and they are of the receipt nevertheless."""
        receipt = self._received()
        sale = self._by_hand("2026-03-11", 4, self.customers, "S1", do=False)
        sale.move_ids.move_orig_ids = receipt.move_ids
        self._do(sale, "2026-03-11")
        back = self._return(sale, "2026-03-12", 4)
        self._return(back, "2026-03-13", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def test_sold_to_the_vendor(self):
        """A vendor may be a customer, too: no order is named."""
        self._received()
        self._by_hand("2026-03-11", 4, self.customers, "S1")
        self.assertFigures(0, 0)
        self.assertFalse(self._facts().filtered("exclusion"))

    def test_of_another_receipt_s_put_away(self):
        """Goods that stay with us."""
        self.warehouse.reception_steps = "three_steps"
        self._received()
        while waiting := self._waiting():
            self._do(waiting, "2026-03-11")
        self.assertFigures(0, 0)

    def test_scrapped(self):
        """Scrap at the receipt is defective, and was not returned."""
        receipt = self._received()
        with freeze_time("2026-03-11 04:00:00"):
            self.env["stock.scrap"].create(
                {
                    "product_id": self.product.id,
                    "product_uom_id": self.uom_unit.id,
                    "scrap_qty": 4,
                    "picking_id": receipt.id,
                    "company_id": self.company.id,
                    "location_id": receipt.location_dest_id.id,
                }
            ).do_scrap()
        self.assertEqual(self._value("return_rate"), 0)
        self.assertAlmostEqual(self._value("defect_ppm"), 400000)
