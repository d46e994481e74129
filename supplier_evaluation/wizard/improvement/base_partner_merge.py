from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Keep one open reward of each kind for the vendors that become one."""
        self.env["supplier.incentive"]._keep_one_of(dst_partner | src_partners)
        return super()._update_foreign_keys(src_partners, dst_partner)
