from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Of looks of one day keep one, which says what all of them had in view."""
        twins = self._supplier_twins(
            "supplier.risk.check",
            ["company_id", "source", "date:day"],
            dst_partner | src_partners,
            vendor="commercial_partner_id",
        )
        for same in twins:
            same._become_one()
        return super()._update_foreign_keys(src_partners, dst_partner)
