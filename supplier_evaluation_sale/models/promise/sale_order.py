from odoo import fields, models

from odoo.addons.supplier_evaluation.tools.actions import open_dialog

# What says by when a customer is to have the goods.
WHEN = {"commitment_date", "date_order"}
# An object cannot travel over RPC: no client says that a change is told already.
_TOLD = object()


class SaleOrder(models.Model):
    """By when the customer was to have it, as it was said when he ordered."""

    # Who deletes an order leaves a note in the chain of seals.
    _name = "sale.order"
    _inherit = ["sale.order", "supplier.guard.mixin"]

    customer_promise_change_ids = fields.One2many(
        "supplier.sale.promise.change",
        "sale_id",
        string="Promise Changes",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )

    def write(self, vals):
        """Freeze what is promised, whatever method confirms; keep what moves it."""
        is_told = self.env.context.get("supplier_promise_told") is _TOLD
        moves = bool(WHEN & vals.keys()) and not is_told
        before = self.order_line._customer_dates() if moves else {}
        result = super().write(vals)
        if moves:
            self.order_line._register_moved(before)
        if vals.get("state") == "sale":
            self.order_line._freeze_customer_promise()
        return result

    def action_change_customer_promise(self):
        """Ask by when the customer gets it now, and who asked for that."""
        self.ensure_one()
        return open_dialog(
            "supplier.sale.promise.wizard",
            self.env._("Change Promise"),
            {"order_id": self.id, "date_to": self.commitment_date},
        )

    def _change_customer_promise(self, date, reason, note):
        """Move the delivery date, for the customer or for us.

        What is settled keeps its promise, unless all of the order is.

        :param datetime date: the new one, naive UTC
        :param str reason: ``customer`` moves the promise, too; ``us`` leaves it where
            it is, and what is later counts as late
        :param str note: why, for whoever asks later
        :return: the rows of the register
        :raises UserError: it is too late for this user to say that the customer asked
        """
        self.ensure_one()
        self.check_access("write")
        lines = self.order_line.filtered("date_customer_promised")
        late = lines.filtered(lambda line: line._is_customer_promise_settled())
        if lines - late:
            lines, late = lines - late, late.browse()
        if reason == "customer":
            late._check_customer_second_person()
        before = lines._customer_dates()
        if self.commitment_date != date:
            self.with_context(supplier_promise_told=_TOLD).commitment_date = date
        changes = lines._append_customer_change(before, reason, note, late)
        if reason == "customer":
            lines.sudo()._write_guarded({"date_customer_promised": date})
        return changes
