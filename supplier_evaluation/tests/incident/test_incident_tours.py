from odoo.tests import HttpCase, tagged

from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentTours(IncidentCommon, HttpCase):
    """A buyer reports what was wrong with a receipt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_user(
            "tour_reporter", "purchase.group_purchase_user,stock.group_stock_user"
        )

    def test_report_from_receipt(self):
        self.start_tour(
            f"/odoo/action-stock.action_picking_tree_all/{self.receipt.id}",
            "supplier_evaluation_report_incident",
            login="tour_reporter",
        )
        incident = self.env["supplier.incident"].search(
            [("picking_id", "=", self.receipt.id)]
        )
        self.assertEqual(incident.title, "Threads are stripped")
        self.assertEqual(incident.incident_type, "environment")
        self.assertEqual(incident.quantity, 12)
        self.assertEqual(incident.partner_id, self.supplier)
        self.assertEqual(incident.product_id, self.product)
        self.assertEqual(incident.move_id, self.move)
        self.assertEqual(incident.reporter_id, self.buyer)
        self.assertEqual(incident.state, "in_progress")
        self.assertEqual(incident.user_id, self.buyer)

    def test_report_from_order(self):
        """One click and a title; the rest is known."""
        order = self.line.order_id
        self.start_tour(
            f"/odoo/purchase-orders/{order.id}",
            "supplier_evaluation_incident_from_order",
            login="tour_reporter",
        )
        incident = self.env["supplier.incident"].search([("order_id", "=", order.id)])
        self.assertEqual(incident.title, "Heads are scratched")
        self.assertEqual(incident.partner_id, self.supplier)
        self.assertEqual(incident.purchase_line_id, self.line)
        self.assertEqual(incident.reporter_id, self.buyer)
        self.assertTrue(incident.user_id)

    def test_report_by_hand(self):
        self._create_product("Bracket")
        self.line.order_id.partner_ref = "GOLD-1"
        self._order(5, 1, "2026-03-10", partner=self.stranger, partner_ref="OTHER-1")
        self.start_tour(
            "/odoo/supplier-incidents",
            "supplier_evaluation_incident_by_hand",
            login="tour_reporter",
        )
        incident = self.env["supplier.incident"].search(
            [("order_id", "=", self.line.order_id.id)]
        )
        self.assertEqual(incident.partner_id, self.supplier)
        self.assertEqual(incident.purchase_line_id, self.line)
        self.assertEqual(incident.product_id, self.product)
        self.assertEqual(incident.move_id, self.move)
