from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import BUYER
from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestReceiptByHand(ReturnCommon):
    """Somebody typed the receipt of an order anew: it is shown, and can be taken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._order(10, 5, "2026-03-10")
        cls.order = cls.line.order_id
        cls.env.flush_all()
        cls.env["supplier.fact.change"]._make_all(lambda: None)

    @classmethod
    def _typed(cls, origin, quantity=10, when="2026-03-09", **vals):
        return cls._by_hand(
            when,
            quantity,
            cls.stock,
            origin,
            picking_type_id=cls.warehouse.in_type_id.id,
            location_id=cls.vendors.id,
            **vals,
        )

    def _left_out(self):
        facts = self._facts().filtered("exclusion")
        return [(one.name, one.exclusion, one.quantity_received) for one in facts]

    def _read_everyhow(self):
        """The same is said before the sums know it, after, and without any."""
        before = self._left_out()
        changes = self.env["supplier.fact.change"]
        self.assertTrue(changes._catch_up())
        self.assertEqual(self._left_out(), before)
        changes._rebuild()
        self.assertEqual(self._left_out(), before)
        changes._make_all(lambda: None)
        self.assertEqual(self._left_out(), before)
        return before

    def test_it_is_left_out_and_shown(self):
        receipt = self._typed(self.order.name)
        self.assertEqual(self._read_everyhow(), [(receipt.name, "no_reference", 10)])
        self.assertEqual(self._facts().order_id, self.order)
        self.assertEqual(self._value("otd"), 0)
        self.assertIn(receipt.name, self.order.typed_receipt_hint)

    def test_it_names_several_things(self):
        receipt = self._typed(f"Call 7, {self.order.name}")
        self.assertEqual(self._read_everyhow(), [(receipt.name, "no_reference", 10)])
        self.assertIn(receipt.name, self.order.typed_receipt_hint)

    def test_it_names_it_in_a_sentence(self):
        receipt = self._typed(f"Rest of {self.order.name} (truck 2)")
        self.assertEqual(self._read_everyhow(), [(receipt.name, "no_reference", 10)])
        self.assertIn(receipt.name, self.order.typed_receipt_hint)

    def test_it_names_a_receipt(self):
        receipt = self._typed(self.order.picking_ids.name)
        self.assertEqual(self._read_everyhow(), [(receipt.name, "no_reference", 10)])
        self.assertIn(receipt.name, self.order.typed_receipt_hint)

    def test_what_is_none(self):
        """Of nobody's order, of another supplier, of two orders, still to be done."""
        other = self._order(10, 5, "2026-03-10").order_id
        rival = self._create_supplier("Rival")
        self._typed("Sample")
        self._typed(False)
        self._typed(self.order.name, partner_id=rival.id)
        self._typed(f"{self.order.name}, {other.name}")
        self._typed(self.order.name, do=False)
        self.assertFalse(self._read_everyhow())
        self.assertFalse(self.order.typed_receipt_hint)

    def test_the_name_comes_later(self):
        receipt = self._typed("Call 7")
        self.env["supplier.fact.change"]._catch_up()
        self.assertFalse(self._left_out())
        receipt.origin = self.order.name
        self.assertEqual(self._read_everyhow(), [(receipt.name, "no_reference", 10)])

    def test_after_the_cut_off(self):
        self._typed(self.order.name, when="2026-04-20")
        self.assertFalse(self._read_everyhow())

    def test_taken(self):
        receipt = self._typed(self.order.name)
        waiting = self.order.picking_ids - receipt
        self.order.action_take_typed_receipts()
        self.assertEqual(self.line.qty_received, 10)
        self.assertFalse(self.order.typed_receipt_hint)
        self.assertFalse(self._read_everyhow())
        for code in ("otd", "otif", "fill_rate"):
            self.assertEqual(self._value(code), 100, code)
        said = self.order.message_ids[0].body
        self.assertIn(f"from now on: {receipt.name}.", said)
        self.assertIn(f"cancel them: {waiting.name}.", said)

    def test_taken_by_the_line_that_waits(self):
        later = self._add_line(self.order, self.product)
        later.date_planned = "2026-03-12 04:00:00"
        self._typed(self.order.name)
        self._typed(self.order.name, when="2026-03-12")
        self.order.action_take_typed_receipts()
        self.assertEqual((self.line.qty_received, later.qty_received), (10, 10))

    def test_another_product(self):
        self._typed(self.order.name, product=self._create_product("Nut"))
        self.assertFalse(self.order.typed_receipt_hint)
        with self.assertRaisesRegex(UserError, self.order.name):
            self.order.action_take_typed_receipts()

    def test_done_twice(self):
        """Its own receipt was done as well: what was typed goes back, and is none."""
        receipt = self._typed(self.order.name)
        self._receive(self.line, "2026-03-10")
        self.assertFalse(self.order.typed_receipt_hint)
        self._return(receipt, "2026-03-11", 10)
        self.assertFigures(0, 0)
        left_out = self._facts().filtered("exclusion")
        self.assertEqual(left_out.mapped("exclusion"), ["no_reference"] * 2)
        self.env["supplier.fact.change"]._catch_up()
        self.assertFigures(0, 0)

    def test_returned_before_the_right_one_is_done(self):
        receipt = self._typed(self.order.name)
        self._return(receipt, "2026-03-09", 10)
        self.assertFalse(self.order.typed_receipt_hint)
        self._receive(self.line, "2026-03-10")
        self.assertFigures(0, 0)

    def test_taken_and_returned(self):
        receipt = self._typed(self.order.name)
        self._return(receipt, "2026-03-15", 4)
        self.assertTrue(self.order.typed_receipt_hint)
        self.order.action_take_typed_receipts()
        self.assertFigures(40, 40)

    def test_who_takes_it(self):
        self._typed(self.order.name)
        buyer = self._create_user("typed_buyer", BUYER)
        reader = self._create_user("typed_reader", "base.group_user")
        with self.assertRaises(AccessError):
            self.order.with_user(reader).action_take_typed_receipts()
        self.order.with_user(buyer).action_take_typed_receipts()
        self.assertEqual(self.line.qty_received, 10)
