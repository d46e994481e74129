from odoo import api, models

from .watching import watching_gate

# What of a line of a confirmed order the purchase policies look at.
WATCHED = frozenset(
    {
        "order_id",
        "product_id",
        "product_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
    }
)


class PurchaseOrderLine(models.Model):
    """Nothing is bought more on a confirmed order in spite of a purchase policy."""

    _inherit = "purchase.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        order_ids = {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        with watching_gate(self.env["purchase.order"].browse(order_ids)):
            return super().create(vals_list)

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        orders = self.order_id
        if vals.get("order_id"):
            orders |= orders.browse(vals["order_id"])
        with watching_gate(orders):
            return super().write(vals)
