from odoo import fields, models
from odoo.exceptions import UserError


class SupplierTierWizard(models.TransientModel):
    """Asks why a supplier belongs into another tier, or why it stays."""

    _name = "supplier.tier.wizard"
    _description = "Tier of a Supplier"

    deed = fields.Selection(
        [("propose", "Propose"), ("dismiss", "Dismiss")], required=True, readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    tier_id = fields.Many2one("supplier.tier")
    proposal_ids = fields.Many2many(
        "supplier.tier.proposal", "supplier_tier_wizard_rel"
    )
    reason = fields.Text(string="Why", required=True)

    def action_apply(self):
        """Do it; who may is checked by the proposal.

        :raises UserError: it does not say which tier, or that one is proposed already
        """
        self.ensure_one()
        if self.deed == "dismiss":
            self.proposal_ids._dismiss(self.reason)
            return {"type": "ir.actions.act_window_close"}
        if not self.tier_id:
            raise UserError(self.env._("Choose the tier that you propose."))
        proposals = self.env["supplier.tier.proposal"]
        proposals.check_access("read")
        made = proposals._propose(
            self.env.company,
            {self.partner_id.commercial_partner_id: (self.tier_id, self.reason)},
        )
        if not made:
            raise UserError(
                self.env._(
                    "%s is in this tier, or is proposed for it, already.",
                    self.partner_id.name,
                )
            )
        return {"type": "ir.actions.act_window_close"}
