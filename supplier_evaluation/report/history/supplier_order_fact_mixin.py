from odoo import fields, models

from .rows import FACT_IDS, HISTORY_LINE, ORDER_LINE, TWINS_READ


class SupplierOrderFactMixin(models.AbstractModel):
    """Facts made of purchase order lines and of imported history lines."""

    _name = "supplier.order.fact.mixin"
    _description = "Fact of an Order Line"
    _depends = {
        "purchase.order": [*TWINS_READ["purchase.order"], "currency_rate"],
        "purchase.order.line": [
            *TWINS_READ["purchase.order.line"],
            "price_subtotal",
            "product_uom_qty",
            "supplier_exclusion",
            "supplier_exclusion_reason",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id", "uom_id"],
        "uom.uom": ["factor"],
        "res.partner": ["commercial_partner_id", "tz"],
        "res.company": ["partner_id"],
        "supplier.history.line": [
            "categ_id",
            "commercial_partner_id",
            "company_id",
            "date_order",
            "line_ref",
            "order_ref",
            "product_id",
            "quantity_ordered",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "value",
        ],
    }

    order_id = fields.Many2one("purchase.order", readonly=True)
    source = fields.Selection(
        selection=[("order", "Purchase order"), ("history", "Imported history")],
        readonly=True,
    )

    def _fact_documents(self):
        """Return the order, or the imported line, that this fact was made of."""
        # Reading the fact would have its query look for an expression.
        ids = FACT_IDS.split(self.ids)
        if ids[HISTORY_LINE]:
            return [self.env[HISTORY_LINE].browse(ids[HISTORY_LINE])]
        return [
            self.env[ORDER_LINE].browse(ids[ORDER_LINE]).sudo().order_id.sudo(False)
        ]

    def action_leave_out(self):
        """Ask why these lines shall not count."""
        return self.env["supplier.exclusion.mixin"]._leave_out_action(
            self._records_left_out()
        )

    def _records_left_out(self):
        sources = FACT_IDS.split(self.ids)
        return {model: ids for model, ids in sources.items() if ids}
