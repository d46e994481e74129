from odoo import fields, models

from ...tools.groups import USER_GROUP


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    supplier_incident_count = fields.Integer(
        string="Incidents",
        compute="_compute_supplier_incident_count",
        groups=USER_GROUP,
    )

    def _compute_supplier_incident_count(self):
        counts = self.env["supplier.incident"]._count_by("order_id", self)
        for order in self:
            order.supplier_incident_count = counts.get(order, 0)

    def action_report_supplier_incident(self):
        """Open a new incident about the order."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_report(
            **self._supplier_incident_defaults()
        )

    def action_open_supplier_incidents(self):
        """Open the incidents of the order."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_list(
            [("order_id", "=", self.id)], **self._supplier_incident_defaults()
        )

    def _supplier_incident_defaults(self):
        lines = self.order_line.filtered("product_id")
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "order_id": self.id,
            "purchase_line_id": lines.id if len(lines) == 1 else False,
        }
