"""The SQL of the delivery facts.

A line is joined to its receipts by a lateral subquery: PostgreSQL reads only
the lines that the period, the company or the supplier leave over, and finds
their receipts through an index. Quantities are in the product's own unit.
"""

from odoo.tools import SQL

from ...tools.streams import id_array
from ..fact.query import fact_columns
from ..history.rows import (
    FACT_IDS,
    HISTORY_COLUMNS,
    HISTORY_LINE,
    HISTORY_TABLES,
    ORDER_COLUMNS,
    ORDER_LINE,
    ORDER_TABLES,
    has_history,
    join_twins,
)
from ..promise.at_cutoff import CONFIRMED, ORDERED_NOW, UNIT_VALUE
from ..receipt.line_receipts import kit_receipts, line_receipts
from ..receipt.rows import (
    done_moves,
    imported_faulty,
    imported_receipts,
    imported_returned,
)
from .rules import DeliveryRules
from .stored import stored_deliveries
from .surplus import SharedReceipts

# Whence lead times count: an order that was typed in after its goods came, from its own
# date, if that is before them.
BEGUN = SQL(
    "CASE WHEN s.began >= s.confirmed THEN s.confirmed"
    " WHEN s.order_day < s.began THEN s.order_day END"
)
LEAD_TIME = SQL("s.lead / NULLIF(s.counted, 0) + (s.confirmed - %s)", BEGUN)
CYCLE_TIME = SQL(
    "CASE WHEN s.counted > s.ordered - s.slack THEN (s.completed - %s)::float8 END",
    BEGUN,
)
# Until when somebody waited for the whole of it.
UNTIL = SQL(
    "CASE WHEN s.counted > s.ordered - s.slack THEN s.completed ELSE s.open_until END"
)
# What a figure needs, by the name of its aspect.
NEEDS = {
    "received": LEAD_TIME,
    "complete": CYCLE_TIME,
    "promise": SQL("s.promise_kept"),
    "order": SQL("s.order_id"),
}


class DeliveryQuery(DeliveryRules):
    """Builds the query of ``supplier.delivery.fact``."""

    def sql(self):
        """Return the whole query, one row per line."""
        sources = [self._history()] if has_history(self.facts.env) else []
        returns = SQL()
        if not self.taken.is_all_live:
            sources.append(stored_deliveries(self))
        if self.taken.is_asking:
            sources.append(self._orders())
            returns = self.returns.expressions()
        return SQL(
            """
            %s
            SELECT line.*,
                   line.on_time_share * line.weight AS on_time_weighted,
                   line.otif_share * line.weight AS otif_weighted,
                   line.fill_share * line.weight AS fill_weighted,
                   line.days_late * line.weight AS days_late_weighted,
                   line.lead_time * line.lead_time AS lead_time_square
              FROM (%s) line
            """,
            returns,
            SQL(" UNION ALL ").join(map(self._measures, sources)),
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
                   s.returned AS quantity_returned,
                   s.faulty AS quantity_faulty,
                   %(on_time_share)s AS on_time_share,
                   CASE WHEN s.on_time > s.ordered * %(at_least)s - s.slack
                         AND s.received > s.ordered * %(at_least)s - s.slack
                         AND s.surplus < s.allowed * %(at_most)s + s.rounding
                         AND s.faulty = 0
                        THEN 1.0 ELSE 0.0 END::float8 AS otif_share,
                   %(fill_share)s AS fill_share,
                   (COALESCE(s.late, 0)
                    + CASE WHEN s.counted > s.ordered - s.slack THEN 0
                           ELSE s.ordered - COALESCE(s.counted, 0) END
                      * GREATEST(0, s.open_until - s.promised)
                   ) / NULLIF(s.ordered, 0) AS days_late,
                   GREATEST(0, %(until)s - s.promised)::float8 AS days_behind,
                   COALESCE(s.counted, 0) > 0 AS has_receipt,
                   COALESCE(s.counted > s.ordered - s.slack, FALSE) AS is_complete,
                   s.changed_late AS is_changed_late,
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
            until=UNTIL,
            on_time_share=_share(SQL("s.on_time")),
            fill_share=_share(SQL("s.received")),
            at_least=1 - self.scope.under_percent / 100,
            at_most=1 + self.scope.over_percent / 100,
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
        day = self._local_day(SQL("m.date"))
        moves = done_moves(day, self.cutoff, self.returns.places)
        moves = self._shared_receipts(moves).moves(moves)
        return SQL(
            """
            SELECT %(id)s AS id,
                   %(columns)s,
                   CASE WHEN o.acknowledged
                         AND o.acknowledged_on_receipt IS NOT TRUE
                         AND COALESCE(o.date_acknowledged <= %(cutoff)s, TRUE)
                        THEN o.id END AS acknowledged_order_id,
                   owed.ordered * %(unit_value)s
                       / COALESCE(NULLIF(o.currency_rate, 0), 1) AS value,
                   owed.ordered,
                   LEAST(d.tolerance, owed.ordered) AS slack,
                   LEAST(d.rounding, owed.ordered) AS rounding,
                   d.allowed,
                   d.promised,
                   d.confirmed,
                   %(order_day)s AS order_day,
                   %(exclusion)s AS exclusion,
                   CASE WHEN l.date_promise_broken <= %(cutoff)s
                        THEN 0.0 ELSE 1.0 END::float8 AS promise_kept,
                   COALESCE(l.date_promise_rebased_late <= %(cutoff)s, FALSE)
                       AS changed_late,
                   LEAST(d.today, d.cancelled) AS open_until,
                   COALESCE(back.returned, 0) AS returned,
                   COALESCE(back.faulty, 0) AS faulty,
                   %(more)s
                   r.*
              FROM %(tables)s
              JOIN uom_uom lu ON lu.id = l.product_uom_id
              -- Here, where it can be hashed: behind the receipts of each line, each
              -- would be compared with each return there ever was.
              LEFT JOIN returned_of_line back ON back.line_id = l.id
             CROSS JOIN LATERAL (%(promise)s) d
              LEFT JOIN LATERAL (%(receipts)s) r ON TRUE
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN d.cancelled <= d.promised OR %(excused)s
                               THEN LEAST(d.ordered,
                                          COALESCE(NULLIF(r.received, 0), d.ordered))
                               ELSE d.ordered END AS ordered
                   ) owed
             WHERE l.display_type IS NULL
               AND l.date_promised IS NOT NULL
               AND %(asked)s
               AND %(known)s
               AND %(period)s
               AND %(due)s
            """,
            id=FACT_IDS.sql(ORDER_LINE, SQL("l.id")),
            more=self._more_of_orders(),
            asked=self.taken.live(SQL("l.order_id"), SQL("l.id")),
            columns=ORDER_COLUMNS,
            tables=ORDER_TABLES,
            unit_value=UNIT_VALUE,
            promise=self._promise(),
            exclusion=self._order_exclusion(),
            excused=self.promise.excused,
            cutoff=self.cutoff,
            order_day=self._local_day(SQL("o.date_order")),
            receipts=self._summed_receipts(moves),
            known=self._known(),
            period=self._order_period(),
            due=self._due(),
        )

    def _more_of_orders(self):
        """More columns of an order line, each with a comma behind it."""
        return SQL()

    def _summed_receipts(self, moves):
        return kit_receipts(moves, self._on_time())

    def _promise(self):
        """One row of what the line had promised at the cut-off."""
        return SQL(
            """
            SELECT %(quantity)s AS ordered,
                   GREATEST(%(quantity)s, %(wanted)s) AS allowed,
                   COALESCE(NULLIF(%(ordered_now)s, 0), %(quantity)s) AS made_for,
                   %(tolerance)s::float8 AS tolerance,
                   -- In another unit 12 yards are 10.9728 metres: who sends no less
                   -- sends 10.98, which Odoo says were ordered.
                   CASE WHEN lu.id = u.id THEN %(tolerance)s
                        ELSE 2 * %(tolerance)s END::float8 AS rounding,
                   %(promised)s AS promised,
                   %(confirmed)s AS confirmed,
                   %(cancelled)s AS cancelled,
                   %(today)s AS today
            OFFSET 0
            """,
            quantity=self.promise.quantity,
            wanted=self.promise.ordered,
            ordered_now=ORDERED_NOW,
            tolerance=self.tolerance,
            promised=self._local_day(self.promise.date),
            confirmed=self._local_day(CONFIRMED),
            cancelled=self._local_day(self.promise.cancelled),
            today=self._today(),
        )

    def _shared_receipts(self, moves):
        """What came of products that stand on several lines of an order."""
        limits = (self.scope.start, self.scope.stop)
        wanted = self._between(SQL("t.date_promised"), *limits)
        if self.scope.with_excluded:
            # Also what is shown since it was confirmed in the period.
            confirmed = SQL(
                "COALESCE(t.date_promise_frozen, (SELECT date_approve"
                " FROM purchase_order WHERE id = t.order_id))"
            )
            wanted = SQL("(%s OR %s)", wanted, self._between(confirmed, *limits))
        if self.promise.rebased:
            wanted = SQL(
                "(%s OR t.id = ANY(%s))", wanted, id_array(self.promise.rebased)
            )
        asked = self.taken.live(SQL("t.order_id"), SQL("t.id"))
        wanted = SQL("%s AND %s", wanted, asked)
        known = SQL("%s AND %s", self._known(), self._of_company(SQL("o.company_id")))
        return SharedReceipts(self.facts, wanted, known, self._promise(), moves)

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
                   LEAST(d.tolerance, d.ordered) AS slack,
                   LEAST(d.tolerance, d.ordered) AS rounding,
                   d.ordered AS allowed,
                   d.promised,
                   d.confirmed,
                   NULL::date AS order_day,
                   %(exclusion)s AS exclusion,
                   NULL::float8 AS promise_kept,
                   FALSE AS changed_late,
                   d.cutoff AS open_until,
                   (%(returned)s)::float8 AS returned,
                   (%(faulty)s)::float8 AS faulty,
                   r.*
              FROM %(tables)s
              %(twins)s
             CROSS JOIN LATERAL (
                   SELECT l.quantity_ordered::float8 AS ordered,
                          %(tolerance)s::float8 AS tolerance,
                          l.date_promised AS promised,
                          l.date_order AS confirmed,
                          %(today)s AS cutoff
                   OFFSET 0) d
              LEFT JOIN LATERAL (%(receipts)s) r ON TRUE
             WHERE %(period)s
               AND %(due)s
            """,
            id=FACT_IDS.sql(HISTORY_LINE, SQL("l.id")),
            columns=HISTORY_COLUMNS,
            tables=HISTORY_TABLES,
            twins=join_twins(self.cutoff),
            tolerance=self.tolerance,
            exclusion=self._history_exclusion(),
            today=self._today(),
            returned=imported_returned(last_day),
            faulty=imported_faulty(last_day),
            receipts=line_receipts(receipts, self._on_time()),
            period=self._history_period(),
            due=self._due(),
        )


def _share(came):
    """The part of the ordered quantity that came, 1 where only rounding lacks."""
    return SQL(
        """
        CASE WHEN %(came)s > s.ordered - s.slack THEN 1
             ELSE COALESCE(%(came)s / NULLIF(s.ordered, 0), 0) END
        """,
        came=came,
    )
