from odoo import fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_corrective_count = fields.Integer(
        string="Corrective Actions",
        compute="_compute_supplier_corrective_count",
        groups=USER_GROUP,
    )

    def _compute_supplier_corrective_count(self):
        """A contact shows what is open with its company."""
        counts = count_by(
            self.env["supplier.corrective.action"],
            "partner_id",
            self.commercial_partner_id,
            [("state", "in", ["open", "verifying"])],
        )
        for partner in self:
            partner.supplier_corrective_count = counts.get(
                partner.commercial_partner_id, 0
            )

    def action_open_supplier_corrective_actions(self):
        """Open the corrective actions of the vendor."""
        self.ensure_one()
        return self.env["supplier.corrective.action"]._action_list(
            [("partner_id", "=", self.commercial_partner_id.id)],
            default_partner_id=self.commercial_partner_id.id,
        )
