from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Of one bill that both have, keep one, if both say the same of it."""
        vendor = "commercial_partner_id"
        twins = self._supplier_twins(
            "supplier.history.bill",
            ["company_id", "name"],
            dst_partner | src_partners,
            vendor=vendor,
        )
        self._keep_one_of_twins(twins, lambda bill: bill._as_said(), vendor)
        return super()._update_foreign_keys(src_partners, dst_partner)
