from odoo import fields, models

from .rows import FACT_IDS, HISTORY_LINE, ORDER_LINE


class SupplierOrderFactMixin(models.AbstractModel):
    """Facts made of purchase order lines and of imported history lines."""

    _name = "supplier.order.fact.mixin"
    _description = "Fact of an Order Line"

    order_id = fields.Many2one("purchase.order", readonly=True)
    source = fields.Selection(
        selection=[("order", "Purchase order"), ("history", "Imported history")],
        readonly=True,
    )

    def action_open_document(self):
        """Open the order, or the imported line, that this fact was made of."""
        self.ensure_one()
        # Reading the fact would have its query look for an expression.
        ids = FACT_IDS.split(self.ids)
        record = self.env[ORDER_LINE].browse(ids[ORDER_LINE]).order_id
        if ids[HISTORY_LINE]:
            record = self.env[HISTORY_LINE].browse(ids[HISTORY_LINE])
        return record.get_formview_action()

    def action_leave_out(self):
        """Ask why these lines shall not count."""
        sources = FACT_IDS.split(self.ids)
        return self.env["supplier.exclusion.mixin"]._leave_out_action(
            {model: ids for model, ids in sources.items() if ids}
        )
