from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Refuse where both have demand of one product and month: is it one, or two?"""
        names = ["company_id", "product_id", "month:month"]
        partners = dst_partner | src_partners
        for twins in self._supplier_twins("supplier.demand", names, partners):
            self._refuse_twins(twins)
        return super()._update_foreign_keys(src_partners, dst_partner)
