from datetime import timedelta

from odoo import api, fields, models


class SupplierPurchaseOverrideWizard(models.TransientModel):
    _name = "supplier.purchase.override.wizard"
    _inherit = ["supplier.guard.mixin"]
    _description = "Override Purchase Policies"

    partner_id = fields.Many2one("res.partner", string="Supplier", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    order_id = fields.Many2one("purchase.order", readonly=True)
    scope = fields.Selection(
        selection=[
            ("order", "This order only"),
            ("supplier", "Every order of the supplier"),
        ],
        string="What Passes",
        required=True,
        compute="_compute_scope",
        store=True,
        readonly=False,
        precompute=True,
    )
    gate_message = fields.Text(
        string="Purchase Policy", compute="_compute_gate_message"
    )
    reason = fields.Text(string="Why", required=True)
    date_to = fields.Date(
        string="Until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=30),
        help="Last day on which the override counts.",
    )

    @api.depends("order_id")
    def _compute_gate_message(self):
        """Say why the order is held up, to who may decide about it."""
        for wizard in self:
            order = wizard.order_id
            wizard.gate_message = (
                order and order._decided_by(self.env.user).supplier_gate_message
            )

    @api.depends("order_id")
    def _compute_scope(self):
        for wizard in self:
            wizard.scope = "order" if wizard.order_id else "supplier"

    def action_apply(self):
        """Grant the override; the server checks who may."""
        self.ensure_one()
        order = self.order_id if self.scope == "order" else self.order_id.browse()
        # Whether the user may decide about the order is checked where it is granted.
        about = self.order_id.sudo()
        self.env["supplier.purchase.override"]._grant(
            about.partner_id.sudo(False) or self.partner_id,
            about.company_id.sudo(False) or self.company_id,
            self.reason,
            self.date_to,
            order=order,
        )
        return {"type": "ir.actions.act_window_close"}
