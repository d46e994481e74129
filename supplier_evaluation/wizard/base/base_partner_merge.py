from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Let a merge write what nobody may write by hand, and tell the tier kept."""
        result = super()._update_values(src_partners, dst_partner._unguarded())
        self.env["supplier.tier.change"]._explain_merge(dst_partner)
        return result
