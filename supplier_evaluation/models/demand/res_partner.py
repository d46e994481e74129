from odoo import fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_demand_count = fields.Integer(
        compute="_compute_supplier_demand_count", groups=USER_GROUP
    )

    def _compute_supplier_demand_count(self):
        counts = count_by(
            self.env["supplier.demand"], "partner_id", self.commercial_partner_id
        )
        for partner in self:
            partner.supplier_demand_count = counts.get(partner.commercial_partner_id, 0)

    def action_open_supplier_demand(self):
        """Open what we expect to need from the vendor, or from its company."""
        self.ensure_one()
        supplier = self.commercial_partner_id
        return self.env["supplier.demand"]._action_list(
            [("partner_id", "=", supplier.id)], default_partner_id=supplier.id
        )
