from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Keep one open reward of each kind for the vendors that become one.

        Two shares of one product are for a person to put together.
        """
        partners = dst_partner | src_partners
        names = ["allocation_id"]
        for twins in self._supplier_twins("supplier.allocation.line", names, partners):
            self._refuse_twins(twins, whole=twins.allocation_id)
        self.env["supplier.incentive"]._keep_one_of(partners)
        return super()._update_foreign_keys(src_partners, dst_partner)
