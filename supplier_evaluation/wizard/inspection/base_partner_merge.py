from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Refuse where both have an inspection of one number from another system."""
        twins = self._supplier_twins(
            "supplier.inspection",
            ["company_id", "name"],
            dst_partner | src_partners,
            [("source", "!=", False)],
            vendor="commercial_partner_id",
        )
        for same in twins:
            self._refuse_twins(same, vendor="commercial_partner_id")
        return super()._update_foreign_keys(src_partners, dst_partner)
