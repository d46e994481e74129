from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Tell the chains of seals that rows of vendors are those of another one."""
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["supplier.chain.waiting"]._note_merged(src_partners, dst_partner)
        return result
