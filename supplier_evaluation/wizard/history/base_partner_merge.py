from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Of one order line that both have, keep one, if both say the same of it."""
        names = ["company_id", "order_ref", "line_ref"]
        twins = self._supplier_twins(
            "supplier.history.line", names, dst_partner | src_partners
        )
        self._keep_one_of_twins(twins, lambda line: line._as_said())
        return super()._update_foreign_keys(src_partners, dst_partner)
