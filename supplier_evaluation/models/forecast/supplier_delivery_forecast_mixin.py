from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat

BASES = [
    ("others", "All Other Suppliers"),
    ("peers", "Other Suppliers of the Category"),
    ("supplier", "Other Products of the Supplier"),
    ("product", "This Product of the Supplier"),
]


class SupplierDeliveryForecastMixin(models.AbstractModel):
    """What a forecast says of an order line: that of last night, and the first one."""

    _name = "supplier.delivery.forecast.mixin"
    _inherit = ["supplier.empty.help.mixin"]
    _description = "Forecast of a Delivery"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        string="Order Line",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(
        "purchase.order", readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="order_id.user_id", string="Buyer")
    product_id = fields.Many2one("product.product", readonly=True, ondelete="cascade")
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        readonly=True,
        ondelete="set null",
    )
    date_promised = fields.Date(string="Promised", readonly=True)
    probability = fields.Float(
        string="Probability of Being Late",
        readonly=True,
        aggregator="avg",
        help="Of the whole quantity not being there on the promised day.",
    )
    low = fields.Float(
        string="Probability, at Least",
        readonly=True,
        aggregator=None,
        help="With a certainty of 95 %, the probability is between both bounds.",
    )
    high = fields.Float(string="Probability, at Most", readonly=True, aggregator=None)
    days_when_late = OptionalFloat(
        string="Days, if Late",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="What late deliveries took longer on average. Empty: none was late yet.",
    )
    expected_days = OptionalFloat(
        string="Expected Days Late",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="The probability times the days, if late.",
    )
    basis = fields.Selection(
        BASES,
        string="Known From",
        readonly=True,
        help="What comes nearest to this delivery among those that are known.",
    )

    @api.depends("order_id.name", "product_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for forecast in self:
            own = forecast.sudo()
            names = (own.order_id.name, own.product_id.display_name)
            forecast.display_name = " ".join(filter(None, names))

    def action_open_order(self):
        """Open the order."""
        self.ensure_one()
        return self.order_id.get_formview_action()
