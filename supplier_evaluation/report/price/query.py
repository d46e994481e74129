"""The SQL of the price facts: what was paid, before, and by others.

Prices are per unit of the product, after discount, in the order's currency. Amounts
are in company currency at the rate of the order. Products that a file only names are
known by their name.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ...scoring.scope import TICK
from ..fact.price import ORDER_CURRENCY, gross_when_ordered, net_when_ordered
from ..fact.query import FactQuery, fact_columns
from ..history.rows import (
    FACT_IDS,
    HISTORY_COLUMNS,
    HISTORY_EXCLUSION,
    HISTORY_LINE,
    HISTORY_TABLES,
    ORDER_COLUMNS,
    ORDER_LINE,
    ORDER_TABLES,
    join_twins,
)
from ..promise.at_cutoff import CONFIRMED, PromiseAtCutoff

# What a figure needs, by the name of its aspect.
NEEDS = {
    "reference": SQL("reference.price"),
    "market": SQL("market.price"),
    "volatility": SQL("own.variation"),
}
# A product that is only named has a negative key, made of its name.
NAME_KEY = SQL("-(('x' || substr(md5(lower(l.product_name)), 1, 15))::bit(60)::bigint)")

# A price with when it was confirmed; the greatest of several is the last one.
AS_REFERENCE = SQL(
    """
    ARRAY[EXTRACT(EPOCH FROM confirmed), id, price, day - DATE '2000-01-01']::float8[]
    """
)

REFERENCE = """
    SELECT before.last_before[3] AS price,
           before.last_before[2]::bigint AS line,
           DATE '2000-01-01' + before.last_before[4]::integer AS day
      FROM (SELECT %(last_before)s) before
"""
# What each supplier asked for a product, in the year and in the period.
SUPPLY = SQL(
    """
    SELECT company_id, product_key, partner_id,
           SUM(value) FILTER (WHERE in_year)
               / NULLIF(SUM(quantity) FILTER (WHERE in_year), 0) AS price,
           SUM(value) FILTER (WHERE in_period)
               / NULLIF(SUM(quantity) FILTER (WHERE in_period), 0) AS period_price
      FROM line
     WHERE is_compared
     GROUP BY company_id, product_key, partner_id
    """
)
MARKET = SQL(
    """
    SELECT company_id, product_key,
           PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY price) AS price,
           COUNT(price) AS suppliers
      FROM supply
     WHERE price > 0 -- who only gave a sample has no price
     GROUP BY company_id, product_key
    HAVING COUNT(price) >= 2
    """
)


class PriceQuery(FactQuery):
    """Builds the query of ``supplier.price.fact``.

    The lines are read once; what they are compared with is made of the same reading.
    """

    def __init__(self, facts):
        super().__init__(facts)
        self.promise = PromiseAtCutoff.of(facts.env, self.scope)
        # A record rule shows a user these only; it is applied outside.
        self.companies = None if facts.env.su else facts.env.companies.ids
        year_before = self.scope.year_end - relativedelta(years=1)
        self.year = (year_before + timedelta(days=1), self.scope.year_end)

    def sql(self):
        """Return the whole query, one row per confirmed line of the period."""
        by_period_or_line = self._by_period_or_line()
        return SQL(
            """
            -- Of a flag, PostgreSQL expects half of the rows; of IS NULL, a few.
            WITH line AS MATERIALIZED (
                SELECT l.*, l.exclusion IS NULL AND l.product_key IS NOT NULL
                            AS is_compared
                  FROM (%(lines)s) l
            ),
            own AS (%(own)s),
            supply AS (%(supply)s),
            market AS (%(market)s)
            %(before_each)s
            SELECT %(columns)s
              FROM line
              LEFT JOIN own
                     ON own.company_id = line.company_id
                    AND own.partner_id = line.partner_id
                    AND own.product_key = line.product_key
                    AND own.currency_id = line.currency_id
              LEFT JOIN supply
                     ON supply.company_id = line.company_id
                    AND supply.product_key = line.product_key
                    AND supply.partner_id = line.partner_id
              LEFT JOIN market
                     ON market.company_id = line.company_id
                    AND market.product_key = line.product_key
                   %(join_before_each)s
             CROSS JOIN LATERAL (%(reference)s) reference
             WHERE line.in_period
            -- A condition from outside that got in here would make PostgreSQL expect
            -- a row or two, and join the lines one by one.
            OFFSET 0
            """,
            lines=SQL("%s UNION ALL %s", self._orders(), self._history()),
            own=self._own(),
            supply=SUPPLY,
            market=MARKET,
            columns=self._columns(by_period_or_line["own_price"]),
            reference=SQL(REFERENCE, last_before=by_period_or_line["last_before"]),
            before_each=by_period_or_line["before_each"],
            join_before_each=by_period_or_line["join_before_each"],
        )

    def _columns(self, own_price):
        """What a line cost, and against what it is compared.

        :param SQL own_price: the supplier's price of the product
        """
        return SQL(
            """
            %(columns)s,
            line.source, line.order_id, line.currency_id,
            line.quantity, line.price, line.value, line.gross_value,
            line.gross_value - line.value AS discount_value,
            reference.price AS reference_price,
            reference.day AS reference_date,
            CASE WHEN reference.line IS NOT NULL
                 THEN (SELECT order_id FROM purchase_order_line
                        WHERE id = %(reference_line)s)
            END AS reference_order_id,
            (line.price - reference.price) / NULLIF(reference.price, 0) AS price_change,
            (line.price - reference.price) * line.quantity / line.rate
                AS price_difference,
            reference.price * line.quantity / line.rate AS reference_value,
            market.price AS market_price,
            market.suppliers AS market_suppliers,
            %(own_price)s / market.price - 1 AS market_gap,
            (%(own_price)s / market.price - 1) * line.value AS market_gap_weighted,
            CASE WHEN market.price IS NOT NULL THEN line.value END AS market_value,
            own.variation AS price_variation,
            own.variation * line.value AS price_variation_weighted,
            CASE WHEN own.variation IS NOT NULL THEN line.value END AS varied_value
            """,
            columns=fact_columns(
                SQL("line"),
                self._weight(SQL("line.value")),
                date=SQL("line.day"),
                exclusion=self._needing(SQL("line.exclusion"), NEEDS),
            ),
            reference_line=FACT_IDS.sql_record(ORDER_LINE, SQL("reference.line")),
            own_price=own_price,
        )

    def _own(self):
        """What the same supplier asked for the same product in the same currency."""
        return SQL(
            """
            SELECT company_id, partner_id, product_key, currency_id,
                   STDDEV_SAMP(price) FILTER (WHERE in_year AND price > 0)
                       / AVG(price) FILTER (WHERE in_year AND price > 0) AS variation,
                   MAX(%s) FILTER (WHERE day < %s AND price > 0) AS last_before
              FROM line
             WHERE is_compared
             GROUP BY company_id, partner_id, product_key, currency_id
            """,
            AS_REFERENCE,
            self.scope.days[0],
        )

    def _by_period_or_line(self):
        """An evaluation compares a line as part of its period, an analysis by itself.

        The price before is that before the period, or before the line; the own price
        is the period's average, or the line's. So what an analysis shows of a line
        does not depend on how it was searched for.
        """
        if not self.scope.is_open:
            return {
                "before_each": SQL(),
                "join_before_each": SQL(),
                "last_before": SQL("own.last_before AS last_before"),
                "own_price": SQL("supply.period_price"),
            }
        before_each = SQL(
            """
            , before_each AS (
                SELECT id,
                       MAX(%s) FILTER (WHERE price > 0) OVER (
                           PARTITION BY company_id, partner_id, product_key, currency_id
                           ORDER BY confirmed, id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                           AS last_before
                  FROM line
                 WHERE is_compared
            )
            """,
            AS_REFERENCE,
        )
        return {
            "before_each": before_each,
            "join_before_each": SQL(
                "LEFT JOIN before_each ON before_each.id = line.id"
            ),
            "last_before": SQL("before_each.last_before AS last_before"),
            "own_price": SQL("line.value / NULLIF(line.quantity, 0)"),
        }

    # ------------------------------------------------------------
    # Sources
    # ------------------------------------------------------------

    def _orders(self):
        """Lines of confirmed orders, up to the end of what is compared.

        A line is confirmed when its order was for the first time, or when it was added
        to a confirmed one. Confirming the order again later moves nothing. What was
        ordered, and whether, is as at the cut-off.
        """
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(columns)s,
                   l.product_id::bigint AS product_key,
                   o.currency_id,
                   d.confirmed,
                   d.day,
                   d.rate,
                   d.quantity,
                   d.net * d.per_unit AS price,
                   %(gross)s * d.per_unit * d.quantity / d.rate AS gross_value,
                   d.net * d.per_unit * d.quantity / d.rate AS value,
                   CASE WHEN l.is_downpayment THEN 'not_goods'
                        WHEN %(cancelled)s IS NOT NULL THEN 'cancelled'
                        ELSE l.supplier_exclusion END AS exclusion,
                   %(flags)s
              FROM %(tables)s
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              %(currency)s
             CROSS JOIN LATERAL (
                   SELECT %(confirmed)s AS confirmed,
                          %(day)s AS day,
                          COALESCE(NULLIF(o.currency_rate, 0), 1)::float8 AS rate,
                          COALESCE(NULLIF(%(ordered)s, 0), l.quantity_promised)
                              ::float8 AS quantity,
                          %(net)s::float8 AS net,
                          (u.factor / lu.factor)::float8 AS per_unit
                   OFFSET 0) d
             WHERE l.display_type IS NULL
               AND (o.state IN ('purchase', 'cancel')
                    OR l.date_promise_frozen IS NOT NULL)
               AND %(confirmed)s < %(stop)s
               AND %(of_company)s
               AND %(products)s
            """,
            id=FACT_IDS.sql(ORDER_LINE, SQL("l.id")),
            columns=ORDER_COLUMNS,
            tables=ORDER_TABLES,
            currency=ORDER_CURRENCY,
            confirmed=CONFIRMED,
            day=self._local_day(CONFIRMED),
            cancelled=self.promise.cancelled,
            ordered=self.promise.ordered,
            net=net_when_ordered(),
            gross=gross_when_ordered(SQL("d.net")),
            flags=self._flags(),
            # PostgreSQL knows little of an expression: one condition, not two.
            stop=min(self.scope.compared_stop, self.cutoff + TICK),
            of_company=self._of_company(SQL("o.company_id")),
            products=self._asked_products(),
        )

    def _history(self):
        """Imported lines that say when they were ordered."""
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(columns)s,
                   COALESCE(l.product_id::bigint, %(name_key)s) AS product_key,
                   l.currency_id,
                   l.date_order::timestamp AS confirmed,
                   d.day,
                   d.rate,
                   d.quantity,
                   d.price,
                   l.value::float8 AS gross_value,
                   l.value::float8 AS value,
                   CASE WHEN l.quantity_ordered <= 0 THEN 'cancelled'
                        ELSE %(exclusion)s END AS exclusion,
                   %(flags)s
              FROM %(tables)s
              %(twins)s
              LEFT JOIN uom_uom lu ON lu.id = l.uom_id
             CROSS JOIN LATERAL (
                   SELECT l.date_order AS day,
                          COALESCE(lu.factor / u.factor, 1)::float8 AS per_unit
                   ) f
             CROSS JOIN LATERAL (
                   SELECT l.date_order AS day,
                          l.quantity_ordered::float8 * f.per_unit AS quantity,
                          l.price_unit::float8 / f.per_unit AS price,
                          CASE WHEN l.value > 0
                               THEN (l.price_unit * l.quantity_ordered / l.value)
                                    ::float8
                               ELSE 1 END AS rate
                   OFFSET 0) d
             WHERE l.date_order <= %(last)s
               AND %(of_company)s
            """,
            id=FACT_IDS.sql(HISTORY_LINE, SQL("l.id")),
            columns=HISTORY_COLUMNS,
            tables=HISTORY_TABLES,
            name_key=NAME_KEY,
            exclusion=HISTORY_EXCLUSION,
            twins=join_twins(self.cutoff),
            flags=self._flags(),
            # Whatever was searched for, the year that it is compared with is the same.
            last=max(self.scope.days[1], self.scope.year_end),
            of_company=self._of_company(SQL("l.company_id")),
        )

    def _flags(self):
        return SQL(
            "d.day BETWEEN %s AND %s AS in_period, d.day BETWEEN %s AND %s AS in_year",
            *self.scope.days,
            *self.year,
        )

    def _of_company(self, company):
        """Lines of other companies are no market, and would not be shown either."""
        if self.scope.is_open and self.companies is not None:
            return SQL("%s = ANY(%s)", company, self.companies)
        return super()._of_company(company)

    def _asked_products(self):
        """Only the products of the suppliers that are asked for, with their market."""
        if self.partners is None:
            return SQL("TRUE")
        return SQL(
            """
            l.product_id IN (
                SELECT mine.product_id
                  FROM purchase_order_line mine
                  JOIN res_partner p ON p.id = mine.partner_id
                 WHERE p.commercial_partner_id = ANY(%(partners)s)
                 UNION
                SELECT product_id FROM supplier_history_line
                 WHERE commercial_partner_id = ANY(%(partners)s)
            )
            """,
            partners=self.partners,
        )
