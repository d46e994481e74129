"""The SQL of the quotation facts: what was asked for in requests and in orders."""

from odoo.tools import SQL

from ...tools.streams import id_array
from ..fact.price import ORDER_CURRENCY, gross_when_ordered, net_when_ordered
from ..fact.query import fact_columns
from ..history.rows import FACT_IDS, ORDER_COLUMNS, ORDER_LINE, ORDER_TABLES
from ..promise.at_cutoff import CONFIRMED, ORDERED_NOW
from .lines import PriceLines
from .query import SERIES

NEEDS = {"volatility": SQL("own.variation")}


class QuotationQuery(PriceLines):
    """Builds the query of ``supplier.quotation.fact``.

    What was confirmed is read as prices are. What was only asked for counts by the day
    of the request, also when somebody else got the order.
    """

    _compares_suppliers = False

    def sql(self):
        """Return the whole query, one row per line of the period."""
        is_for_all = self.partners is None and not self.scope.is_open
        parts, compared = self._beside() if is_for_all else self._grouped()
        return SQL(
            """
            %(parts)s
            SELECT %(columns)s,
                   line.kind, line.source, line.order_id, line.currency_id,
                   line.quantity, line.price, line.value,
                   own.variation AS price_variation,
                   own.variation * line.value AS price_variation_weighted,
                   CASE WHEN own.variation IS NOT NULL THEN line.value END
                       AS varied_value
              FROM %(compared)s
             WHERE line.in_period
            """,
            parts=parts,
            columns=fact_columns(
                SQL("line"),
                self._weight(SQL("line.value")),
                date=SQL("line.day"),
                exclusion=self._needing(SQL("line.exclusion"), NEEDS),
            ),
            compared=compared,
        )

    def _beside(self):
        """Compare in one reading, where all are measured."""
        return SQL(), SQL(
            """
            (SELECT line.*,
                    STDDEV_SAMP(price) FILTER (WHERE is_compared AND in_year)
                        OVER series
                    / AVG(price) FILTER (WHERE is_compared AND in_year)
                        OVER series AS variation
               FROM (%s) line
              WHERE in_period OR in_year
             WINDOW series AS (PARTITION BY %s)) line
             CROSS JOIN LATERAL (SELECT line.variation) own
            """,
            self._lines(),
            SERIES,
        )

    def _grouped(self):
        """Compare apart: where nobody asks, PostgreSQL leaves it out."""
        kept = SQL() if self.taken.is_all_live else SQL("NOT MATERIALIZED")
        parts = SQL(
            """
            WITH line AS %(kept)s (%(lines)s),
                 own AS NOT MATERIALIZED (
                     SELECT %(series)s, STDDEV_SAMP(price) / AVG(price) AS variation
                       FROM line
                      WHERE is_compared AND in_year
                      GROUP BY %(series)s)
            """,
            kept=kept,
            lines=self._lines(),
            series=SERIES,
        )
        return parts, SQL(
            """
            line
              LEFT JOIN own
                     ON own.company_id = line.company_id + 0
                    AND own.partner_id = line.partner_id
                    AND own.product_key = line.product_key
                    AND own.currency_id = line.currency_id
            """
        )

    def _lines(self):
        """All lines that may be compared; without a price, nobody offered."""
        sources = [] if self.taken.is_all_live else [self.stored()]
        asked = self.asked()
        if asked is not None:
            sources.append(asked)
        return SQL(
            """
            SELECT l.*,
                   l.exclusion IS NULL AND l.product_key IS NOT NULL AS is_compared
              FROM (SELECT q.*
                      FROM (SELECT ordered.*, 'order' AS kind FROM (%s) ordered
                             UNION ALL
                            SELECT *, 'request' AS kind FROM (%s) requested) q
                     WHERE %s) p
             CROSS JOIN LATERAL (
                   SELECT p.id, p.source, p.res_model, p.res_id, p.name, p.order_id,
                          p.partner_id, p.company_id, p.product_id, p.categ_id,
                          p.exclusion_reason, p.product_key, p.currency_id, p.day,
                          p.quantity, p.price, p.value, p.in_period, p.in_year, p.kind,
                          COALESCE(p.exclusion, CASE WHEN COALESCE(p.price, 0) <= 0
                                                THEN 'no_reference' END) AS exclusion
                   ) l
            """,
            SQL(" UNION ALL ").join(sources),
            self._requests(),
            self._of_supplier(SQL("q.partner_id")),
        )

    def _requests(self):
        """Lines of requests that were not confirmed at the cut-off.

        Of a draft, nobody says that the supplier ever saw it. A line that was added
        later to an order that was confirmed by then was no request.
        """
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(columns)s,
                   l.product_id::bigint AS product_key,
                   o.currency_id,
                   o.date_order AS confirmed,
                   d.day,
                   d.rate,
                   d.quantity,
                   d.net * d.per_unit AS price,
                   %(gross)s * d.per_unit * d.quantity / d.rate AS gross_value,
                   d.net * d.per_unit * d.quantity / d.rate AS value,
                   CASE WHEN l.is_downpayment THEN 'not_goods'
                        WHEN o.state = 'draft' THEN 'no_reference'
                        ELSE l.supplier_exclusion END AS exclusion,
                   %(flags)s
              FROM %(tables)s
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              %(currency)s
             CROSS JOIN LATERAL (
                   SELECT %(day)s AS day,
                          COALESCE(NULLIF(o.currency_rate, 0), 1)::float8 AS rate,
                          %(ordered)s AS quantity,
                          %(net)s::float8 AS net,
                          (u.factor / lu.factor)::float8 AS per_unit
                   OFFSET 0) d
             WHERE l.display_type IS NULL
               AND COALESCE(%(confirmed)s > %(cutoff)s, TRUE)
               AND (l.date_promise_frozen IS NULL OR NOT EXISTS (
                    SELECT FROM purchase_order_line other
                     WHERE other.order_id = l.order_id
                       AND other.date_promise_frozen <= %(cutoff)s))
               AND %(open)s
               AND o.state IN ('draft', 'sent', 'to approve', 'purchase', 'cancel')
               AND o.date_order < %(stop)s
               AND %(of_company)s
               AND %(products)s
            """,
            id=FACT_IDS.sql(ORDER_LINE, SQL("l.id")),
            columns=ORDER_COLUMNS,
            gross=gross_when_ordered(SQL("d.net")),
            flags=self._flags(SQL("o.company_id")),
            tables=ORDER_TABLES,
            currency=ORDER_CURRENCY,
            day=self._local_day(SQL("o.date_order")),
            ordered=ORDERED_NOW,
            net=net_when_ordered(),
            confirmed=CONFIRMED,
            cutoff=self.cutoff,
            open=self._of_open_orders(),
            stop=self.stop,
            of_company=self._of_company(SQL("o.company_id")),
            products=self._asked_products(SQL("l.product_id")),
        )

    def _of_open_orders(self):
        """Whether a line is of an order that may have lines that were not confirmed.

        They are asked first, so that an index finds the lines: PostgreSQL would expect
        every second line to be one, and join all with their orders.
        """
        rows = self.facts.env.execute_query(
            SQL(
                """
                SELECT o.id FROM purchase_order o
                 WHERE (o.date_approve IS NULL OR o.date_approve > %(cutoff)s)
                   AND %(asked)s
                 UNION
                SELECT o.id FROM purchase_order_line l
                  JOIN purchase_order o ON o.id = l.order_id
                 WHERE l.date_promise_frozen > %(cutoff)s AND %(asked)s
                """,
                cutoff=self.cutoff,
                asked=self._of_asked_orders(),
            )
        )
        return SQL("l.order_id = ANY(%s)", id_array(order_id for (order_id,) in rows))

    def _of_asked_orders(self):
        """Whether an order ``o`` is of a time and a supplier that are asked for."""
        in_time = SQL("o.date_order < %s", self.stop)
        if self.partners is None:
            return in_time
        return SQL(
            """
            %s AND EXISTS (
                SELECT FROM res_partner v WHERE v.id = o.partner_id AND %s)
            """,
            in_time,
            self._of_supplier(SQL("v.commercial_partner_id")),
        )
