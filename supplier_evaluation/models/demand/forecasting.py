from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...forecast.demand import forecast_demand
from ...tools.actions import open_dialog
from ...tools.optional_numbers import OptionalFloat

MONTH = relativedelta(months=1)


class SupplierDemand(models.Model):
    """Demand that is computed from what left our stock, month by month.

    How is in ``forecast/demand.py``. What somebody entered, changed or shared is never
    touched.
    """

    _inherit = "supplier.demand"

    method = fields.Selection(
        selection=[
            ("moving_average", "Average of the last 3 months"),
            ("smoothing", "Exponential smoothing"),
            ("seasonal", "Same month a year before"),
        ],
        readonly=True,
        copy=False,
        help="Of three methods, the one that erred least when it forecast the last "
        "months again from those before them.",
    )
    error = OptionalFloat(
        string="Mean Error",
        digits="Product Unit",
        readonly=True,
        copy=False,
        aggregator=None,
        help="By how much the method was wrong on average, one month ahead, in the "
        "unit of the demand.",
    )
    error_scaled = OptionalFloat(
        string="Error of Naive",
        digits=(16, 2),
        readonly=True,
        copy=False,
        aggregator=None,
        help="The mean error divided by that of “as in the month before”: below 1 it "
        "is better than that. Empty: that was never wrong.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"method", "error", "error_scaled"}

    @api.model
    def _entered_vals(self):
        """What somebody enters was made by no method."""
        return {
            **super()._entered_vals(),
            "method": False,
            "error": False,
            "error_scaled": False,
        }

    @api.model
    def action_forecast(self):
        """Open the dialog that forecasts demand."""
        return open_dialog(
            "supplier.demand.forecast.wizard", self.env._("Forecast Demand")
        )

    @api.model
    def _forecast(self, company, products, months, past):
        """Forecast demand of products from next month on, and store it.

        :param company: whose stock it left
        :param products: each is forecast where it has a vendor and enough history
        :param int months: how many to forecast
        :param int past: how many complete months before this one are looked at
        :return: the demand that was made or changed
        """
        this = company._supplier_day(fields.Datetime.now()).replace(day=1)
        first = this - past * MONTH
        history = self._monthly_use(company, products, first, this)
        # This month is not over: it is forecast, too, and left out.
        found = {
            product: forecast
            for product, used in history.items()
            if (forecast := forecast_demand(used, months + 1))
        }
        return self._store_forecasts(
            company,
            [
                {
                    "product_id": product.id,
                    "month": this + number * MONTH,
                    "quantity": product.uom_id.round(forecast.quantities[number]),
                    "method": forecast.method,
                    "error": forecast.error,
                    "error_scaled": (
                        False
                        if forecast.scaled_error is None
                        else forecast.scaled_error
                    ),
                }
                for product, forecast in found.items()
                for number in range(1, months + 1)
            ],
        )

    @api.model
    def _monthly_use(self, company, products, first, end):
        """Return how much of products left our stock for customers or production.

        What suppliers send to customers, what is returned and what is moved within is
        not in it.

        :param date first: of the first month
        :param date end: the day after the last month
        :return: ``{product: list}`` with a number for each month since the first one in
            which it left, in the product's unit
        """
        if not products:
            return {}
        self.env.flush_all()
        query = SQL(
            """
            SELECT line.product_id,
                   DATE_TRUNC('month', line.date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)
                       ::date AS month,
                   SUM(line.quantity_product_uom)
              FROM stock_move_line line
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location target ON target.id = line.location_dest_id
             WHERE line.state = 'done'
               AND line.company_id = %(company)s
               AND line.product_id IN %(products)s
               AND source.usage = 'internal'
               AND target.usage IN ('customer', 'production')
               AND line.date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s >= %(first)s
               AND line.date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s < %(end)s
          GROUP BY 1, 2
            """,
            tz=company._supplier_tz(),
            company=company.id,
            products=products._ids,
            first=first,
            end=end,
        )
        by_product = {}
        for product_id, month, quantity in self.env.execute_query(query):
            by_product.setdefault(product_id, {})[month] = quantity
        # All at once: what is asked of one is read for the others, too.
        return {
            product: _filled(by_product[product.id], end)
            for product in self.env["product.product"].browse(by_product)
        }

    @api.model
    def _store_forecasts(self, company, vals_list):
        """Make or change forecasts, where nobody entered or shared anything.

        :param list vals_list: with product, month and what is forecast
        :return: the demand that was made or changed
        """
        known = self.with_context(active_test=False).search(
            [
                ("company_id", "=", company.id),
                ("product_id", "in", [vals["product_id"] for vals in vals_list]),
                ("month", "in", list({vals["month"] for vals in vals_list})),
            ]
        )
        # What a computer changes that nobody has seen is not logged.
        known = known.with_context(tracking_disable=True)
        by_key = known.grouped(lambda one: (one.product_id.id, one.month))
        stored, fresh = self.browse(), []
        for vals in vals_list:
            there = by_key.get((vals["product_id"], vals["month"]))
            if not there:
                fresh.append(vals)
            elif all(one._may_be_forecast() for one in there):
                there[:1]._write_guarded(vals)
                stored |= there[:1]
        return stored.with_env(self.env) | self._create_forecasts(company, fresh)

    @api.model
    def _create_forecasts(self, company, vals_list):
        """Make forecasts of products with a vendor, as new records hold them."""
        own = {"company_id": company.id, "source": "forecast"}
        products = self.env["product.product"].browse(
            dict.fromkeys(vals["product_id"] for vals in vals_list)
        )
        vendors = {
            product.id: offered[0].id
            for product in products
            if (offered := self._vendors(product, company))
        }
        made = self._unguarded().create(
            [
                {**vals, **own, "partner_id": vendors[vals["product_id"]]}
                for vals in vals_list
                if vals["product_id"] in vendors
            ]
        )
        return made.with_env(self.env)

    def _may_be_forecast(self):
        """Whether nobody changed, shared or archived it."""
        self.ensure_one()
        return self.source == "forecast" and self.active and not self.date_shared


def _filled(used, end):
    """Return quantities by month without a gap, up to the month before ``end``.

    :param dict used: quantities by first day of their month
    """
    month, filled = min(used), []
    while month < end:
        filled.append(used.get(month, 0.0))
        month += MONTH
    return filled
