from odoo import api, fields, models
from odoo.tools import format_datetime

from odoo.addons.supplier_evaluation.tools.wording import label_of


class SupplierSalePromiseWizard(models.TransientModel):
    """Says who asked for another delivery date; nobody, unless somebody says so."""

    _name = "supplier.sale.promise.wizard"
    _description = "Change Promise to Customer"

    order_id = fields.Many2one("sale.order", string="Customer Order", required=True)
    reason = fields.Selection(
        selection=lambda self: (
            self.env["supplier.sale.promise.change"]
            ._fields["reason"]
            ._description_selection(self.env)
        ),
        required=True,
        default="us",
        help="What the customer asked for is a new promise. What we moved leaves the "
        "promise where it is: what comes after it counts as late.",
    )
    date_to = fields.Datetime(string="New Date", required=True)
    note = fields.Char(string="What Happened", required=True)
    is_settled = fields.Boolean(compute="_compute_is_settled")

    @api.depends("order_id")
    def _compute_is_settled(self):
        for wizard in self:
            lines = wizard.order_id.order_line.filtered("date_customer_promised")
            wizard.is_settled = any(
                line._is_customer_promise_settled() for line in lines
            )

    def action_apply(self):
        """Move the delivery date, and tell it on the order.

        :raises UserError: the order is not confirmed, nothing would change, or it is
            too late for this user
        """
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        order._check_customer_promise_movable()
        before = order.order_line._customer_dates()
        order._change_customer_promise(self.date_to, self.reason, self.note)
        order.message_post(
            body=self.env._(
                "%(who)s: from %(old)s to %(new)s. %(why)s",
                who=label_of(self, "reason"),
                old=format_datetime(self.env, min(before.values())),
                new=format_datetime(self.env, self.date_to),
                why=self.note,
            ),
            subtype_xmlid="mail.mt_note",
        )
        return {"type": "ir.actions.act_window_close"}
