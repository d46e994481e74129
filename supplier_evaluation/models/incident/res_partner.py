from odoo import fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_incident_count = fields.Integer(
        string="Incidents",
        compute="_compute_supplier_incident_count",
        groups=USER_GROUP,
    )

    def _compute_supplier_incident_count(self):
        """A contact shows the incidents of its company, like its scorecards."""
        counts = count_by(
            self.env["supplier.incident"],
            "commercial_partner_id",
            self.commercial_partner_id,
        )
        for partner in self:
            partner.supplier_incident_count = counts.get(
                partner.commercial_partner_id, 0
            )

    def action_open_supplier_incidents(self):
        """Open the incidents of the vendor; a new one is about this contact."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_list(
            [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            partner_id=self.id,
        )
