from odoo import api, fields, models
from odoo.fields import Domain

from ...scoring.scope import CONTEXT_KEY
from ...tools.actions import open_records
from ...tools.optional_numbers import OptionalFloat
from .supplier_delivery_forecast_mixin import BASES

BEGIN = "begin"


class SupplierDeliveryForecastLevel(models.Model):
    """What a forecast is made of: the deliveries of one level, and their weight.

    The rates times their weights add up to the probability.
    """

    _name = "supplier.delivery.forecast.level"
    _description = "Part of a Delivery Forecast"
    _order = "forecast_id, sequence, id"
    _rec_name = "level"

    forecast_id = fields.Many2one(
        "supplier.delivery.forecast",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(readonly=True)
    level = fields.Selection(
        [*reversed(BASES), (BEGIN, "What Every Forecast Begins With")],
        string="Deliveries Of",
        required=True,
        readonly=True,
    )
    delivery_count = fields.Integer(string="Deliveries", readonly=True)
    late_count = fields.Integer(string="Late Ones", readonly=True)
    rate = OptionalFloat(
        string="Share Late",
        readonly=True,
        aggregator=None,
        help="A delivery that was due 180 days ago counts half, one of 360 days ago a "
        "quarter, and so on.",
    )
    weight = fields.Float(
        string="Weight in the Forecast",
        readonly=True,
        aggregator="sum",
        help="The more deliveries, and the more alike the groups outside, the more "
        "they weigh.",
    )
    contribution = fields.Float(
        string="Adds to the Probability",
        compute="_compute_contribution",
        aggregator=None,
    )

    @api.depends("rate", "weight")
    def _compute_contribution(self):
        for level in self:
            level.contribution = (level.rate or 0.0) * level.weight

    def action_open_deliveries(self):
        """Open the deliveries that were counted, as they were known then."""
        self.ensure_one()
        forecast = self.forecast_id
        scope = forecast._scope(forecast.company_id, forecast.date_computed)
        label = dict(self._fields["level"]._description_selection(self.env))
        return open_records(
            self.env,
            "supplier_evaluation.supplier_delivery_fact_action",
            list(forecast._facts_domain() & self._level_domain()),
            context={CONTEXT_KEY: scope.to_context(), "create": False},
            name=label[self.level],
        )

    def _level_domain(self):
        """Return which deliveries are those of the level, each in one of them."""
        forecast = self.forecast_id
        own = Domain("partner_id", "=", forecast.partner_id.id)
        product = Domain("product_id", "=", forecast.product_id.id)
        category = Domain("categ_id", "=", forecast.categ_id.id)
        return {
            "product": own & product,
            "supplier": own & ~product,
            "peers": ~own & category,
            "others": ~own & ~category,
        }.get(self.level, Domain.FALSE)
