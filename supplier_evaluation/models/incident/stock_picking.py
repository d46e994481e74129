from odoo import api, fields, models

from ...tools.groups import USER_GROUP


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "supplier.incident.subject.mixin"]

    _supplier_incident_field = "picking_id"

    is_supplier_receipt = fields.Boolean(
        compute="_compute_is_supplier_receipt",
        compute_sudo=True,
        groups=USER_GROUP,
        help="Goods came from a supplier, about whom an incident can be reported.",
    )

    @api.depends("state", "location_id.usage", "partner_id", "purchase_id.partner_id")
    def _compute_is_supplier_receipt(self):
        for picking in self:
            picking.is_supplier_receipt = bool(
                picking.state == "done"
                and picking.location_id.usage == "supplier"
                and picking._incident_supplier()
            )

    def _supplier_incident_defaults(self):
        products = self.move_ids.product_id
        lines = self.sudo().move_ids.purchase_line_id
        return {
            **super()._supplier_incident_defaults(),
            "partner_id": self._incident_supplier().id,
            "order_id": self._incident_orders()[:1].id,
            "purchase_line_id": lines.id if len(lines) == 1 else False,
            "product_id": products.id if len(products) == 1 else False,
        }

    def _incident_supplier(self):
        """Return the contact that sent the goods."""
        order = self._incident_orders()[:1]
        return order.sudo().partner_id.with_env(self.env) or self.partner_id

    def _incident_orders(self):
        """Return the orders of which something came, to whoever sees the receipt."""
        return self.sudo().move_ids.purchase_line_id.order_id.with_env(self.env)
