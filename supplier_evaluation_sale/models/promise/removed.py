from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

WHAT_IS_SOLD = {"product_id", "product_uom_id", "product_uom_qty"}
NOW = fields.Datetime.now


class SaleOrder(models.Model):
    """What was promised of goods that were taken out of the order again."""

    _inherit = "sale.order"

    # A list of ``{product, quantity, promised, frozen}``, in the product's own unit.
    customer_promises_removed = fields.Json(
        string="Promises of What Was Taken Out",
        copy=False,
        readonly=True,
        groups="base.group_system",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"customer_promises_removed"}

    def _remember_removed_promises(self, removed):
        """Add what is promised of goods that are not ordered any more.

        :param list removed: entries as in the field
        """
        self.ensure_one()
        order = self.sudo()
        if removed := [entry for entry in removed if entry["quantity"] > 0]:
            known = order.customer_promises_removed or []
            order._write_guarded({"customer_promises_removed": [*known, *removed]})

    def _take_over_removed_promises(self, added):
        """Let what is ordered again keep the promise of what was taken out.

        Whoever takes a late line out and adds its product again would be punctual
        otherwise. A line has one promise: it takes the earlier one, by which at least
        half of its quantity was promised, be it added before or after the other goes.

        :param dict added: which quantity was ordered in addition, by line
        """
        for order in self.sudo().filtered("customer_promises_removed"):
            removed = [dict(entry) for entry in order.customer_promises_removed]
            lines = order.order_line.filtered("date_customer_promised")
            for line in lines.sorted(lambda line: (_since(line), line.id)):
                line._take_over_removed_promise(removed, added.get(line, 0))
            removed = [entry for entry in removed if entry["quantity"] > 1e-9]
            order._write_guarded({"customer_promises_removed": removed or False})

    def _move_removed_promises(self, date, is_settled):
        """What the customer put off is put off, too, for what is ordered again.

        :param bool is_settled: whether those are moved whose day is over
        """
        self.ensure_one()
        order, day_of = self.sudo(), self.company_id._supplier_day
        removed = [
            entry
            if day_of(NOW()) > day_of(_instant(entry["promised"])) and not is_settled
            else {**entry, "promised": _text(date)}
            for entry in order.customer_promises_removed or ()
        ]
        if removed:
            order._write_guarded({"customer_promises_removed": removed})


class SaleOrderLine(models.Model):
    """A promise does not go with its line, nor with a part of its quantity."""

    _inherit = "sale.order.line"

    def write(self, vals):
        """Keep what is promised of goods that are taken out."""
        self._check_customer_promise_stays(vals)
        lines = self.browse()
        if WHAT_IS_SOLD & vals.keys():
            lines = self.filtered("date_customer_promised")
        before = {line: line._removed_promise() for line in lines}
        result = super().write(vals)
        if before:
            lines._keep_customer_promises(before)
        return result

    def unlink(self):
        """Keep what was promised of lines of an order that stays."""
        gone = self.sudo().filtered("date_customer_promised").grouped("order_id")
        gone = {
            order: [
                line._removed_promise()
                for line in lines
                if not line._is_customer_promise_of_today()
            ]
            for order, lines in gone.items()
        }
        result = super().unlink()
        for order, removed in gone.items():
            order._remember_removed_promises(removed)
            order._take_over_removed_promises({})
        return result

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_customer_promise_stays(self, vals):
        """What is promised stays in its order, and is no down payment.

        The rows of the register, which are sealed, name the order.

        :raises UserError: naming the line
        """
        for line in self.sudo() if {"is_downpayment", "order_id"} & vals.keys() else ():
            moves = vals.get("order_id", line.order_id.id) != line.order_id.id
            hides = vals.get("is_downpayment") and not line.is_downpayment
            if line.date_customer_promised and (moves or hides):
                raise UserError(
                    self.env._(
                        "%(line)s is promised to the customer of %(order)s: it stays "
                        "in this order. Set its quantity to 0, and order it anew "
                        "where it belongs.",
                        line=line.product_id.display_name or line.name,
                        order=line.order_id.name,
                    )
                )

    def _customer_quantity(self):
        """Return what goods are ordered, in the product's own unit; of a service 0."""
        self.ensure_one()
        if self.product_id.type != "consu":
            return 0
        own = self.product_id.uom_id
        quantity = self.product_uom_qty
        if self.product_uom_id and self.product_uom_id != own:
            quantity = self.product_uom_id._compute_quantity(quantity, own, round=False)
        return max(quantity, 0)

    def _removed_promise(self):
        """Return what would be kept of the line if all of it were taken out."""
        self.ensure_one()
        since = _since(self)
        if self._has_taken_over():
            # What it took over was promised before it was added.
            since -= timedelta(seconds=1)
        return {
            "product": self.product_id.id,
            "quantity": self._customer_quantity(),
            "promised": _text(self.date_customer_promised),
            "frozen": _text(since),
        }

    def _has_taken_over(self):
        """Whether the line took over the promise of what was taken out.

        Of our rows in the register only those of that move the promise, to before.
        """
        self.ensure_one()
        line = self.sudo()
        rows = line.order_id.customer_promise_change_ids.filtered(
            lambda row: row.sale_line_id == line
        ).sorted("id")
        after = [*rows.mapped("promised_from"), line.date_customer_promised][1:]
        return any(
            row.reason == "us"
            and promised
            and row.promised_from
            and promised < row.promised_from
            for row, promised in zip(rows, after, strict=True)
        )

    def _is_customer_promise_of_today(self):
        """Whether it was promised only today, and is not late.

        Whoever takes that out corrects a typing error: nobody waited for it.
        """
        self.ensure_one()
        day_of = self.company_id._supplier_day
        frozen, today = self.date_customer_promise_frozen, day_of(NOW())
        return bool(
            frozen
            and day_of(frozen) == today <= day_of(self.date_customer_promised)
            and not self._has_taken_over()
        )

    def _keep_customer_promises(self, before):
        """Remember what is not ordered any more; another product is promised anew.

        :param dict before: what :meth:`_removed_promise` told, by line
        """
        for order, lines in self.sudo().grouped("order_id").items():
            removed, added, others = [], {}, lines.browse()
            for line in lines:
                was, quantity = before[line], line._customer_quantity()
                is_kept = not line._is_customer_promise_of_today()
                if was["product"] != line.product_id.id:
                    removed += [was] if is_kept else []
                    others |= line
                elif quantity < was["quantity"]:
                    less = {**was, "quantity": was["quantity"] - quantity}
                    removed += [less] if is_kept else []
                else:
                    added[line] = quantity - was["quantity"]
            order._remember_removed_promises(removed)
            if others:
                others._write_guarded(
                    {
                        "date_customer_promised": False,
                        "date_customer_promise_frozen": False,
                    }
                )
            order._take_over_removed_promises(added)
            if order.state == "sale":
                others._freeze_customer_promise(is_added=True)

    def _take_over_removed_promise(self, removed, added):
        """Take from what was promised before and removed as much as is ordered now.

        What was delivered in full keeps its promise. The line's own day stays, too: it
        was not ordered before.

        :param list removed: what is left of it, from which is taken
        :param float added: which quantity was ordered in addition
        """
        self.ensure_one()
        quantity = self._customer_quantity()
        promised = _text(self.date_customer_promised)
        own = sorted(
            (entry for entry in removed if entry["product"] == self.product_id.id),
            key=lambda entry: entry["promised"],
        )
        earlier = [
            entry
            for entry in own
            if entry["promised"] < promised and entry["frozen"] < _text(_since(self))
        ]
        half = _day_of_half(earlier, quantity)
        if half and not self._is_customer_delivered():
            added -= _take(earlier, quantity)
            self._write_guarded({"date_customer_promised": half})
            self._append_taken_over(promised)
            promised = half
        _take([entry for entry in own if entry["promised"] >= promised], added)

    def _append_taken_over(self, promised):
        """Say in the register why a line is promised for an earlier day.

        :param str promised: for when it was
        """
        self.env["supplier.sale.promise.change"]._append(
            [
                {
                    "sale_line_id": self.id,
                    "reason": "us",
                    "note": self.env._(
                        "Ordered again in the same order: the promise of what was "
                        "taken out stays"
                    ),
                    "date_from": promised,
                    "date_to": self.date_customer_promised,
                    "promised_from": promised,
                }
            ]
        )


def _since(line):
    """Return since when a line is promised; nobody wrote it down of old ones."""
    return line.date_customer_promise_frozen or line.date_customer_promised


def _day_of_half(entries, quantity):
    """Return by when at least half of a quantity was promised; None if it never was.

    :param list entries: the earliest promise first
    """
    reached = 0
    for entry in entries if quantity else ():
        reached += entry["quantity"]
        if reached * 2 >= quantity:
            return entry["promised"]
    return None


def _take(entries, quantity):
    """Take a quantity from entries, in their order, and return how much there was."""
    taken = 0
    for entry in entries:
        part = max(min(entry["quantity"], quantity - taken), 0)
        entry["quantity"] -= part
        taken += part
    return taken


def _instant(text):
    return fields.Datetime.to_datetime(text)


def _text(instant):
    return fields.Datetime.to_string(instant)
