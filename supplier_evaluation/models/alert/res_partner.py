from odoo import fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_alert_count = fields.Integer(
        string="Alerts", compute="_compute_supplier_alert_count", groups=USER_GROUP
    )

    def _compute_supplier_alert_count(self):
        """A contact shows the alerts of its company."""
        counts = count_by(
            self.env["supplier.alert"],
            "partner_id",
            self.commercial_partner_id,
            [("state", "!=", "resolved")],
        )
        for partner in self:
            partner.supplier_alert_count = counts.get(partner.commercial_partner_id, 0)

    def action_open_supplier_alerts(self):
        """Open the alerts of the vendor, those that are not over first."""
        self.ensure_one()
        return self.env["supplier.alert"]._action_list(
            [("partner_id", "=", self.commercial_partner_id.id)],
            search_default_open=1,
        )
