from odoo import api, fields, models
from odoo.exceptions import UserError


class SupplierApplicationAcceptWizard(models.TransientModel):
    _name = "supplier.application.accept.wizard"
    _description = "Accept a Supplier Application"

    application_id = fields.Many2one("supplier.application", required=True)
    kind = fields.Selection(
        selection=[("new", "A new supplier"), ("known", "A supplier we know")],
        string="It Is",
        required=True,
        default="new",
    )
    possible_partner_ids = fields.Many2many(
        "res.partner", string="Looks Like", compute="_compute_possible_partner_ids"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Known Supplier",
        domain=[("parent_id", "=", False), ("is_company", "=", True)],
    )
    filled_in = fields.Text(
        string="What Is Added",
        compute="_compute_filled_in",
        help="What the supplier has already stays as it is.",
    )
    reason = fields.Text(
        string="Why It Is Another Company",
        help="Needed where it looks like a supplier that we know.",
    )
    is_told = fields.Boolean(string="Write to the Applicant", default=True)

    @api.depends("application_id")
    def _compute_possible_partner_ids(self):
        for wizard in self:
            candidates = wizard.application_id.candidate_ids
            wizard.possible_partner_ids = candidates.partner_id

    @api.depends("application_id", "partner_id", "kind")
    def _compute_filled_in(self):
        for wizard in self:
            partner = wizard.partner_id.commercial_partner_id
            if wizard.kind != "known" or not partner:
                wizard.filled_in = False
                continue
            application = wizard.application_id
            wizard.filled_in = "\n".join(application._additions_text(partner)) or False

    def action_apply(self):
        """Take the applicant up, and show the vendor.

        :raises UserError: no supplier is chosen, or it looks like a known one
        """
        self.ensure_one()
        if self.kind == "known" and not self.partner_id:
            raise UserError(self.env._("Choose the supplier that it is."))
        partner = self.partner_id if self.kind == "known" else None
        self.application_id._accept(partner, self.reason, self.is_told)
        return self.application_id.action_open_partner()
