from odoo import fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_contract_count = fields.Integer(
        compute="_compute_supplier_contract_count", groups=USER_GROUP
    )

    def _compute_supplier_contract_count(self):
        counts = count_by(
            self.env["supplier.contract"],
            "commercial_partner_id",
            self.commercial_partner_id,
        )
        for partner in self:
            partner.supplier_contract_count = counts.get(
                partner.commercial_partner_id, 0
            )

    def action_open_supplier_contracts(self):
        """Open the contracts of the vendor, or of the company it belongs to."""
        self.ensure_one()
        return self.env["supplier.contract"]._action_list(
            [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            default_partner_id=self.commercial_partner_id.id,
        )
