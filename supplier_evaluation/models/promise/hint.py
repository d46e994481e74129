from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.groups import USER_GROUP


class PurchaseOrder(models.Model):
    """Says on the order why a change does not clear the supplier."""

    _inherit = "purchase.order"

    promise_hint = fields.Text(compute="_compute_promise_hint", groups=USER_GROUP)

    @api.depends(
        "order_line.date_promise_cancelled",
        "order_line.date_promise_excused",
        "order_line.date_promise_frozen",
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
        if self.state != "purchase":
            return ""
        if not unit.compare(self._get_agreed_quantity(), self.quantity_promised):
            return self._get_late_order_hint()
        return self.env._(
            "%(product)s: the promise of %(promised)s %(unit)s counts; the ordered "
            "quantity was changed to %(ordered)s after the promised day. Where we "
            "asked for it, say so with “Change Promise”.",
            product=self.product_id.display_name,
            promised=unit.round(self.quantity_promised),
            ordered=unit.round(self._get_ordered_quantity()),
            unit=unit.display_name,
        )

    def _get_late_order_hint(self):
        """Say that the supplier had no time at all.

        Odoo proposes an arrival by the day of the order, also for a line that is added
        weeks later.
        """
        day_of = self.company_id._supplier_day
        promised, since = self.date_promised, self.date_promise_frozen
        kind = self.product_type_promised or self.product_id.type
        if (
            kind != "consu"
            or not since
            or day_of(promised) >= day_of(since)
            or self.product_uom_id.compare(self.qty_received, self.product_qty) >= 0
        ):
            return ""
        return self.env._(
            "%(product)s was ordered after its expected arrival, %(day)s: it counts as "
            "late from the beginning. Where that is not what was agreed, say so with "
            "“Change Promise”.",
            product=self.product_id.display_name,
            day=format_date(self.env, day_of(promised)),
        )
