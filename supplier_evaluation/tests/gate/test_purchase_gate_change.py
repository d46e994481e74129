from odoo import Command
from odoo.tests import tagged

from .common import PurchaseGateCommon


@tagged("post_install", "-at_install")
class TestPurchaseGateChange(PurchaseGateCommon):
    """What is bought more with an order that is confirmed already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trial = cls.env["supplier.stage"].create(
            {"name": "Try", "code": "gate_try", "purchase_limit": 100}
        )
        cls.other_product = cls._create_product("Nut")

    def _confirmed(self, partner=None, **vals):
        order = self._draft(partner or self.supplier, **vals)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        return order

    def _add(self, product, quantity=1, price=10):
        return Command.create(
            {
                "product_id": product.id,
                "product_qty": quantity,
                "price_unit": price,
                "tax_ids": [Command.clear()],
            }
        )

    def test_limit(self):
        self._set(self.supplier, supplier_stage_id=self.trial.id)
        order = self._confirmed()
        line = order.order_line
        for vals in ({"product_qty": 11}, {"price_unit": 101}):
            with self.assertRefused("100.00 at most"):
                line.write(vals)
        more = self._add(self.other_product, price=91)
        with self.assertRefused("100.00 at most"):
            order.write({"order_line": [more]})
        line.product_qty = 10
        with self.assertRefused("at most"):
            order.write({"order_line": [self._add(self.other_product)]})
        # What is changed together is judged together.
        order.write(
            {
                "order_line": [
                    self._add(self.other_product, price=50),
                    Command.update(line.id, {"product_qty": 5}),
                ]
            }
        )
        self.assertEqual(order.amount_untaxed, 100)

    def test_limit_that_came_later(self):
        """It may get smaller, and is still above the limit then."""
        order = self._confirmed(price=500)
        self._set(self.supplier, supplier_stage_id=self.trial.id)
        line = order.order_line
        with self.assertRefused("at most"):
            line.write({"price_unit": 501})
        line.price_unit = 400
        line.name = "A bolt"
        self.assertEqual(order.amount_untaxed, 400)

    def test_scope(self):
        categories = self.env["product.category"]
        covered, other = categories.create([{"name": "Covered"}, {"name": "Other"}])
        self.product.categ_id, self.other_product.categ_id = covered, other
        program = self.env["supplier.certification.program"].create(
            {"name": "Gate programme", "company_id": self.company.id}
        )
        self.env["supplier.certification"]._unguarded().create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "program_id": program.id,
                "category_ids": [Command.set(covered.ids)],
                "state": "certified",
                "date_from": "2020-01-01",
                "date_to": "2036-01-01",
            }
        )
        before = self._confirmed(products=self.product | self.other_product)
        self._policy(name="Papers", certification_none=True)
        order = self._confirmed()
        more = {"order_line": [self._add(self.other_product)]}
        with self.assertRefused("not certified for Nut"):
            order.write(more)
        product = {"product_id": self.other_product.id}
        with self.assertRefused("not certified for Nut"):
            order.order_line.write(product)
        order.order_line.product_qty = 1000
        # One line was refused today; the other one is free.
        line, uncovered = before.order_line
        line.product_qty = 1000
        with self.assertRefused("not certified for Nut"):
            uncovered.write({"product_qty": 2})
        uncovered.product_qty = 0.5
        self.assertEqual(before.order_line.mapped("product_qty"), [1000, 0.5])

    def test_blocked_since(self):
        order = self._confirmed(self.bad_supplier)
        line = order.order_line
        line.product_qty = 10
        self._block_stage()
        with self.assertRefused("No blocked suppliers"):
            line.write({"product_qty": 11})
        with self.assertRefused("No blocked suppliers"):
            line.write({"price_unit": 11})
        more = {"order_line": [self._add(self.other_product)]}
        with self.assertRefused("No blocked suppliers"):
            order.write(more)
        line.product_qty = 9
        self._override(partner=self.bad_supplier)
        line.product_qty = 11
        self.assertEqual(line.product_qty, 11)

    def test_override_of_the_order(self):
        """More than it was granted for takes another one."""
        self._block_stage()
        order = self._draft(price=100)
        self._override(order)
        order.button_confirm()
        with self.assertRefused("up to"):
            order.order_line.write({"product_qty": 2})
        order.order_line.price_unit = 90
        self._override(order, user=self.second_approver)
        order.order_line.price_unit = 80
        self.assertEqual(order.amount_untaxed, 80)

    def test_other_vendor(self):
        self._block_stage()
        order = self._confirmed()
        vals = {"partner_id": self.bad_supplier.id}
        with self.assertRefused("Bad Supplier"):
            order.write(vals)
        self.assertEqual(order.partner_id, self.supplier)
        order.partner_id = self._create_supplier("Good Supplier")

    def test_receipt_of_something_else(self):
        """A receipt adds a line without a quantity; no policy stops it."""
        order = self._confirmed(self.bad_supplier)
        self._block_stage()
        self.env["purchase.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.other_product.id,
                "product_qty": 0,
                "qty_received": 3,
            }
        )
        self.assertEqual(len(order.order_line), 2)
