from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Keep a block of any of the vendors, and tell it in the history of stages."""
        changes = self.env["supplier.stage.change"]
        exits = changes._exits_lost_by_merge(src_partners, dst_partner)
        result = super()._update_values(src_partners, dst_partner)
        changes._keep_exits(exits, dst_partner)
        changes._explain_merge(dst_partner)
        return result
