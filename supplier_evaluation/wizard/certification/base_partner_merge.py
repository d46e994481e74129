from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Show how the merged vendor stands by all its certifications."""
        result = super()._update_values(src_partners, dst_partner)
        certifications = self.env["supplier.certification"].sudo()
        certifications.search([("partner_id", "=", dst_partner.id)])._refresh_vendors()
        return result
