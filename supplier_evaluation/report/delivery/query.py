"""The SQL of the delivery facts.

A line is joined to its receipts by a lateral subquery: PostgreSQL reads only
the lines that the period, the company or the supplier leave over, and finds
their receipts through an index. Quantities are in the product's own unit.
"""

from odoo.tools import SQL

from ..fact.query import EPSILON, FactQuery, fact_columns
from ..history.rows import (
    FACT_IDS,
    HISTORY_COLUMNS,
    HISTORY_LINE,
    HISTORY_TABLES,
    ORDER_COLUMNS,
    ORDER_LINE,
    ORDER_TABLES,
)
from ..receipt.line_receipts import kit_receipts, line_receipts
from ..receipt.rows import done_moves, imported_receipts

LEAD_TIME = SQL("s.lead / NULLIF(s.counted, 0)")
CYCLE_TIME = SQL(
    "CASE WHEN s.counted >= s.ordered * %s"
    " THEN (s.completed - s.confirmed)::float8 END",
    1 - EPSILON,
)
# What a figure needs, by the name of its aspect.
NEEDS = {
    "received": LEAD_TIME,
    "complete": CYCLE_TIME,
    "promise": SQL("s.promise_kept"),
    "order": SQL("s.order_id"),
}


class DeliveryQuery(FactQuery):
    """Builds the query of ``supplier.delivery.fact``."""

    def __init__(self, facts):
        super().__init__(facts)
        self.rebased = []
        if not self.scope.is_open:
            changes = facts.env["supplier.promise.change"]
            self.rebased = changes._lines_rebased_after(
                self.scope.company_id, self.scope.cutoff
            )

    def sql(self):
        """Return the whole query, one row per line."""
        return SQL(
            """
            SELECT line.*,
                   line.on_time_share * line.weight AS on_time_weighted,
                   line.otif_share * line.weight AS otif_weighted,
                   line.fill_share * line.weight AS fill_weighted,
                   line.days_late * line.weight AS days_late_weighted,
                   line.lead_time * line.lead_time AS lead_time_square
              FROM (%s UNION ALL %s) line
            """,
            self._measures(self._orders()),
            self._measures(self._history()),
        )

    def _measures(self, source):
        """Turn quantities and day sums into shares and averages."""
        return SQL(
            """
            SELECT %(columns)s,
                   s.source, s.order_id, s.acknowledged_order_id, s.promise_kept,
                   s.confirmed AS date_confirmed,
                   s.completed AS date_received,
                   s.ordered AS quantity_ordered,
                   COALESCE(s.received, 0) AS quantity_received,
                   COALESCE(s.on_time, 0) AS quantity_on_time,
                   COALESCE(s.returned, 0) AS quantity_returned,
                   LEAST(1, COALESCE(s.on_time / NULLIF(s.ordered, 0), 0))
                       AS on_time_share,
                   CASE WHEN s.on_time >= s.ordered * %(at_least)s
                         AND s.received >= s.ordered * %(at_least)s
                         AND s.surplus <= s.ordered * %(at_most)s
                         AND COALESCE(s.returned, 0) = 0
                        THEN 1.0 ELSE 0.0 END AS otif_share,
                   LEAST(1, COALESCE(s.received / NULLIF(s.ordered, 0), 0))
                       AS fill_share,
                   (COALESCE(s.late, 0)
                    + GREATEST(0, s.ordered - COALESCE(s.counted, 0))
                      * GREATEST(0, s.cutoff - s.promised)
                   ) / NULLIF(s.ordered, 0) AS days_late,
                   COALESCE(s.counted, 0) > 0 AS has_receipt,
                   COALESCE(s.counted, 0) >= s.ordered * %(all)s AS is_complete,
                   %(lead_time)s AS lead_time,
                   %(cycle_time)s AS cycle_time
              FROM (%(source)s) s
            """,
            source=source,
            columns=fact_columns(
                SQL("s"),
                self._weight(SQL("s.value")),
                date=SQL("s.promised"),
                exclusion=self._needing(SQL("s.exclusion"), NEEDS),
            ),
            lead_time=LEAD_TIME,
            cycle_time=CYCLE_TIME,
            all=1 - EPSILON,
            at_least=1 - self.scope.under_percent / 100 - EPSILON,
            at_most=1 + self.scope.over_percent / 100 + EPSILON,
        )

    def _on_time(self):
        """Whether a receipt on ``day`` keeps the promise."""
        condition = SQL("day <= d.promised + %s", self.scope.late_days)
        if self.scope.early_days is not None:
            condition = SQL(
                "%s AND day >= d.promised - %s", condition, self.scope.early_days
            )
        return condition

    # ------------------------------------------------------------
    # Sources
    # ------------------------------------------------------------

    def _orders(self):
        """Confirmed order lines with what was received and returned."""
        moves = done_moves(self._local_day(SQL("m.date")), self.cutoff)
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(columns)s,
                   CASE WHEN o.acknowledged THEN o.id END AS acknowledged_order_id,
                   (l.price_subtotal / COALESCE(NULLIF(o.currency_rate, 0), 1))
                       ::float8 AS value,
                   d.ordered,
                   d.promised,
                   d.confirmed,
                   %(exclusion)s AS exclusion,
                   CASE WHEN l.date_promise_broken <= %(cutoff)s
                        THEN 0.0 ELSE 1.0 END AS promise_kept,
                   d.cutoff,
                   r.*
              FROM %(tables)s
             CROSS JOIN LATERAL (
                   SELECT l.product_uom_qty::float8 AS ordered,
                          %(promised)s AS promised,
                          %(confirmed)s AS confirmed,
                          %(today)s AS cutoff
                   OFFSET 0) d
              LEFT JOIN LATERAL (%(receipts)s) r ON TRUE
             WHERE l.display_type IS NULL
               AND l.date_promised IS NOT NULL
               AND COALESCE(l.date_promise_frozen, o.date_approve, %(cutoff)s)
                   <= %(cutoff)s
               AND %(period)s
            """,
            id=FACT_IDS.sql(ORDER_LINE, SQL("l.id")),
            columns=ORDER_COLUMNS,
            tables=ORDER_TABLES,
            exclusion=self._order_exclusion(),
            cutoff=self.cutoff,
            promised=self._local_day(self._promise()),
            confirmed=self._local_day(
                SQL("COALESCE(l.date_promise_frozen, o.date_approve)")
            ),
            today=self._local_day(SQL("%s::timestamp", self.cutoff)),
            receipts=kit_receipts(moves, self._on_time()),
            period=self._order_period(),
        )

    def _history(self):
        """Imported lines with their receipts. Their dates are days already.

        One counts when it was over at the cut-off; an analysis shows today's as well.
        """
        last_day = SQL("d.cutoff")
        if not self.scope.is_open:
            last_day = SQL("%s", self.scope.last_complete_day)
        receipts = imported_receipts(last_day)
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(columns)s,
                   NULL::integer AS acknowledged_order_id,
                   l.value::float8 AS value,
                   d.ordered,
                   d.promised,
                   d.confirmed,
                   %(exclusion)s AS exclusion,
                   NULL::float8 AS promise_kept,
                   d.cutoff,
                   r.*
              FROM %(tables)s
             CROSS JOIN LATERAL (
                   SELECT l.quantity_ordered::float8 AS ordered,
                          l.date_promised AS promised,
                          l.date_order AS confirmed,
                          %(today)s AS cutoff
                   OFFSET 0) d
              LEFT JOIN LATERAL (%(receipts)s) r ON TRUE
             WHERE %(period)s
            """,
            id=FACT_IDS.sql(HISTORY_LINE, SQL("l.id")),
            columns=HISTORY_COLUMNS,
            tables=HISTORY_TABLES,
            exclusion=self._history_exclusion(),
            today=self._local_day(SQL("%s::timestamp", self.cutoff)),
            receipts=line_receipts(receipts, self._on_time()),
            period=self._history_period(),
        )

    # ------------------------------------------------------------
    # Which lines, and why not
    # ------------------------------------------------------------

    def _promise(self):
        """The promise as it stood at the cut-off."""
        if not self.rebased:
            return SQL("l.date_promised")
        return SQL(
            """
            CASE WHEN l.id = ANY(%(rebased)s)
                 THEN (SELECT c.date_from FROM supplier_promise_change c
                        WHERE c.line_id = l.id AND c.reason = 'buyer'
                          AND c.date > %(cutoff)s
                        ORDER BY c.date, c.id LIMIT 1)
                 ELSE l.date_promised END
            """,
            rebased=self.rebased,
            cutoff=self.cutoff,
        )

    def _order_period(self):
        limits = (self.scope.start, self.scope.stop)
        in_period = self._between(SQL("l.date_promised"), *limits)
        if self.rebased:
            in_period = SQL(
                """
                (%(in_period)s AND l.id <> ALL(%(rebased)s)
                 OR l.id = ANY(%(rebased)s) AND %(then_in_period)s)
                """,
                in_period=in_period,
                rebased=self.rebased,
                then_in_period=self._between(self._promise(), *limits),
            )
        if self.scope.with_excluded:
            in_period = SQL(
                "(%s OR (%s))",
                in_period,
                self._between(SQL("o.date_approve"), *limits),
            )
        return SQL("%s AND %s", self._of_company(SQL("o.company_id")), in_period)

    def _history_period(self):
        days = (self.scope.date_from, self.scope.last_day)
        in_period = SQL("l.date_promised BETWEEN %s AND %s", *days)
        if self.scope.with_excluded:
            in_period = SQL("(%s OR l.date_order BETWEEN %s AND %s)", in_period, *days)
        return SQL("%s AND %s", self._of_company(SQL("l.company_id")), in_period)

    def _order_exclusion(self):
        """Why an order line does not count.

        Cancelling an order does not undo what was received of it.
        """
        return SQL(
            """
            CASE WHEN l.product_uom_qty <= 0 THEN 'cancelled'
                 WHEN o.state <> 'purchase' AND COALESCE(r.received, 0) = 0
                      THEN 'cancelled'
                 WHEN t.type <> 'consu' THEN 'not_goods'
                 %s
                 ELSE l.supplier_exclusion END
            """,
            self._outside(self._promise(), "start", "stop"),
        )

    def _history_exclusion(self):
        return SQL(
            """
            CASE WHEN l.quantity_ordered <= 0 THEN 'cancelled'
                 WHEN t.type <> 'consu' THEN 'not_goods'
                 %s
                 ELSE l.supplier_exclusion END
            """,
            self._outside(SQL("l.date_promised"), "date_from", "last_day"),
        )

    def _outside(self, promise, first, last):
        """A line outside the period is read only to show why it does not count."""
        if not self.scope.with_excluded:
            return SQL()
        return SQL(
            "WHEN %(promise)s < %(first)s OR %(promise)s %(after)s %(last)s"
            " THEN 'outside_period'",
            promise=promise,
            first=getattr(self.scope, first),
            last=getattr(self.scope, last),
            after=SQL(">=" if last == "stop" else ">"),
        )
