from odoo import api, models
from odoo.exceptions import UserError

from ...tools.wording import listed


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Refuse to merge vendors that were evaluated beside each other.

        Merging moves rows by SQL and deletes those that collide: a published
        scorecard would be gone. What is only computed is computed again.
        """
        common = (src_partners | dst_partner).sudo()._supplier_evaluations_in_common()
        runs = common.filtered(
            lambda one: one.state != "computed" or one._overridden_lines()
        )
        if runs:
            raise UserError(
                self.env._(
                    "%(suppliers)s cannot be merged: each has a scorecard of its own "
                    "in %(evaluation)s, and what was published or changed by hand "
                    "there stays. Archive the vendor that is no longer used instead.",
                    suppliers=listed(
                        self.env, (src_partners | dst_partner).mapped("name")
                    ),
                    evaluation=runs[0].name,
                )
            )
        common._forget_results()
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["supplier.scorecard"].sudo()._copy_partner(dst_partner)
        return result

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Show the newest scorecard of all."""
        result = super()._update_values(src_partners, dst_partner)
        scorecards = self.env["supplier.scorecard"].sudo()
        companies = scorecards.search([("partner_id", "=", dst_partner.id)]).company_id
        for company in companies:
            scorecards._refresh_vendors(dst_partner, company)
        return result
