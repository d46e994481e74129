from odoo import api, fields, models

from ...tools.groups import USER_GROUP
from ...tools.optional_numbers import OptionalFloat


class PurchaseOrderLine(models.Model):
    """Shows what is expected of a line that is still to come."""

    _inherit = "purchase.order.line"

    late_forecast_ids = fields.One2many(
        "supplier.delivery.forecast",
        "purchase_line_id",
        string="Delivery Forecasts",
        groups=USER_GROUP,
    )
    late_probability = OptionalFloat(
        string="Probability of Being Late",
        compute="_compute_late_forecast",
        compute_sudo=False,
        groups=USER_GROUP,
    )
    late_days = OptionalFloat(
        string="Expected Days Late",
        digits=(16, 1),
        compute="_compute_late_forecast",
        compute_sudo=False,
        groups=USER_GROUP,
    )
    late_text = fields.Char(
        string="Expected Late",
        compute="_compute_late_forecast",
        compute_sudo=False,
        groups=USER_GROUP,
        help="How probable it is that the line comes late. Computed by night.",
    )

    @api.depends("late_forecast_ids.probability", "late_forecast_ids.expected_days")
    def _compute_late_forecast(self):
        for line in self:
            forecast = line.late_forecast_ids[:1]
            line.late_probability = forecast.probability if forecast else False
            line.late_days = forecast.expected_days if forecast else False
            line.late_text = (
                f"{100 * forecast.probability:.0f} %" if forecast else False
            )

    def action_open_late_forecast(self):
        """Open what the probability is made of, over the order."""
        self.ensure_one()
        return self.late_forecast_ids.action_explain()
