from bisect import bisect_right

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...forecast.calibration import BANDS
from ...report.history.rows import FACT_IDS
from ...tools.bulk import bulk_copy
from ...tools.optional_numbers import OptionalFloat
from .forecasting import own_count

ORDER_LINE = "purchase.order.line"
# What is kept, as it was told when the order was confirmed.
COLUMNS = (
    "company_id",
    "partner_id",
    "purchase_line_id",
    "order_id",
    "product_id",
    "categ_id",
    "date_promised",
    "probability",
    "low",
    "high",
    "days_when_late",
    "expected_days",
    "basis",
    "delivery_count",
    "band",
)


class SupplierDeliveryForecastFirst(models.Model):
    """What was expected of an order line when it was ordered, and what came of it.

    It is never made anew: so it can be seen whether forecasts come true. What came of
    it is what the delivery facts say, read by night.
    """

    _name = "supplier.delivery.forecast.first"
    _inherit = "supplier.delivery.forecast.mixin"
    _description = "Delivery Forecast When Ordered"
    _order = "id desc"
    _rec_name = "purchase_line_id"

    create_date = fields.Datetime(string="Forecast On", readonly=True)
    probability = fields.Float(help="As it was told when the order was confirmed.")
    delivery_count = fields.Integer(
        string="Deliveries of the Supplier",
        readonly=True,
        aggregator=None,
        help="Of how many deliveries of the supplier itself was known.",
    )
    band = fields.Selection(
        [
            ("0", "0 to 2 %"),
            ("1", "2 to 5 %"),
            ("2", "5 to 10 %"),
            ("3", "10 to 20 %"),
            ("4", "20 to 40 %"),
            ("5", "40 to 60 %"),
            ("6", "60 to 100 %"),
        ],
        string="Band of Probability",
        readonly=True,
    )
    days_late = OptionalFloat(
        string="Days Late in Fact",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="As the delivery facts count them. Empty: its day is not over yet, or it "
        "was left out.",
    )
    came_late = OptionalFloat(
        string="Came Late",
        readonly=True,
        aggregator="avg",
        help="100 %: it came late; 0 %: in time. Of several lines, the share that came "
        "late: it is to be near the probability.",
    )
    square_error = OptionalFloat(
        string="Brier Score",
        readonly=True,
        aggregator="avg",
        digits=(16, 4),
        help="The mean squared difference of what was expected and what came. Less is "
        "better; always saying one half gives 0.25.",
    )

    _line_uniq = models.UniqueIndex(
        "(purchase_line_id)", "There is a first forecast of this order line already."
    )

    @api.model
    def _keep(self, company, told):
        """Keep what was told of lines that have no first forecast yet.

        What is late already when it is ordered was not forecast.

        :param told: ``{OpenLine: (Lateness, Expectation)}``
        """
        lines = [line for line, (_, said) in told.items() if not said.is_overdue]
        known = self.search_fetch(
            [("purchase_line_id", "in", [line.line_id for line in lines])],
            ["purchase_line_id"],
        ).purchase_line_id._ids
        rows = [
            _values(company, line, *told[line])
            for line in lines
            if line.line_id not in known
        ]
        if rows:
            bulk_copy(self, COLUMNS, rows)
            self.invalidate_model()

    @api.model
    def _note_outcomes(self, scope):
        """Note what came of the forecasts: by one statement, from the facts.

        What does not count any more has no outcome any more.
        """
        facts = self.env["supplier.delivery.fact"].with_context(active_test=False)
        facts = facts._with_fact_scope(scope)
        domain = Domain("exclusion", "=", False) & Domain("days_late", "!=", False)
        query = facts._search(domain)
        columns = SQL(
            "%s AS id, %s AS days",
            facts._field_to_sql(facts._table, "id", query),
            facts._field_to_sql(facts._table, "days_late", query),
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE supplier_delivery_forecast_first kept
                   SET days_late = came.days,
                       came_late = (came.days > 0)::integer::float8,
                       square_error = POWER(kept.probability
                                            - (came.days > 0)::integer, 2)
                  FROM supplier_delivery_forecast_first one
             LEFT JOIN (%(facts)s) fact ON fact.id = %(fact_id)s
            CROSS JOIN LATERAL (
                       SELECT CASE WHEN fact.id IS NOT NULL
                                   THEN GREATEST(0, fact.days)::float8 END AS days
                       ) came
                 WHERE kept.id = one.id
                   AND kept.company_id = %(company)s
                   AND kept.date_promised >= %(date_from)s
                   AND kept.days_late IS DISTINCT FROM came.days
                """,
                facts=query.select(columns),
                fact_id=FACT_IDS.sql(ORDER_LINE, SQL("one.purchase_line_id")),
                company=scope.company_id,
                date_from=scope.date_from,
            )
        )
        self.invalidate_model()


def _values(company, line, found, said):
    """Return what is kept of a line, in the order of ``COLUMNS``."""
    return (
        company.id,
        line.partner_id,
        line.line_id,
        line.order_id,
        line.product_id,
        line.categ_id,
        line.promised,
        said.probability,
        said.low,
        said.high,
        found.days_when_late,
        said.days,
        found.basis,
        own_count(found),
        str(bisect_right(BANDS, said.probability) - 1),
    )
