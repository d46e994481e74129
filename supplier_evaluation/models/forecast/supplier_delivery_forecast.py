from odoo import api, fields, models

from ...forecast import LEVELS
from ...tools.actions import open_dialog
from ...tools.empty_list import help_for
from ...tools.optional_numbers import OptionalFloat

BASES = [
    ("others", "All Other Suppliers"),
    ("peers", "Other Suppliers of the Category"),
    ("supplier", "Other Products of the Supplier"),
    ("product", "This Product of the Supplier"),
]
# What rests on others only: it says nothing of the supplier itself.
OF_OTHERS = ("others", "peers")
# From here on it is more probable that it comes late than that it does not.
LIKELY = 0.5
# Of fewer deliveries, what a supplier did says little; see ``forecast.lateness``.
FEW = 5


class SupplierDeliveryForecast(models.Model):
    """How probable it is that an open order line comes late, and by how many days.

    The formula is that of ``forecast.lateness``; the forecasts are made anew by night,
    see ``forecasting.py``.
    """

    _name = "supplier.delivery.forecast"
    _description = "Expected Late Delivery"
    _order = "probability desc, expected_days desc, id"
    _rec_name = "purchase_line_id"

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
    is_overdue = fields.Boolean(string="Late Already", readonly=True)
    basis = fields.Selection(
        BASES,
        string="Known From",
        readonly=True,
        help="What comes nearest to this delivery among those that are known.",
    )
    is_provisional = fields.Boolean(
        string="Nothing Known of the Supplier",
        compute="_compute_is_provisional",
        search="_search_is_provisional",
    )
    explanation = fields.Char(compute="_compute_explanation")
    date_from = fields.Date(string="Deliveries Since", readonly=True)
    date_computed = fields.Datetime(string="Computed On", readonly=True)
    level_ids = fields.One2many(
        "supplier.delivery.forecast.level", "forecast_id", string="Made Of"
    )

    _line_uniq = models.UniqueIndex(
        "(purchase_line_id)", "There is a forecast for this order line already."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("order_id.name", "product_id.name")
    def _compute_display_name(self):
        for forecast in self:
            own = forecast.sudo()
            names = (own.order_id.name, own.product_id.display_name)
            forecast.display_name = " ".join(filter(None, names))

    @api.depends("basis")
    def _compute_is_provisional(self):
        for forecast in self:
            forecast.is_provisional = forecast.basis in OF_OTHERS

    def _search_is_provisional(self, operator, value):
        if operator != "in":
            return NotImplemented
        bases = [name for name, _label in BASES if (name in OF_OTHERS) in set(value)]
        return [("basis", "in", bases)]

    @api.depends("basis", "is_overdue", "level_ids")
    def _compute_explanation(self):
        for forecast in self:
            forecast.explanation = forecast._explain()

    def _explain(self):
        """Return in a sentence what the probability rests on most."""
        self.ensure_one()
        if self.is_overdue:
            return self.env._("The promised day is over: it is late already.")
        level = self.level_ids.filtered(lambda one: one.level == self.basis)
        numbers = {"count": level.delivery_count, "late": level.late_count}
        if self.basis == "product":
            return self.env._(
                "%(late)s of %(count)s deliveries of this product by this supplier "
                "were late; what is known of its peers is weighed in.",
                **numbers,
            )
        if self.basis == "supplier":
            return self.env._(
                "This supplier has not delivered this product yet. %(late)s of its "
                "%(count)s other deliveries were late.",
                **numbers,
            )
        if self.basis == "peers":
            return self.env._(
                "Provisional: nothing is known of this supplier. %(late)s of %(count)s "
                "deliveries of its peers in the category were late.",
                **numbers,
            )
        return self.env._(
            "Provisional: nothing is known of this supplier, nor of others in the "
            "category. %(late)s of %(count)s deliveries of all others were late.",
            **numbers,
        )

    @api.model
    @api.readonly
    def get_empty_list_help(self, help_message):
        return help_for(self.env, super().get_empty_list_help(help_message))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_order(self):
        """Open the order."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    def action_explain(self):
        """Open what the number is made of, over the present screen."""
        self.ensure_one()
        return open_dialog(self._name, self.display_name, record=self)

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _own_count(self):
        """Return how many deliveries of the supplier itself the forecast rests on."""
        self.ensure_one()
        own = self.level_ids.filtered(lambda one: one.level in ("product", "supplier"))
        return sum(own.mapped("delivery_count"))

    @api.model
    def _level_names(self):
        """Return the labels of the levels, from the inside outwards."""
        labels = dict(self._fields["basis"]._description_selection(self.env))
        return {name: labels[name] for name in reversed(LEVELS)}
