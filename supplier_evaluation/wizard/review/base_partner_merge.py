from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Keep one review of those that one person gave of several of the vendors."""
        self.env["supplier.review"]._keep_one_of(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
