from odoo.tests import HttpCase, tagged

from odoo.addons.supplier_evaluation.tests.common import BUYER

from .common import SaleTraceCommon


@tagged("post_install", "-at_install")
class TestSaleTours(SaleTraceCommon, HttpCase):
    """From a late customer order to its supplier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user(
            "tour_seller", f"{BUYER},sales_team.group_sale_salesman_all_leads"
        )
        cls.line = cls._to_order("2026-03-12", "2026-03-01", "2026-03-10", "2026-03-15")
        cls._deliver(cls.line, "2026-03-15")

    def test_late_order_to_its_supplier(self):
        order = self.line.order_id
        self.start_tour(
            f"/odoo/action-sale.action_orders/{order.id}",
            "supplier_evaluation_sale_trace",
            login="tour_seller",
        )
        incident = self.env["supplier.incident"].search([("sale_id", "=", order.id)])
        self.assertEqual(incident.title, "Came too late")
        self.assertEqual(incident.customer_id, self.customer)
        self.assertEqual(incident.sale_line_id, self.line)
        self.assertEqual(incident.partner_id, self.supplier)

    def test_sums(self):
        self.start_tour(
            "/odoo/supplier-sales",
            "supplier_evaluation_sale_sums",
            login="tour_seller",
        )

    def test_change_promise(self):
        """A salesperson of own orders, in the dialog."""
        user = self._create_user("tour_salesman", "sales_team.group_sale_salesman")
        line = self._sell(10, "2099-05-12", user_id=user.id)
        self.start_tour(
            f"/odoo/action-sale.action_orders/{line.order_id.id}",
            "supplier_evaluation_sale_promise",
            login="tour_salesman",
        )
        row = line.order_id.customer_promise_change_ids
        self.assertEqual((row.reason, row.user_id), ("customer", user))
        self.assertEqual(str(line.date_customer_promised.date()), "2099-05-20")
