from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime


class SupplierPromiseChangeWizard(models.TransientModel):
    _name = "supplier.promise.change.wizard"
    _description = "Change Promise"

    line_ids = fields.Many2many(
        "purchase.order.line", string="Order Lines", required=True
    )
    reason = fields.Selection(
        selection=lambda self: (
            self.env["supplier.promise.change"]._fields["reason"].selection
        ),
        required=True,
        default="supplier",
        help="A date that we asked for moves the promise. A date that the supplier "
        "moved leaves the promise where it is and counts against its stability.",
    )
    date_to = fields.Datetime(string="New Date", required=True)
    note = fields.Char(string="Why", required=True)

    def action_apply(self):
        """Change the promise and tell it on the order.

        :raises UserError: a line has no promise yet, because its order is not
            confirmed
        """
        self.ensure_one()
        self.line_ids.check_access("write")
        unconfirmed = self.line_ids.filtered(
            lambda line: not line.date_promised or line.state != "purchase"
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
        changes = self.line_ids._change_promise(self.date_to, self.reason, self.note)
        for order, order_changes in changes.grouped("order_id").items():
            order.message_post(
                body=self._message(order_changes), subtype_xmlid="mail.mt_note"
            )
        return {"type": "ir.actions.act_window_close"}

    def _message(self, changes):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        rows = Markup("").join(
            Markup("<li>%s</li>")
            % self.env._(
                "%(line)s: from %(old)s to %(new)s",
                line=change.line_id.product_id.display_name,
                old=format_datetime(self.env, change.date_from),
                new=format_datetime(self.env, change.date_to),
            )
            for change in changes
        )
        return Markup("<p>%s: %s</p><ul>%s</ul>") % (
            labels[self.reason],
            self.note,
            rows,
        )
