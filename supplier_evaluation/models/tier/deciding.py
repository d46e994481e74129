from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import open_dialog
from ...tools.groups import MANAGER_GROUP
from ..certification.status import IN_FORCE, IN_PROGRESS


class SupplierTierProposal(models.Model):
    """A manager confirms a proposal, or says why not; never one's own."""

    _inherit = "supplier.tier.proposal"

    def action_confirm(self):
        """Move the suppliers into the proposed tiers, and do what follows.

        :raises AccessError: the user is no manager, or proposed it
        :raises UserError: it is decided already
        """
        self._check_decision()
        for company, proposals in self.grouped("company_id").items():
            for proposal in proposals:
                partner = proposal.partner_id.with_company(company)
                reason = proposal.reason
                partner._set_supplier_tier(proposal.tier_to_id, reason)
                proposal._follow_tier()
        self._end("confirmed")
        return True

    def _dismiss(self, reason):
        """Say why the tier stays.

        :raises UserError: there is no reason, or it is decided already
        """
        self._check_decision()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the tier stays: it is kept."))
        self._end("dismissed", reason.strip())

    def action_dismiss(self):
        """Ask why the tier stays."""
        self._check_decision()
        return open_dialog(
            "supplier.tier.wizard",
            self.env._("Dismiss"),
            {"proposal_ids": self.ids, "deed": "dismiss"},
        )

    def _check_decision(self):
        # Also with full rights: they are not those of whoever decides.
        user = self.env.user
        if not user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only a manager of supplier evaluations decides on tiers.")
            )
        self.check_access("read")
        for proposal in self:
            if proposal.company_id not in user.company_ids:
                raise AccessError(
                    self.env._(
                        "You do not act in %s: somebody there decides.",
                        proposal.company_id.sudo().name,
                    )
                )
            if proposal.state != "proposed":
                raise UserError(
                    self.env._(
                        "The proposal for %s is decided already.",
                        proposal.partner_id.sudo().name,
                    )
                )
        self._check_segregation()

    def _involved(self):
        return super()._involved() | self.proposer_id

    def _segregation_text(self):
        return self.env._(
            "You proposed the tier of %s: somebody else decides on it.",
            self.partner_id.sudo().name,
        )

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    def _follows_in_words(self):
        """Return what happens when it is confirmed, as sentences."""
        self.ensure_one()
        tier = self.tier_to_id
        if buyer := self._new_buyer():
            yield self.env._("%s becomes its buyer.", buyer.name)
        if program := self._new_program():
            yield self.env._("An application for “%s” is opened.", program.name)
        if tier.review_months:
            yield self.env._("It is reviewed every %s months.", tier.review_months)
        for template in tier.template_ids.filtered("tier_ids"):
            yield self.env._("It is evaluated with “%s”.", template.name)

    def _follow_tier(self):
        self.ensure_one()
        partner = self.partner_id.sudo()
        if buyer := self._new_buyer():
            partner.buyer_id = buyer
        if program := self._new_program():
            owner = partner.buyer_id.filtered(self.company_id._shows_suppliers_to)
            # The tier opens it: whoever decided on that may decide here, too.
            drafts = self.env["supplier.certification"].with_user(SUPERUSER_ID)
            drafts.create(
                {
                    "partner_id": partner.id,
                    "company_id": self.company_id.id,
                    "program_id": program.id,
                    "user_id": (owner or self.env.user).id,
                }
            )

    def _new_buyer(self):
        """Return the owner of the tier, for a supplier that has no buyer yet.

        Tiers are those of all companies: whoever left, or does not act in this one,
        buys nothing here.
        """
        owner = self.tier_to_id.sudo().user_id
        owner = owner.filtered(self.company_id._shows_suppliers_to)
        return owner if not self.partner_id.sudo().buyer_id else owner.browse()

    def _new_program(self):
        """Return the programme of the tier that is to be applied for, if any.

        Not one of another company, and not if it is in force or on its way.
        """
        companies = {self.company_id.id, False}
        program = self.tier_to_id.sudo().program_id.filtered(
            lambda one: one.company_id.id in companies
        )
        present = program and self.env["supplier.certification"].search_count(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("program_id", "=", program.id),
                ("state", "in", ["draft", *IN_PROGRESS, *IN_FORCE]),
            ],
            limit=1,
        )
        return program.browse() if present else program
