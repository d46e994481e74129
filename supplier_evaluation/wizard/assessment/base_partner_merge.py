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

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Keep who entered an address that one partner takes over from another."""
        # As Odoo has it: its own stays, and of the others the last one is taken.
        source = src_partners.browse()
        if not dst_partner.email:
            source = src_partners.filtered("email")[-1:]
        entered = source and source._mail_entered()
        result = super()._update_values(src_partners, dst_partner)
        if entered:
            dst_partner._keep_mail_entered(*entered)
        return result
