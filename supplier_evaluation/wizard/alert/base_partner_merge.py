from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Keep one open alert of those that a rule raised about several of them."""
        self.env["supplier.alert"]._keep_one_of(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
