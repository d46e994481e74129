from odoo import api, fields, models


class PurchaseOrder(models.Model):
    """Which request another one was merged into: the supplier answers there."""

    _inherit = "purchase.order"

    supplier_merged_into_id = fields.Many2one(
        "purchase.order",
        string="Merged Into",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="What the supplier was asked on this request, it answers on that one.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"supplier_merged_into_id"}

    def action_merge(self):
        """Remember where the requests are that Odoo cancels when it merges them."""
        open_orders = self.filtered(lambda order: order.state in ("draft", "sent"))
        alike = open_orders.grouped(self._prepare_grouped_data)
        result = super().action_merge()
        for orders in alike.values():
            merged = orders.filtered(lambda order: order.state == "cancel")
            kept = orders - merged
            if not (merged and kept):
                continue
            # Also what was merged into one of them before.
            earlier = self.sudo().search(
                [("supplier_merged_into_id", "in", merged.ids)]
            )
            (merged.sudo() | earlier)._write_guarded(
                {"supplier_merged_into_id": kept[:1].id}
            )
        return result
