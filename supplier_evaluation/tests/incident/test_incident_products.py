from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import BUYER
from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentProducts(IncidentCommon):
    """What can be chosen belongs to the supplier, and to the order if there is one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "products",
            {
                "buyer": BUYER,
                "stock": "stock.group_stock_user,"
                "supplier_evaluation.group_supplier_evaluation_user",
            },
        )
        cls.nut = cls._create_product("Nut")
        cls.screw = cls._create_product("Screw")

    def _form(self, record, user="buyer"):
        """Press “Report Incident” as a user, and return the form."""
        action = self._as(record, user).action_report_supplier_incident()
        incidents = self._as(self.env[action["res_model"]], user)
        return Form(incidents.with_context(**action["context"]))

    def _products(self, form):
        return form.possible_product_ids[:].with_env(self.env)

    def _ordered(self, *products):
        """Return an order of several products."""
        order = self.line.order_id.copy({"order_line": False})
        order.order_line = [
            (0, 0, {"product_id": product.id, "product_qty": 5, "price_unit": 1})
            for product in products
        ]
        order.button_confirm()
        return order

    def test_products_of_the_order(self):
        order = self._ordered(self.product, self.nut)
        form = self._form(order)
        self.assertFalse(form.product_id)
        self.assertFalse(form.purchase_line_id)
        self.assertEqual(self._products(form), self.product | self.nut)

    def test_only_product_of_the_order(self):
        form = self._form(self._ordered(self.nut))
        self.assertEqual(form.product_id, self.nut)
        self.assertEqual(self._products(form), self.nut)

    def test_products_of_the_receipt(self):
        order = self._ordered(self.product, self.nut)
        receipt = order.picking_ids
        receipt.move_ids.filtered(lambda move: move.product_id == self.nut).unlink()
        form = Form(self._as(self.env["supplier.incident"], "buyer"))
        form.partner_id = self.supplier
        form.order_id = order
        self.assertEqual(self._products(form), self.product | self.nut)
        incident = self._incident(order_id=order.id, picking_id=receipt.id)
        self.assertEqual(incident.possible_product_ids, self.product)

    def test_products_of_the_supplier(self):
        """All that it was ordered; of a new one, what it is listed for; or any."""
        self._ordered(self.nut)
        incident = self._incident()
        self.assertEqual(incident.possible_product_ids, self.product | self.nut)
        incident = self._incident(partner_id=self.stranger.id)
        self.assertFalse(incident.possible_product_ids)
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.stranger.id,
                "product_tmpl_id": self.screw.product_tmpl_id.id,
            }
        )
        incident = self._incident(partner_id=self.stranger.id)
        self.assertEqual(incident.possible_product_ids, self.screw)
        self.assertFalse(self._incident(partner_id=False).possible_product_ids)

    def test_product_of_another_order(self):
        order = self._ordered(self.product, self.nut)
        with self.assertRefused("Screw is not in", ValidationError):
            self._incident(order_id=order.id, product_id=self.screw.id)
        incident = self._incident(order_id=order.id, product_id=self.nut.id)
        self.assertEqual(incident.product_id, self.nut)
        with self.assertRefused("Screw is not in", ValidationError):
            incident.product_id = self.screw

    def test_product_goes_with_its_order(self):
        order = self._ordered(self.product, self.nut)
        incident = self._incident(order_id=order.id, product_id=self.nut.id)
        incident.order_id = self.line.order_id
        self.assertEqual(incident.product_id, self.product)

    # ------------------------------------------------------------
    # The only ones
    # ------------------------------------------------------------

    def test_only_receipt_of_the_order(self):
        form = self._form(self.line.order_id)
        self.assertEqual(form.picking_id, self.receipt)
        self.assertEqual(form.purchase_line_id, self.line)
        form.title = "Scratches"
        self.assertEqual(form.save().move_id.with_env(self.env), self.move)

    def test_several_receipts_of_the_order(self):
        line = self._order(30, 10, "2026-03-10")
        self._receive(line, "2026-03-05", 10)
        self._receive(line, "2026-03-09", 20)
        self.assertFalse(self._form(line.order_id).picking_id)

    def test_nothing_came_yet(self):
        line = self._order(30, 10, "2026-03-10")
        self.assertFalse(self._form(line.order_id).picking_id)

    def test_only_line_of_the_receipt(self):
        form = self._form(self.receipt)
        self.assertEqual(form.purchase_line_id, self.line)
        form = self._form(self.receipt, "stock")
        form.title = "Scratches"
        self.assertEqual(
            form.save().sudo().purchase_line_id.with_env(self.env), self.line
        )

    def test_order_chosen_in_the_form(self):
        form = Form(self._as(self.env["supplier.incident"], "buyer"))
        form.partner_id = self.supplier
        form.order_id = self.line.order_id
        self.assertEqual(form.purchase_line_id, self.line)
        self.assertEqual(form.picking_id, self.receipt)
        self.assertEqual(form.product_id, self.product)
