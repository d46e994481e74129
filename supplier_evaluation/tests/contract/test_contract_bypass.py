from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import NOON, ContractCommon


@tagged("post_install", "-at_install")
class TestContractBypass(ContractCommon):
    """What an order costs and takes is compared, whatever way it is confirmed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.purchase.policy"].search([]).active = False
        cls.startClassPatcher(freeze_time(f"2026-03-10{NOON}"))

    # ------------------------------------------------------------
    # Which day
    # ------------------------------------------------------------

    def test_a_line_added_to_an_order_of_before(self):
        """What is bought now is under the contract of now, on whatever order."""
        contract = self._contract(check_level="block")
        old = self._order(5, 99, "2026-03-10", confirmed="2025-12-30").order_id
        self.assertEqual(contract.line_ids.quantity_used, 0)
        line = {
            "order_id": old.id,
            "product_id": self.product.id,
            "product_qty": 7,
            "product_uom_id": self.uom_unit.id,
            "price_unit": 99,
            "date_planned": "2036-01-01 04:00:00",
            "tax_ids": [Command.clear()],
        }
        lines = self._as(self.env["purchase.order.line"], "buyer")
        with self.assertRefused("costs 99.00"), self.cr.savepoint():
            lines.create(line)
        lines.create({**line, "price_unit": 10})
        self.env.invalidate_all()
        self.assertEqual(contract.line_ids.quantity_used, 7)

    def test_the_day_is_not_chosen_by_who_confirms(self):
        self._contract(check_level="block")
        for vals in (
            {"date_order": "2019-01-01 00:00:00"},
            {"date_order": "2019-01-01 00:00:00", "date_approve": "2019-01-01"},
            {"date_order": "2099-01-01 00:00:00", "date_approve": "2099-01-01"},
        ):
            order = self._draft(price=99)
            with (
                self.subTest(vals=vals),
                self.assertRefused("costs 99.00"),
                self.cr.savepoint(),
            ):
                order.write({"state": "purchase", **vals})

    def test_a_day_that_is_written_later(self):
        """Whoever moves the day of confirmation frees nothing of the quantity."""
        contract = self._contract(check_level="block")
        order = self._draft(60)
        order.button_confirm()
        for day in ("2019-01-01", "2099-01-01"):
            order.date_approve = day
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(day=day):
                self.assertEqual(contract.line_ids.quantity_used, 60)
                with self.assertRefused("costs 99.00"), self.cr.savepoint():
                    order.order_line.price_unit = 99

    # ------------------------------------------------------------
    # Several lines
    # ------------------------------------------------------------

    def test_each_line_of_one_product_is_kept(self):
        """Of what is blocked anyway no line grows, wherever it stands."""
        contract = self._contract(check_level="block")
        contract.sudo()._write_guarded({"date_effective": "2026-03-11"})
        order = self._draft(5, 12)
        order.write({"order_line": [Command.create(self._again(order))]})
        order.button_confirm()
        contract.sudo()._write_guarded({"date_effective": "2026-03-01"})
        for line in order.order_line:
            with self.subTest(line=line), self.assertRefused("costs 12.00"):
                line.product_qty = 50

    def _again(self, order):
        """The values of another line like the one of an order."""
        names = ["product_id", "product_qty", "product_uom_id", "price_unit"]
        line = order.order_line
        vals = line._convert_to_write({name: line[name] for name in names})
        return {**vals, "date_planned": line.date_planned, "tax_ids": []}

    # ------------------------------------------------------------
    # Small prices
    # ------------------------------------------------------------

    def test_prices_below_a_cent(self):
        """0.0149 is no 0.01: neither in the contract nor in an order."""
        contract = self._contract([{"price": 0.0149}])
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertAlmostEqual(contract.line_ids.price, 0.0149, 6)
        self.assertEqual(self._reason(1, 0.0149), "")
        self.assertIn("costs 0.0155 USD per Units", self._reason(1, 0.0155))
        self.assertIn("agrees 0.0149 USD", self._reason(1, 0.0155))

    def test_small_units(self):
        """By the piece it costs what it costs by the hundred thousand."""
        many = self.env["uom.uom"].create(
            {
                "name": "Reel",
                "relative_factor": 10000,
                "relative_uom_id": self.uom_unit.id,
            }
        )
        self._contract([{"price": 80, "uom_id": many.id}])
        self.assertEqual(self._reason(1, 0.008), "")
        self.assertTrue(self._reason(1, 0.0115))

    # ------------------------------------------------------------
    # Quantities
    # ------------------------------------------------------------

    def test_what_came_of_a_cancelled_order_was_bought(self):
        contract = self._contract(check_level="block")
        line = self._order(5, 120, "2026-03-10", uom=self.uom_dozen)
        self._receive(line, "2026-03-09", quantity=48)
        line.order_id.button_cancel()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(line.order_id.state, "cancel")
        self.assertEqual(contract.line_ids.quantity_used, 48)
        self.assertIn("52 are left", self._reason(53))

    def test_what_is_deferred_takes_nothing_from_the_others(self):
        self._contract(check_level="block")
        dear, good = orders = self._draft(60, 99) | self._draft(60)
        orders.with_context(supplier_gate_defer=True).button_confirm()
        self.assertEqual((dear.state, good.state), ("draft", "purchase"))

    def test_a_revision_by_category_goes_on_counting(self):
        self.product.categ_id = self.goods
        contract = self._contract()
        self._order(30, 10, "2026-03-10")
        revision = self._revision(contract)
        revision.line_ids.write(
            {"product_id": False, "categ_id": self.goods.id, "quantity": 90}
        )
        self._approve(revision)
        self.env.invalidate_all()
        self.assertEqual(revision.line_ids.quantity_used, 30)
        self.assertIn("60 are left", self._reason(61))

    def test_who_confirms_at_the_same_time_meets(self):
        """Both have read what is left: the database lets the second read it again."""
        line = self._contract().line_ids
        order = self._draft()
        for change in (
            order.button_confirm,
            lambda: order.order_line.write({"product_qty": 11}),
        ):
            place = self._row(line)
            change()
            self.assertNotEqual(self._row(line), place)
        place = self._row(line)
        self.assertEqual(self._reason(1), "")
        self.assertEqual(self._row(line), place, "who only looks stops nobody")
