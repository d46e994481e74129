from freezegun import freeze_time

from odoo.tests import tagged

from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestReturnByHand(ReturnCommon):
    """Somebody typed the delivery to the vendor: only its source document tells."""

    def _left_out(self):
        facts = self._facts().filtered("exclusion")
        return [(fact.exclusion, fact.quantity_returned) for fact in facts]

    def test_names_the_order(self):
        order = self._received().purchase_id
        self._by_hand("2026-03-20", 4, self.vendors, order.name)
        self.assertFigures(40, 40)
        self.assertFalse(self._left_out())

    def test_names_the_order_and_goes_to_the_customers(self):
        order = self._received().purchase_id
        self._by_hand("2026-03-20", 4, self.customers, order.name)
        self.assertFigures(40, 40)

    def test_the_supplier_fetches_what_was_scrapped(self):
        """It was bad already; goods from the shelf are others."""
        receipt = self._received()
        scrap = self.env["stock.scrap"].create(
            {
                "company_id": self.company.id,
                "location_id": self.stock.id,
                "picking_id": receipt.id,
                "product_id": self.product.id,
                "scrap_qty": 3,
            }
        )
        with freeze_time("2026-03-12 04:00:00"):
            scrap.do_scrap()
        order = receipt.purchase_id
        for source, percent, bad in (
            (scrap.scrap_location_id, 20, 30),
            (self.stock, 40, 50),
        ):
            self._by_hand(
                "2026-03-20", 2, self.vendors, order.name, location_id=source.id
            )
            self.assertFigures(percent, bad)

    def test_a_copy_of_the_receipt_that_was_made_a_delivery(self):
        """Odoo gives it the order line; for somebody else it is no return."""
        receipt = self._received()
        buyer = self._create_supplier("Somebody who buys")
        for partner, percent in ((buyer, 0), (self.supplier, 40)):
            copy = receipt.copy({"partner_id": partner.id})
            copy.picking_type_id = self.warehouse.out_type_id
            copy.location_id = copy.move_ids.location_id = self.stock
            copy.location_dest_id = copy.move_ids.location_dest_id = self.customers
            copy.move_ids.product_uom_qty = 4
            self._do(copy, "2026-03-12")
            self.assertTrue(copy.move_ids.purchase_line_id)
            self.assertFigures(percent, percent)
            self.assertEqual(receipt.move_ids.purchase_line_id._get_quantity_come(), 10)

    def _in_steps(self, steps, partner):
        """Type the first of several transfers, and do those that follow."""
        self.warehouse.delivery_steps = steps
        order = self._received().purchase_id
        pick = self.warehouse.pick_type_id
        self._by_hand(
            "2026-03-20",
            4,
            pick.default_location_dest_id,
            order.name,
            picking_type_id=pick.id,
        )
        self.assertFigures(0, 0)
        while waiting := self._waiting():
            waiting.partner_id = partner
            last = self._do(waiting, "2026-03-21")
        self.assertEqual(last.location_dest_id, self.customers)

    def test_in_two_steps(self):
        """Only what leaves us counts: the last of the transfers."""
        self._in_steps("pick_ship", self.supplier)
        self.assertFigures(40, 40)

    def test_in_three_steps(self):
        self._in_steps("pick_pack_ship", self.supplier)
        self.assertFigures(40, 40)

    def test_in_two_steps_for_somebody_else(self):
        self._in_steps("pick_ship", self._create_supplier("Customer"))
        self.assertFigures(0, 0)

    def test_after_a_reception_in_steps(self):
        self.warehouse.reception_steps = "three_steps"
        order = self._received().purchase_id
        while waiting := self._waiting():
            self._do(waiting, "2026-03-11")
        self._by_hand("2026-03-20", 4, self.vendors, order.name)
        self.assertFigures(40, 40)

    def test_as_a_receipt_backwards(self):
        """The operation of receipts, with its places exchanged."""
        order = self._received().purchase_id
        receipts = self.warehouse.in_type_id
        self._by_hand(
            "2026-03-20", 4, self.vendors, order.name, picking_type_id=receipts.id
        )
        self.assertFigures(40, 40)

    def test_names_the_receipt(self):
        receipt = self._received()
        self._by_hand("2026-03-20", 4, self.vendors, f" {receipt.name} ")
        self.assertFigures(40, 40)

    def test_of_a_contact(self):
        """The order is the company's, the delivery goes to its sales desk."""
        order = self._received().purchase_id
        self._by_hand(
            "2026-03-20", 4, self.vendors, order.name, partner_id=self.contact.id
        )
        self.assertFigures(40, 40)

    def test_to_nobody_in_particular(self):
        order = self._received().purchase_id
        self._by_hand("2026-03-20", 4, self.vendors, order.name, partner_id=False)
        self.assertFigures(40, 40)

    def test_undone(self):
        order = self._received().purchase_id
        back = self._by_hand("2026-03-20", 4, self.vendors, order.name)
        self._return(back, "2026-03-21", 1)
        self.assertFigures(30, 30)
        self._return(back, "2026-03-22", 3)
        self.assertFigures(0, 0)

    def test_mended(self):
        """Typed for the customers, then passed on to the vendor: once."""
        order = self._received().purchase_id
        back = self._by_hand("2026-03-20", 4, self.customers, order.name)
        self._return(back, "2026-03-21", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def test_spoils_the_first_receipts(self):
        """Nobody knows which: 4 of the first, and 2 of the second."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-08", 4)
        self._receive(line, "2026-03-10", 6)
        self._by_hand("2026-03-20", 6, self.vendors, line.order_id.name)
        receipts = self._facts().filtered(lambda f: f.kind == "receipt").sorted("date")
        self.assertEqual(receipts.mapped("quantity_defective"), [4, 2])
        self.assertFigures(60, 60)

    def test_spoils_what_is_left_of_a_receipt(self):
        line = self._order(10, 5, "2026-03-10")
        first = self._receive(line, "2026-03-08", 4)
        self._receive(line, "2026-03-10", 6)
        self._return(first, "2026-03-12", 3)
        self._by_hand("2026-03-20", 2, self.vendors, line.order_id.name)
        receipts = self._facts().filtered(lambda f: f.kind == "receipt").sorted("date")
        self.assertEqual(receipts.mapped("quantity_defective"), [4, 1])
        self.assertFigures(50, 50)

    def test_of_an_order_with_two_lines(self):
        """It is of the line that came first; the order is enough to know."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        self._receive(self._add_line(line.order_id, self.product), "2026-03-10")
        self._by_hand("2026-03-20", 4, self.vendors, line.order_id.name)
        self.assertEqual(self._value("return_rate"), 20)
        self.assertEqual(self._value("defect_ppm"), 200000)
        self.assertEqual(self._value("otif"), 50)

    def test_names_two_orders(self):
        """Which of both, nobody can tell."""
        names = [self._received().purchase_id.name for _order in range(2)]
        self._by_hand("2026-03-20", 4, self.vendors, ", ".join(names))
        self.assertFigures(0, 0)
        self.assertEqual(self._left_out(), [("no_reference", 4)])

    def test_names_two_orders_of_which_one_has_the_product(self):
        order = self._received().purchase_id
        other = self._received(product=self._create_product("Nut")).purchase_id
        self._by_hand("2026-03-20", 4, self.vendors, f"{other.name};{order.name}")
        self.assertEqual(self._value("return_rate"), 20)
        self.assertFalse(self._left_out())

    def test_names_it_in_a_sentence(self):
        """As Odoo does itself, in Chinese without a space before it."""
        receipt = self._received()
        order = receipt.purchase_id
        for number, text in enumerate(
            (
                f"Return of {receipt.name}",
                f"退回{receipt.name}",
                f"RMA 7 ({order.name})",
                f"{order.name}：退货",
                f"Complaint 12, see {order.name}.",
                f"{receipt.name}、{order.name}",
            ),
            1,
        ):
            self._by_hand("2026-03-20", 1, self.vendors, text)
            self.assertFigures(10 * number, 10 * number)
        self.assertFalse(self._left_out())

    def test_names_something_like_it(self):
        order = self._received().purchase_id
        for text in (f"{order.name}0", f"X{order.name}", f"Order {order.name}-2"):
            self._by_hand("2026-03-20", 1, self.vendors, text)
        self.assertFigures(0, 0)
        self.assertEqual(self._left_out(), [("no_reference", 1)] * 3)

    def test_names_nothing(self):
        self._received()
        back = self._by_hand("2026-03-20", 4, self.vendors)
        self.assertFigures(0, 0)
        [fact] = self._facts().filtered("exclusion")
        self.assertEqual(
            (fact.exclusion, fact.quantity_returned, fact.value_returned),
            ("no_reference", 4, 0),
        )
        self.assertEqual((fact.source, fact.picking_id), ("transfer", back))
        self.assertEqual(fact.action_open_document()["res_id"], back.id)

    def test_names_an_order_of_another_vendor(self):
        other = self._received(partner=self._create_supplier("Other")).purchase_id
        self._received()
        self._by_hand("2026-03-20", 4, self.vendors, other.name)
        self.assertFigures(0, 0)
        self.assertEqual(self._left_out(), [("no_reference", 4)])

    def test_names_an_order_that_brought_something_else(self):
        order = self._received().purchase_id
        nut = self._create_product("Nut")
        self._by_hand("2026-03-20", 4, self.vendors, order.name, product=nut)
        self.assertFigures(0, 0)
        self.assertEqual(self._left_out(), [("no_reference", 4)])

    def test_what_was_left_out_is_shown_with_the_rate(self):
        self._received()
        self._by_hand("2026-03-20", 4, self.vendors)
        evaluation = self._evaluate(self._create_template("Returns", ["return_rate"]))
        line = evaluation.scorecard_ids.line_ids
        action = line.action_open_excluded()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(
            facts.search(action["domain"]).mapped("exclusion"), ["no_reference"]
        )
