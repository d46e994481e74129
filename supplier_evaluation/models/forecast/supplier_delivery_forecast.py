from odoo import api, fields, models

from ...tools.actions import open_dialog
from .supplier_delivery_forecast_mixin import BASES

# What rests on others only: it says nothing of the supplier itself.
OF_OTHERS = ("others", "peers")
# Of fewer deliveries, what a supplier did says little; see ``forecast.lateness``.
FEW = 5


class SupplierDeliveryForecast(models.Model):
    """How probable it is that an open order line comes late, and by how many days.

    The formula is that of ``forecast.lateness``; the forecasts are made anew by night,
    see ``forecasting.py``.
    """

    _name = "supplier.delivery.forecast"
    _inherit = "supplier.delivery.forecast.mixin"
    _description = "Expected Late Delivery"
    _order = "probability desc, expected_days desc, id"
    _rec_name = "purchase_line_id"

    is_overdue = fields.Boolean(string="Late Already", readonly=True)
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

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

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
