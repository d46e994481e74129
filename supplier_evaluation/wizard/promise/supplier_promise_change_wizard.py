from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools.wording import label_of


class SupplierPromiseChangeWizard(models.TransientModel):
    _name = "supplier.promise.change.wizard"
    _description = "Change Promise"

    line_ids = fields.Many2many(
        "purchase.order.line", string="Order Lines", required=True
    )
    reason = fields.Selection(
        selection=lambda self: self._selection_reason(),
        required=True,
        default="supplier",
        help="What we asked for moves the promise: the new date, and the quantity that "
        "is ordered now. A date that the supplier moved leaves the promise where it is "
        "and counts against its stability.",
    )
    date_to = fields.Datetime(
        string="New Date",
        help="Left empty, what we asked for changes the quantity only.",
    )
    note = fields.Char(string="What Happened", required=True)
    is_settled = fields.Boolean(compute="_compute_is_settled")

    @api.model
    def _selection_reason(self):
        """All but what the order itself writes down."""
        reason = self.env["supplier.promise.change"]._fields["reason"]
        reasons = reason._description_selection(self.env)
        return [reason for reason in reasons if reason[0] != "order"]

    @api.depends("line_ids")
    def _compute_is_settled(self):
        now = fields.Datetime.now()
        for wizard in self:
            promised = wizard.line_ids.filtered("date_promised")
            wizard.is_settled = any(
                line._is_promise_settled(now) for line in promised._origin
            )

    def action_apply(self):
        """Change the promise and tell it on the order.

        :raises UserError: a line has no promise yet, because its order is not
            confirmed; a date is missing; or it is too late for this user
        """
        self.ensure_one()
        self.line_ids.check_access("write")
        self._check_confirmed()
        if self.reason == "supplier" and not self.date_to:
            raise UserError(
                self.env._("Enter the new date to which the supplier moved it.")
            )
        changes = self.line_ids._change_promise(self.date_to, self.reason, self.note)
        for order, order_changes in changes.grouped("order_id").items():
            order.message_post(
                body=self._message(order_changes), subtype_xmlid="mail.mt_note"
            )
        return {"type": "ir.actions.act_window_close"}

    def _check_confirmed(self):
        """Of a cancelled line one can only say that cancelling it was our wish."""
        unconfirmed = self.line_ids.filtered(
            lambda line: (
                not line.date_promised
                or (line.state != "purchase" and self.reason != "buyer")
            )
        )
        if unconfirmed:
            raise UserError(
                self.env._(
                    "No promise can be changed on %(line)s: its order %(order)s is "
                    "not confirmed. Change the expected arrival instead.",
                    line=unconfirmed[0].display_name,
                    order=unconfirmed[0].order_id.name,
                )
            )

    def _message(self, changes):
        rows = Markup("").join(
            Markup("<li>%s</li>") % self._describe(change) for change in changes
        )
        return Markup("<p>%s: %s</p><ul>%s</ul>") % (
            label_of(self, "reason"),
            self.note,
            rows,
        )

    def _describe(self, change):
        line = change.line_id
        if line.date_promise_cancelled and change.reason == "buyer":
            return self.env._(
                "%(line)s: cancelling it was our decision",
                line=line.product_id.display_name,
            )
        text = self.env._(
            "%(line)s: from %(old)s to %(new)s",
            line=line.product_id.display_name,
            old=format_datetime(self.env, change.date_from),
            new=format_datetime(self.env, change.date_to),
        )
        if change.reason == "buyer" and change.quantity_from != change.quantity_to:
            text += self.env._(
                ", from %(old)s to %(new)s %(unit)s",
                old=change.quantity_from,
                new=change.quantity_to,
                unit=line.product_id.uom_id.display_name,
            )
        return text
