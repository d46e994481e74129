from odoo import api, fields, models

from ...tools.groups import USER_GROUP


class PurchaseOrder(models.Model):
    """Says on the order why a change does not clear the supplier."""

    _inherit = "purchase.order"

    promise_hint = fields.Text(compute="_compute_promise_hint", groups=USER_GROUP)

    @api.depends(
        "order_line.date_promise_cancelled",
        "order_line.date_promise_excused",
        "order_line.date_promised",
        "order_line.product_qty",
        "order_line.product_uom_id",
        "order_line.qty_received",
        "order_line.quantity_promised",
        "state",
    )
    def _compute_promise_hint(self):
        for order in self:
            hints = [
                line._get_promise_hint()
                for line in order.order_line
                if line.date_promised
            ]
            order.promise_hint = "\n".join(filter(None, hints)) or False


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _get_promise_hint(self):
        """Say that supplier evaluation counts something else than is ordered now.

        :return: a sentence, or nothing
        """
        self.ensure_one()
        cancelled = self.date_promise_cancelled
        unit = self.product_id.uom_id
        if cancelled:
            if self.date_promise_excused or not self._is_promise_over(cancelled):
                return ""
            return self.env._(
                "%(product)s was cancelled after the promised day: what had not come "
                "by then counts as late and not delivered. Where that was our "
                "decision, say so with “Change Promise”.",
                product=self.product_id.display_name,
            )
        agreed = self._get_agreed_quantity()
        if self.state != "purchase" or not unit.compare(agreed, self.quantity_promised):
            return ""
        return self.env._(
            "%(product)s: the promise of %(promised)s %(unit)s counts; the ordered "
            "quantity was changed to %(ordered)s after the promised day. Where we "
            "asked for it, say so with “Change Promise”.",
            product=self.product_id.display_name,
            promised=unit.round(self.quantity_promised),
            ordered=unit.round(self._get_ordered_quantity()),
            unit=unit.display_name,
        )
