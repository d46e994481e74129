from odoo import api, fields, models

from ...tools.groups import USER_GROUP
from ...tools.numbers import number
from ...tools.optional_numbers import OptionalFloat
from .forecasting import own_count
from .ordering import open_line
from .supplier_delivery_forecast import FEW

# Where something is asked or ordered, and not confirmed yet.
WRITTEN = ("draft", "sent", "to approve")


class PurchaseOrderLine(models.Model):
    """Shows what is expected of a line that is still to come.

    Of an order that was confirmed it is the forecast that is made by night; before, it
    is what that will say, from what was learned last.
    """

    _inherit = "purchase.order.line"

    late_forecast_ids = fields.One2many(
        "supplier.delivery.forecast",
        "purchase_line_id",
        string="Delivery Forecasts",
        groups=USER_GROUP,
    )
    late_first_ids = fields.One2many(
        "supplier.delivery.forecast.first",
        "purchase_line_id",
        string="Forecasts When Ordered",
        groups=USER_GROUP,
    )
    late_probability = OptionalFloat(
        string="Probability of Being Late",
        compute="_compute_late_forecast",
        compute_sudo=False,
        groups=USER_GROUP,
    )
    late_low = OptionalFloat(
        string="Probability, at Least",
        compute="_compute_late_forecast",
        compute_sudo=False,
        groups=USER_GROUP,
    )
    late_high = OptionalFloat(
        string="Probability, at Most",
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
        help="How probable it is that the line comes late, with a certainty of 95 % "
        "between both bounds. Before the order is confirmed: from what was learned "
        "last night.",
    )
    late_few_deliveries = OptionalFloat(
        string="Deliveries, Where Few",
        compute="_compute_late_forecast",
        compute_sudo=False,
        groups=USER_GROUP,
        help="Of how many deliveries of the supplier is known, where they are too few.",
    )
    late_first_text = fields.Char(
        string="Expected Late When Ordered",
        compute="_compute_late_first_text",
        compute_sudo=False,
        groups=USER_GROUP,
        help="What was told when the order was confirmed. It stays as it was.",
    )

    @api.depends(
        "late_forecast_ids.probability",
        "late_forecast_ids.expected_days",
        "state",
        "order_id.partner_id",
        "product_id",
        "product_qty",
        "date_planned",
    )
    @api.depends_context("lang")
    def _compute_late_forecast(self):
        self._set_late()
        forecasts = self.env["supplier.delivery.forecast"]
        for line in self.filtered(lambda one: one.state == "purchase"):
            kept = line.late_forecast_ids[:1]
            if kept:
                line._set_late(kept, kept.expected_days, kept._own_count())
        written = self.filtered(lambda one: one.state in WRITTEN)
        for lines in written.grouped("company_id").values():
            told, _lesson = forecasts._told(lines)
            for line in lines.filtered(told.__contains__):
                _opened, found, said = told[line]
                line._set_late(said, said.days, own_count(found))

    def _set_late(self, said=None, days=None, count=FEW):
        """Set what is expected; nothing without it.

        :param said: with ``probability``, ``low`` and ``high``
        :param days: that are expected; none where nobody was ever late
        :param count: how many deliveries of the supplier are known
        """
        self.late_probability = said.probability if said else False
        self.late_low = said.low if said else False
        self.late_high = said.high if said else False
        self.late_days = False if days is None else days
        is_sure = not said or said.low == said.high
        self.late_few_deliveries = False if is_sure or count >= FEW else count
        self.late_text = self._late_in_words(said, count) if said else False

    def _late_in_words(self, said, count=FEW):
        """Return the probability with its interval, and whether little is known."""
        words = {
            "share": number(self.env, 100 * said.probability, 0),
            "low": number(self.env, 100 * said.low, 0),
            "high": number(self.env, 100 * said.high, 0),
        }
        if said.low == said.high:
            return f"{words['share']} %"
        if count < FEW:
            return self.env._(
                "%(share)s %% (%(low)s to %(high)s %%), too few deliveries", **words
            )
        return self.env._("%(share)s %% (%(low)s to %(high)s %%)", **words)

    @api.depends("late_first_ids.probability")
    @api.depends_context("lang")
    def _compute_late_first_text(self):
        for line in self:
            first = line.late_first_ids[:1]
            line.late_first_text = bool(first) and line._late_in_words(
                first, first.delivery_count
            )

    def action_open_late_forecast(self):
        """Open what the probability is made of, over the order."""
        self.ensure_one()
        return self.late_forecast_ids.action_explain()

    def _as_open_line(self):
        """Return the line as one of which something is to come, or None."""
        self.ensure_one()
        return open_line(self)

    def _freeze_promise(self):
        """Forecast what was promised just now; see ``forecasting`` for the night."""
        result = super()._freeze_promise()
        for lines in self.grouped("company_id").values():
            self.env["supplier.delivery.forecast"]._forecast_ordered(lines)
        return result
