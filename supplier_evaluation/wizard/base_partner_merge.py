from odoo import api, models
from odoo.exceptions import UserError


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Refuse to merge vendors that were evaluated beside each other.

        Merging moves rows by SQL and deletes those that collide: a published
        scorecard would be gone.
        """
        runs = (src_partners | dst_partner).sudo()._supplier_evaluations_in_common()
        if runs:
            raise UserError(
                self.env._(
                    "%(suppliers)s cannot be merged: each has a scorecard of its own "
                    "in %(evaluation)s, and published scorecards stay. Archive the "
                    "vendor that is no longer used instead.",
                    suppliers=", ".join((src_partners | dst_partner).mapped("name")),
                    evaluation=runs[0].name,
                )
            )
        self.env["supplier.review"]._keep_one_of(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Show the newest scorecard of all, and keep a block of any of the vendors."""
        stage_changes = self.env["supplier.stage.change"]
        exits = stage_changes._exits_lost_by_merge(src_partners, dst_partner)
        result = super()._update_values(src_partners, dst_partner._unguarded())
        scorecards = self.env["supplier.scorecard"].sudo()
        companies = scorecards.search([("partner_id", "=", dst_partner.id)]).company_id
        for company in companies:
            scorecards._refresh_vendors(dst_partner, company)
        stage_changes._keep_exits(exits, dst_partner)
        stage_changes._explain_merge(dst_partner)
        certifications = self.env["supplier.certification"].sudo()
        certifications.search([("partner_id", "=", dst_partner.id)])._refresh_vendors()
        return result
