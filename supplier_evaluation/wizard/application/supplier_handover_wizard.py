from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.groups import MANAGER_GROUP, USER_GROUP


class SupplierHandoverWizard(models.TransientModel):
    """All that one person sees to, in the current company, goes to another one."""

    _name = "supplier.handover.wizard"
    _description = "Hand Over Applications and Suppliers"

    from_user_id = fields.Many2one(
        "res.users",
        string="From",
        required=True,
        domain=[("share", "=", False), ("active", "in", [True, False])],
        context={"active_test": False},
    )
    to_user_id = fields.Many2one(
        "res.users",
        string="To",
        required=True,
        domain=lambda self: [
            ("share", "=", False),
            ("all_group_ids", "in", self.env.ref(USER_GROUP).ids),
        ],
    )
    has_applications = fields.Boolean(string="Applications", default=True)
    has_vendors = fields.Boolean(
        string="Suppliers",
        default=True,
        help="Those that the person buys from and that are in the lifecycle of this "
        "company.",
    )
    application_count = fields.Integer(
        string="Number of Applications", compute="_compute_counts"
    )
    vendor_count = fields.Integer(
        string="Number of Suppliers", compute="_compute_counts"
    )

    @api.depends("from_user_id")
    @api.depends_context("company")
    def _compute_counts(self):
        for wizard in self:
            wizard.application_count = len(wizard._applications())
            wizard.vendor_count = len(wizard._vendors())

    def _applications(self):
        """Return what the person claimed and still has to do with."""
        return self.env["supplier.application"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("user_id", "=", self.from_user_id.id),
                ("state", "=", "claimed"),
            ]
            if self.from_user_id
            else [(0, "=", 1)]
        )

    def _vendors(self):
        """Return the vendors on the board of the company whose buyer it is."""
        partners = self.env["res.partner"]
        if not self.from_user_id:
            return partners
        return partners.search(
            [
                ("buyer_id", "=", self.from_user_id.id),
                ("supplier_stage_id", "!=", False),
            ]
        )

    def action_apply(self):
        """Hand it over.

        :raises AccessError: the user does not manage supplier evaluations
        :raises UserError: both are the same person, or there is nothing to hand over
        """
        self.ensure_one()
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only managers of supplier evaluations hand over.")
            )
        if self.from_user_id == self.to_user_id:
            raise UserError(self.env._("Choose two people: these are the same."))
        applications = self._applications() if self.has_applications else None
        vendors = self._vendors() if self.has_vendors else None
        if not applications and not vendors:
            raise UserError(
                self.env._(
                    "%(user)s has nothing of this to hand over in %(company)s.",
                    user=self.from_user_id.name,
                    company=self.env.company.name,
                )
            )
        if applications:
            applications._assign(self.to_user_id)
        if vendors:
            vendors._set_supplier_buyer(self.to_user_id)
        return {"type": "ir.actions.act_window_close"}
