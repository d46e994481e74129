from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Ask nobody twice, and no supplier about itself, when partners become one."""
        self.env["supplier.customer.review"]._cancel_of_merged(
            src_partners | dst_partner
        )
        return super()._update_foreign_keys(src_partners, dst_partner)
