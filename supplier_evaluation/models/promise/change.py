from odoo import fields, models


class PurchaseOrderLine(models.Model):
    """Changes of a promise: by whom, and what they change."""

    _inherit = "purchase.order.line"

    def _change_promise(self, new_date, reason, note):
        """Re-base the promise for the buyer, or record that the supplier moved it.

        For the buyer, what is ordered now is promised, too; of a cancelled line it says
        that cancelling it was our decision.

        :param datetime new_date: the new date, naive UTC; for the buyer none: each line
            keeps its own
        :param reason: ``buyer`` moves the promise; ``supplier`` leaves it where
            it is and counts as a change caused by the supplier
        :param str note: why, for whoever disputes the score
        :return: the recorded changes
        :raises UserError: it is too late for this user to move the promise
        """
        now = fields.Datetime.now()
        late = self.filtered(lambda line: line._is_promise_settled(now))
        if reason == "buyer":
            late._check_second_person(
                self.env._(
                    "If we asked for the change, ask one to use “Change Promise” on "
                    "this order. What the supplier moved you can record yourself."
                )
            )
        changes = self.env["supplier.promise.change"]
        for line in self:
            changes += line._append_promise_change(
                now,
                reason=reason,
                note=note,
                date_to=new_date or line.date_promised,
                is_late=reason == "buyer" and line in late,
            )
            line._write_guarded(line._prepare_promise(now, new_date, reason, late))
        return changes

    def _prepare_promise(self, now, new_date, reason, late):
        """Return what a change writes to the line."""
        self.ensure_one()
        vals = {}
        if reason == "supplier":
            if not self.date_promise_broken:
                vals["date_promise_broken"] = now
            return vals
        if self in late and not self.date_promise_rebased_late:
            vals["date_promise_rebased_late"] = now
        if self.date_promise_cancelled or self.state != "purchase":
            vals["date_promise_excused"] = now
            return vals
        vals["date_promised"] = new_date or self.date_promised
        vals["quantity_promised"] = self._get_agreed_quantity()
        return vals

    def _append_promise_change(self, now, **vals):
        """Write a row of each line to the register, with what it was before."""
        return self.env["supplier.promise.change"]._append(
            [
                {
                    "line_id": line.id,
                    "date": now,
                    "date_from": line.date_promised,
                    "date_to": line.date_promised,
                    "quantity_from": line.quantity_promised,
                    "quantity_to": line._get_ordered_quantity(),
                    "ordered_from": line._get_ordered_quantity(),
                    "cancelled_from": line.date_promise_cancelled,
                    "excused_from": line.date_promise_excused,
                    **vals,
                }
                # Excuses are not shown to everybody who may cancel.
                for line in self.sudo()
            ]
        )
