from odoo import fields, models


class SupplierOrderFactMixin(models.AbstractModel):
    """Facts made of purchase order lines and of imported history lines."""

    _name = "supplier.order.fact.mixin"
    _description = "Fact of an Order Line"

    order_id = fields.Many2one("purchase.order", readonly=True)
    source = fields.Selection(
        selection=[("order", "Purchase order"), ("history", "Imported history")],
        readonly=True,
    )

    def _split_source_ids(self):
        """Return ``(order line ids, history line ids)`` without reading the facts.

        An identifier is twice the source's, plus one for imported history: the
        query of one row would otherwise be asked for by an expression.
        """
        sources = [divmod(fact_id, 2) for fact_id in self.ids]
        return (
            [source_id for source_id, is_history in sources if not is_history],
            [source_id for source_id, is_history in sources if is_history],
        )

    def action_open_document(self):
        """Open the order, or the imported line, that this fact was made of."""
        self.ensure_one()
        line_ids, history_ids = self._split_source_ids()
        if line_ids:
            record = self.env["purchase.order.line"].browse(line_ids).order_id
        else:
            record = self.env["supplier.history.line"].browse(history_ids)
        return record.get_formview_action()

    def action_leave_out(self):
        """Ask why these lines shall not count."""
        line_ids, history_ids = self._split_source_ids()
        targets = {
            "purchase.order.line": line_ids,
            "supplier.history.line": history_ids,
        }
        return self.env["supplier.exclusion.mixin"]._leave_out_action(
            {model: ids for model, ids in targets.items() if ids}
        )
