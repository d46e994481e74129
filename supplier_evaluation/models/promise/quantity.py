from collections import defaultdict

from odoo import fields, models

from ...tools.transaction import is_doing
from .unit import UNIT_REPLACED

QUANTITY = {"product_id", "product_qty", "product_uom_id"}
PRICE = {"discount", "price_unit", "tax_ids"}


class PurchaseOrderLine(models.Model):
    """The ordered quantity, frozen with the promise, and what becomes of it."""

    _inherit = "purchase.order.line"

    def write(self, vals):
        """Follow quantity and price of confirmed lines, whoever changes them.

        Where the product gets another unit, neither of them changes.
        """
        if not (QUANTITY | PRICE) & vals.keys() or is_doing(self.env, UNIT_REPLACED):
            return super().write(vals)
        anew = self.browse()
        if "product_id" in vals:
            anew = self.filtered(
                lambda line: (
                    line.state != "purchase"
                    and line.product_id.id != vals["product_id"]
                    and line._nothing_came()
                )
            )
        lines = self.filtered("date_promised") - anew
        before = {line: line._get_ordered_quantity() for line in lines}
        prices = {line: line._get_prices() for line in lines}
        result = super().write(vals)
        first = lines.filtered(lambda line: line._is_ordered_first(before[line]))
        lines -= first
        (anew | first)._forget_promise()
        first.filtered(lambda line: line.state == "purchase")._freeze_promise()
        changed = lines.filtered(
            lambda line: line._get_ordered_quantity() != before[line]
        )
        lines._remember_prices(prices)
        changed._register_ordered_quantity(before)
        if "product_id" in vals:
            lines._mark_twin_lines()
        return result

    # ------------------------------------------------------------
    # Ordered quantity
    # ------------------------------------------------------------

    def _get_ordered_quantity(self):
        """Return the ordered quantity in the product's own unit, as exact as it is.

        Odoo's own figure is rounded: 4 yards are not 3.66 metres.
        """
        self.ensure_one()
        own = self.product_id.uom_id
        if self.product_uom_id == own:
            return self.product_qty
        return self.product_uom_id._compute_quantity(self.product_qty, own, round=False)

    def _is_ordered(self):
        """Whether the line orders something; below 0 only what was so from the start.

        Nobody promises less than nothing: 10 that become -1 are cancelled.
        """
        self.ensure_one()
        return self.product_qty > 0 or self.product_qty < 0 > self.quantity_promised

    def _is_ordered_first(self, before):
        """Whether something is ordered of a line of which nothing ever was.

        Such a line promised nothing: it is one that was added now, unless goods came
        by it already.

        :param float before: what was ordered of it until now
        """
        self.ensure_one()
        if before or self.quantity_promised or self.date_promise_cancelled:
            return False
        return self.product_qty > 0 and self._nothing_came()

    def _is_promise_over(self, instant):
        """Whether the promised day was over then, in the company's time zone."""
        self.ensure_one()
        day_of = self.company_id._supplier_day
        return day_of(instant) > day_of(self.date_promised)

    def _register_ordered_quantity(self, before):
        """Write down that the ordered quantity was changed.

        Up to the promised day it is what both sides agree upon, but for what came
        already; a quantity that is lowered later does not make up for what did not
        come. Nothing is a cancelled line, not another quantity.

        :param dict before: what was ordered of each line
        """
        now = fields.Datetime.now()
        for line in self:
            quantity = line._get_agreed_quantity()
            over = line._is_promise_over(now)
            line._append_promise_change(
                now,
                reason="order",
                ordered_from=before[line],
                note=line._describe_quantity_change(over, quantity),
            )
            if line._is_ordered() and not over:
                line._write_guarded({"quantity_promised": quantity})
        ordered = self.filtered(lambda line: line._is_ordered())
        (self - ordered)._set_cancelled(now)
        ordered.filtered(lambda line: line.state == "purchase")._set_open_again()

    def _get_agreed_quantity(self):
        """Return what counts as ordered where a change of the quantity does.

        What had come was ordered when it came: nobody delivered too much of it.
        """
        self.ensure_one()
        ordered = self._get_ordered_quantity()
        if ordered <= 0:
            return ordered
        return max(ordered, min(self._get_quantity_come(), self.quantity_promised))

    def _get_quantity_come(self):
        """Return what came, in the product's unit, whatever of it went back since.

        What replaces goods that went back came before already. Of a kit, as many came
        as of the component that lacks most.
        """
        self.ensure_one()
        came = defaultdict(float)
        for move in self.sudo().move_ids.filtered(
            lambda move: move.state == "done" and not move._returns_goods()
        ):
            if move._is_purchase_return() or move._brings_nothing():
                continue
            product = move.product_id
            came[product.id] += move.product_uom._compute_quantity(
                move._get_quantity_new(), product.uom_id, round=False
            )
        if not self.kit_parts:
            return came[self.product_id.id]
        return min(
            (
                came[int(part)] / quantity
                for part, quantity in self.kit_parts.items()
                if quantity > 0
            ),
            default=0,
        )

    def _describe_quantity_change(self, over, quantity):
        if not self._is_ordered():
            return self.env._("Nothing is ordered any more: the line is cancelled.")
        if over:
            return self.env._(
                "Changed after the promised day: the quantity at the promise counts."
            )
        if quantity > self._get_ordered_quantity():
            return self.env._(
                "Lowered below what had come: what was ordered of that counts."
            )
        return self.env._("Changed by the promised day: the new quantity counts.")

    # ------------------------------------------------------------
    # Cancelled, and open again
    # ------------------------------------------------------------

    def _register_cancelled(self):
        """Write down that the order of these lines is not confirmed any more."""
        now = fields.Datetime.now()
        lines = self.filtered(
            lambda line: line.date_promised and not line.date_promise_cancelled
        )
        if not lines:
            return
        lines._append_promise_change(
            now,
            reason="order",
            quantity_to=0,
            note=self.env._("The order was cancelled."),
        )
        lines._set_cancelled(now)

    def _register_open_again(self):
        """Write down that the order of cancelled lines was confirmed again."""
        lines = self.filtered("date_promise_cancelled")
        if not lines:
            return
        lines._append_promise_change(
            fields.Datetime.now(),
            reason="order",
            note=self.env._("The order was confirmed again."),
        )
        lines._set_open_again()

    def _set_cancelled(self, now):
        """Remember when promised lines were cancelled, the first time."""
        lines = self.filtered(
            lambda line: line.date_promised and not line.date_promise_cancelled
        )
        if lines:
            lines._write_guarded({"date_promise_cancelled": now})

    def _set_open_again(self):
        """Forget that lines were cancelled: the order is confirmed again."""
        lines = self.filtered("date_promise_cancelled")
        if lines:
            lines.sudo()._write_guarded(
                {"date_promise_cancelled": False, "date_promise_excused": False}
            )

    # ------------------------------------------------------------
    # Lines of one product
    # ------------------------------------------------------------

    def _mark_twin_lines(self):
        """Mark the lines of an order that share a product.

        One that was marked stays so: it is only where surplus is looked for.
        """
        for order, lines in self.grouped("order_id").items():
            for product, twins in order.order_line.grouped("product_id").items():
                if product in lines.product_id and len(twins) > 1:
                    unmarked = twins.filtered(lambda line: not line.has_twin_line)
                    unmarked._write_guarded({"has_twin_line": True})
