from odoo import models


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "supplier.incident.subject.mixin"]

    _supplier_incident_field = "order_id"

    def _supplier_incident_defaults(self):
        lines = self.order_line.filtered("product_id")
        return {
            **super()._supplier_incident_defaults(),
            "partner_id": self.partner_id.id,
            "purchase_line_id": lines.id if len(lines) == 1 else False,
        }
