from odoo.tests import HttpCase, tagged

from .common import Supplier360Common


@tagged("post_install", "-at_install")
class TestSupplier360Tours(Supplier360Common, HttpCase):
    """A vendor from all sides, choosing one, and asking for an override."""

    def test_vendor(self):
        self._late_order(6)
        self.start_tour(
            f"/odoo/res.partner/{self.supplier.id}",
            "supplier_evaluation_360",
            login=self.buyer.login,
        )

    def test_choosing(self):
        self._block_stage()
        # Confirming an order put its price on the list.
        self.product.seller_ids.unlink()
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.supplier.id,
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "price": 7,
                "delay": 4,
            }
        )
        order = self._draft()
        self.start_tour(
            f"/odoo/purchase-orders/{order.id}",
            "supplier_evaluation_choice",
            login=self.buyer.login,
        )
        self.env.invalidate_all()
        self.assertEqual(order.partner_id, self.supplier)

    def test_asking(self):
        self._block_stage()
        order = self._draft()
        self.start_tour(
            f"/odoo/purchase-orders/{order.id}",
            "supplier_evaluation_ask_override",
            login=self.buyer.login,
        )
        self.env.invalidate_all()
        self.assertIn(self.approver, order.sudo().activity_ids.user_id)
