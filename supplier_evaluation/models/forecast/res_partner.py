from odoo import fields, models

from ...tools.actions import open_records
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    """A vendor shows how many of its open lines are expected late."""

    _inherit = "res.partner"

    late_forecast_count = fields.Integer(
        string="Delivery Forecasts",
        compute="_compute_late_forecast_count",
        groups=USER_GROUP,
    )
    late_forecast_text = fields.Char(
        string="Expected Late",
        compute="_compute_late_forecast_count",
        groups=USER_GROUP,
    )

    def _compute_late_forecast_count(self):
        rows = self.env["supplier.delivery.forecast"]._read_group(
            [("partner_id", "in", self.commercial_partner_id.ids)],
            ["partner_id"],
            ["__count", "probability:sum"],
        )
        found = {partner: (count, expected) for partner, count, expected in rows}
        for partner in self:
            count, expected = found.get(partner.commercial_partner_id, (0, 0.0))
            partner.late_forecast_count = count
            partner.late_forecast_text = self.env._(
                "%(late)s of %(count)s", late=f"{expected:.1f}", count=count
            )

    def action_open_late_forecasts(self):
        """Open the forecasts of the vendor, or of the company it belongs to."""
        self.ensure_one()
        partner = self.commercial_partner_id
        return open_records(
            self.env,
            "supplier_evaluation.supplier_delivery_forecast_action",
            [("partner_id", "=", partner.id)],
            name=partner.display_name,
        )
