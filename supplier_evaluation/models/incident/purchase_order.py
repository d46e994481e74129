from odoo import models


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "supplier.incident.subject.mixin"]

    _supplier_incident_field = "order_id"

    def _supplier_incident_defaults(self):
        return {
            **super()._supplier_incident_defaults(),
            "partner_id": self.partner_id.id,
            "purchase_line_id": self._only_incident_line().id,
            "picking_id": self._only_incident_receipt().id,
        }

    def _only_incident_line(self):
        """Return the line that an incident of the order is about, if there is one."""
        lines = self.order_line.filtered("product_id")
        return lines if len(lines) == 1 else lines.browse()

    def _only_incident_receipt(self):
        """Return the receipt of the order, if just one came."""
        # Who buys need not see the warehouse.
        receipts = self.sudo().picking_ids.filtered("is_supplier_receipt")
        return receipts.with_env(self.env) if len(receipts) == 1 else receipts.browse()
