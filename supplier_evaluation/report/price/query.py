"""The SQL of the price facts: what was paid, before, and by others.

Prices are per unit of the product, after discount, in the order's currency. Amounts
are in company currency at the rate of the order. Products that a file only names are
known by their name.
"""

from odoo.tools import SQL

from ...tools.streams import id_array
from ..fact.query import fact_columns
from ..history.rows import FACT_IDS, ORDER_LINE
from .lines import PriceLines

# What a figure needs, by the name of its aspect.
NEEDS = {
    "reference": SQL("reference.price"),
    "market": SQL("market.price"),
    "volatility": SQL("own.variation"),
}
# How the market moved between the months of the price before and of a line: of the
# product, else of the nearest category; where several sources say it, their mean.
INDEX_CHANGE = SQL(
    """
    (SELECT AVG(found.change)
       FROM (SELECT last.value / first.value - 1 AS change,
                    RANK() OVER (ORDER BY last.product_id IS NULL,
                                          LENGTH(theirs.parent_path) DESC) AS place
               FROM supplier_price_index last
               JOIN supplier_price_index first
                 ON first.company_id = last.company_id
                AND first.source = last.source
                AND first.product_id IS NOT DISTINCT FROM last.product_id
                AND first.categ_id IS NOT DISTINCT FROM last.categ_id
                AND first.month = DATE_TRUNC('month', reference.day)::date
               LEFT JOIN product_category theirs ON theirs.id = last.categ_id
               LEFT JOIN product_category ours ON ours.id = line.categ_id
              WHERE last.company_id = line.company_id
                AND last.month = DATE_TRUNC('month', line.day)::date
                AND (last.product_id = line.product_id
                     OR STARTS_WITH(ours.parent_path, theirs.parent_path))) found
      WHERE found.place = 1)
    """
)
# Of so many days, prices before are looked up line by line; of more, it is quicker to
# go through the series once.
FEW_DAYS = 31
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
      FROM (SELECT %(last_before)s AS last_before) before
"""
SUPPLY_SUMS = {
    "year_value": SQL("SUM(value) FILTER (WHERE in_year)"),
    "year_quantity": SQL("SUM(quantity) FILTER (WHERE in_year)"),
    "period_value": SQL("SUM(value) FILTER (WHERE in_period)"),
    "period_quantity": SQL("SUM(quantity) FILTER (WHERE in_period)"),
}
MARKET = SQL(
    """
    (SELECT company_id, product_key,
           PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY price) AS price,
           COUNT(price) AS suppliers
      FROM supply
     WHERE price > 0 -- who only gave a sample has no price
     GROUP BY company_id, product_key
    HAVING COUNT(price) >= 2)
    """
)
# Who supplies what.
SUPPLY = SQL("company_id, product_key, partner_id")
# Whose prices follow each other.
SERIES = SQL("company_id, partner_id, product_key, currency_id")
# The last price before a line, of the sums ``r`` of the same series.
STORED_BEFORE = """
    SELECT ARRAY[EXTRACT(EPOCH FROM r.confirmed), %(id)s, r.price,
                 r.day - DATE '2000-01-01']::float8[]
      FROM supplier_price_sum r
     WHERE r.partner_id = line.partner_id
       AND r.product_id = line.product_id
       AND r.currency_id = line.currency_id
       AND r.company_id = line.company_id
       AND r.exclusion IS NULL
       AND r.price > 0
       AND r.confirmed <= line.confirmed
       AND (r.confirmed, %(id)s) < (line.confirmed, line.id)
       AND r.order_id <> ALL(%(asked)s)
     ORDER BY r.confirmed DESC, r.id DESC
     LIMIT 1
"""


class PriceQuery(PriceLines):
    """Builds the query of ``supplier.price.fact``.

    Without sums the lines are read once; what they are compared with is made of the
    same reading. Sums are read as often as they are needed: the parts of which nothing
    is asked are left out then.

    Who measures all suppliers asks for all parts, and has them made of one another. Who
    looks at records asks for some, and of a page, or to count, for none: there each
    part is made by itself, so PostgreSQL leaves out what nobody asks for.

    Parts are joined by ``id + 0``: where PostgreSQL is told the company or the supplier
    that is asked for, it expects a row or two of a part, and goes through all of it for
    every line.
    """

    # Whether an evaluation asks for all that prices are compared with.
    needs_all = True

    def sql(self):
        """Return the whole query, one row per confirmed line of the period."""
        self.asked_lines = self.asked()
        compared = self._by_period_or_line()
        parts = {
            **self._lines(),
            "own": self._own(),
            "supply": self._supply(),
            "market": MARKET,
            **compared["parts"],
        }
        return SQL(
            """
            WITH %(parts)s
            SELECT %(columns)s
              FROM line
              LEFT JOIN own
                     ON own.company_id = line.company_id + 0
                    AND own.partner_id = line.partner_id
                    AND own.product_key = line.product_key
                    AND own.currency_id = line.currency_id
                    AND %(own_of_supplier)s
              %(join_supply)s
              LEFT JOIN market
                     ON market.company_id = line.company_id + 0
                    AND market.product_key = line.product_key
                   %(join_before)s
             CROSS JOIN LATERAL (%(reference)s) reference
             WHERE line.in_period
            %(whole)s
            """,
            parts=SQL(", ").join(
                SQL("%s AS %s", SQL.identifier(name), part)
                for name, part in parts.items()
            ),
            columns=self._columns(compared["own_price"]),
            own_of_supplier=self._of_supplier(SQL("own.partner_id")),
            reference=SQL(REFERENCE, last_before=compared["last_before"]),
            join_supply=compared["join_supply"],
            join_before=compared["join_before"],
            # A condition from outside that got in here would make PostgreSQL expect
            # a row or two, and join the lines one by one.
            whole=SQL("OFFSET 0") if self.taken.is_all_live else SQL(),
        )

    def _lines(self):
        """The lines; of those that are no sums, each is asked about once."""
        if self.taken.is_all_live:
            # Of a flag, PostgreSQL expects half of the rows; of IS NULL, a few.
            return {"line": SQL("MATERIALIZED (%s)", _compared(self.asked_lines))}
        if self.asked_lines is None:
            return {"line": SQL("NOT MATERIALIZED (%s)", _compared(self.stored()))}
        both = SQL("%s UNION ALL SELECT * FROM asked", self.stored())
        return {
            "asked": SQL("MATERIALIZED (%s)", self.asked_lines),
            "line": SQL("NOT MATERIALIZED (%s)", _compared(both)),
        }

    def _columns(self, own_price):
        """What a line cost, and against what it is compared.

        :param SQL own_price: the supplier's price of the product
        """
        return SQL(
            """
            %(columns)s,
            line.source, line.order_id, line.currency_id,
            line.quantity, line.price, line.rate, line.value, line.gross_value,
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
            %(index_change)s AS index_change,
            (line.price - reference.price) / NULLIF(reference.price, 0)
                - %(index_change)s AS index_gap,
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
            index_change=INDEX_CHANGE,
        )

    def _own(self):
        """What the same supplier asked for the same product in the same currency."""
        columns = {
            "variation": SQL(
                "STDDEV_SAMP(price) FILTER (WHERE in_year AND price > 0)"
                " / AVG(price) FILTER (WHERE in_year AND price > 0)"
            ),
            "last_before": SQL(
                "MAX(%s) FILTER (WHERE day < %s AND price > 0)",
                AS_REFERENCE,
                self.scope.days[0],
            ),
        }
        if self._is_for_all:
            columns |= SUPPLY_SUMS
        return self._part(SERIES, columns, SQL("line WHERE is_compared"))

    def _supply(self):
        """What each supplier asked for a product, in the year and in the period."""
        sums, source = SUPPLY_SUMS, SQL("line WHERE is_compared")
        if self._is_for_all:
            sums = {name: SQL("SUM(%s)", SQL.identifier(name)) for name in SUPPLY_SUMS}
            source = SQL("own")
        columns = {
            "price": SQL(
                "%s / NULLIF(%s, 0)", sums["year_value"], sums["year_quantity"]
            ),
            "period_price": SQL(
                "%s / NULLIF(%s, 0)", sums["period_value"], sums["period_quantity"]
            ),
        }
        return self._part(SUPPLY, columns, source)

    @property
    def _is_for_all(self):
        """Whether an evaluation asks of all suppliers: each part is needed then."""
        return self.needs_all and not self.scope.is_open and self.partners is None

    def _part(self, keys, columns, source):
        """Group lines; of keys that are joined by, PostgreSQL knows one row each."""
        return SQL(
            "%s (SELECT %s, %s FROM %s GROUP BY %s)",
            SQL() if self._is_for_all else SQL("NOT MATERIALIZED"),
            keys,
            SQL(", ").join(
                SQL("%s AS %s", column, SQL.identifier(name))
                for name, column in columns.items()
            ),
            source,
            keys,
        )

    def _by_period_or_line(self):
        """An evaluation compares a line as part of its period, an analysis by itself.

        The price before is that before the period, or before the line; the own price
        is the period's average, or the line's. So what an analysis shows of a line
        does not depend on how it was searched for.
        """
        if not self.scope.is_open:
            return {
                "parts": {},
                "join_supply": SQL(
                    """
                    LEFT JOIN supply
                           ON supply.company_id = line.company_id + 0
                          AND supply.product_key = line.product_key
                          AND supply.partner_id = line.partner_id + 0
                          AND %s
                    """,
                    self._of_supplier(SQL("supply.partner_id")),
                ),
                "join_before": SQL(),
                "last_before": SQL("own.last_before"),
                "own_price": SQL("supply.period_price"),
            }
        return {
            **self._before_each(),
            "join_supply": SQL(),
            "own_price": SQL("line.value / NULLIF(line.quantity, 0)"),
        }

    @property
    def _is_for_some(self):
        """Whether the lines of some suppliers are asked for, or of a short time."""
        first, last = self.scope.days
        return self.partners is not None or (last - first).days <= FEW_DAYS

    def _before_each(self):
        """The price before each line: of all lines, the series are gone through.

        Of some, it is looked up, where no line of its series is asked about.
        """
        stored = SQL(
            "CASE WHEN line.is_compared THEN (%s) END",
            SQL(
                STORED_BEFORE,
                id=FACT_IDS.sql(ORDER_LINE, SQL("r.id")),
                asked=id_array(self.taken.not_taken or ()),
            ),
        )
        if self.asked_lines is None and self._is_for_some:
            return {"parts": {}, "join_before": SQL(), "last_before": stored}
        of_asked = SQL()
        last_before = SQL("before_each.last_before")
        if not self.taken.is_all_live and self._is_for_some:
            of_asked = SQL("AND (%s) IN (SELECT %s FROM asked)", SERIES, SERIES)
            last_before = SQL(
                "CASE WHEN before_each.id IS NULL THEN %s ELSE %s END",
                stored,
                last_before,
            )
        before_each = SQL(
            """
            (SELECT DISTINCT ON (id) id, -- where nobody asks, it is left out
                    MAX(%s) FILTER (WHERE price > 0) OVER (
                        PARTITION BY %s
                        ORDER BY confirmed, id
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                        AS last_before
               FROM line
              WHERE is_compared %s)
            """,
            AS_REFERENCE,
            SERIES,
            of_asked,
        )
        return {
            "parts": {"before_each": before_each},
            "join_before": SQL("LEFT JOIN before_each ON before_each.id = line.id"),
            "last_before": last_before,
        }


def _compared(lines):
    return SQL(
        "SELECT l.*, l.exclusion IS NULL AND l.product_key IS NOT NULL AS is_compared"
        " FROM (%s) l",
        lines,
    )
