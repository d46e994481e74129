"""The SQL of the delivery facts.

A line is joined to its receipts by a lateral subquery: PostgreSQL reads only
the lines that the period, the company or the supplier leave over, and finds
their receipts through an index. Quantities are in the product's own unit.
"""

from datetime import date, timedelta

from odoo.tools import SQL

from .fact_days import ALL_DAYS
from .receipt_query import kit_receipts, line_receipts
from .receipt_rows import done_moves, imported_receipts

# Quantities are sums of binary floats; a difference this small is none.
EPSILON = 1e-6


class DeliveryQuery:
    """Builds the query of ``supplier.delivery.fact`` for one scope.

    :param env: environment, for the clock
    :param scope: a :class:`FactScope`, or None for everything up to now
    :param days: first and last promised day that is asked for, without a scope
    """

    def __init__(self, env, scope, days=ALL_DAYS):
        self.scope = scope
        self.days = days
        self.cutoff = scope.cutoff if scope else env.cr.now()
        if scope:
            self.tz = SQL("%s", scope.tz)
            changes = env["supplier.promise.change"]
            self.rebased = changes._lines_rebased_after(scope.company_id, scope.cutoff)
        else:
            self.tz = SQL("COALESCE(company_partner.tz, 'UTC')")
            self.rebased = []

    def sql(self):
        """Return the whole query, one row per line."""
        return SQL(
            """
            SELECT line.*,
                   line.weight * line.weight AS weight_square,
                   line.on_time_share * line.weight AS on_time_weighted,
                   line.otif_share * line.weight AS otif_weighted,
                   line.fill_share * line.weight AS fill_weighted,
                   line.days_late * line.weight AS days_late_weighted,
                   line.lead_time * line.lead_time AS lead_time_square,
                   1 AS line_count
              FROM (%s UNION ALL %s) line
            """,
            self._measures(self._orders()),
            self._measures(self._history()),
        )

    def _measures(self, source):
        """Turn quantities and day sums into shares and averages."""
        return SQL(
            """
            SELECT s.id, s.source, s.res_model, s.res_id, s.name, s.order_id,
                   s.acknowledged_order_id, s.partner_id, s.company_id,
                   s.product_id, s.categ_id, s.exclusion, s.exclusion_reason,
                   s.promise_kept,
                   s.promised AS date,
                   s.confirmed AS date_confirmed,
                   s.completed AS date_received,
                   %(weight)s AS weight,
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
                   s.lead / NULLIF(s.counted, 0) AS lead_time,
                   CASE WHEN s.counted >= s.ordered * %(all)s
                        THEN (s.completed - s.confirmed)::float8 END AS cycle_time
              FROM (%(source)s) s
            """,
            source=source,
            weight=self._weight(),
            all=1 - EPSILON,
            at_least=1
            - (self.scope.under_percent if self.scope else 0) / 100
            - EPSILON,
            at_most=1 + (self.scope.over_percent if self.scope else 10) / 100 + EPSILON,
        )

    def _weight(self):
        if self.scope and self.scope.weighting == "line":
            return SQL("1::float8")
        return SQL("GREATEST(0, s.value)")

    def _on_time(self):
        """Whether a receipt on ``day`` keeps the promise."""
        late = self.scope.late_days if self.scope else 0
        condition = SQL("day <= d.promised + %s", late)
        if self.scope and self.scope.early_days is not None:
            condition = SQL(
                "%s AND day >= d.promised - %s", condition, self.scope.early_days
            )
        return condition

    def _local_day(self, instant):
        """The company's calendar day of an instant stored in UTC."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", instant, self.tz)

    # ------------------------------------------------------------
    # Sources
    # ------------------------------------------------------------

    def _orders(self):
        """Confirmed order lines with what was received and returned."""
        moves = done_moves(self._local_day(SQL("m.date")), self.cutoff)
        return SQL(
            """
            SELECT l.id * 2 AS id,
                   'order' AS source,
                   'purchase.order' AS res_model,
                   o.id AS res_id,
                   o.name AS name,
                   o.id AS order_id,
                   CASE WHEN o.acknowledged THEN o.id END AS acknowledged_order_id,
                   p.commercial_partner_id AS partner_id,
                   o.company_id,
                   l.product_id,
                   t.categ_id,
                   (l.price_subtotal / COALESCE(NULLIF(o.currency_rate, 0), 1))
                       ::float8 AS value,
                   d.ordered,
                   d.promised,
                   d.confirmed,
                   %(exclusion)s AS exclusion,
                   l.supplier_exclusion_reason AS exclusion_reason,
                   CASE WHEN l.date_promise_broken <= %(cutoff)s
                        THEN 0.0 ELSE 1.0 END AS promise_kept,
                   d.cutoff,
                   r.*
              FROM purchase_order_line l
              JOIN purchase_order o ON o.id = l.order_id
              JOIN res_partner p ON p.id = o.partner_id
              JOIN product_product pp ON pp.id = l.product_id
              JOIN product_template t ON t.id = pp.product_tmpl_id
              JOIN uom_uom u ON u.id = t.uom_id
              JOIN res_company c ON c.id = o.company_id
              JOIN res_partner company_partner ON company_partner.id = c.partner_id
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

        One counts when it was over at the cut-off.
        """
        scope = self.scope
        last_day = SQL("%s", scope.last_complete_day) if scope else SQL("d.cutoff")
        receipts = imported_receipts(last_day)
        return SQL(
            """
            SELECT l.id * 2 + 1 AS id,
                   'history' AS source,
                   'supplier.history.line' AS res_model,
                   l.id AS res_id,
                   l.order_ref || ' / ' || l.line_ref AS name,
                   NULL::integer AS order_id,
                   NULL::integer AS acknowledged_order_id,
                   l.commercial_partner_id AS partner_id,
                   l.company_id,
                   l.product_id,
                   l.categ_id,
                   l.value::float8 AS value,
                   d.ordered,
                   d.promised,
                   d.confirmed,
                   %(exclusion)s AS exclusion,
                   l.supplier_exclusion_reason AS exclusion_reason,
                   NULL::float8 AS promise_kept,
                   d.cutoff,
                   r.*
              FROM supplier_history_line l
              LEFT JOIN product_product pp ON pp.id = l.product_id
              LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
              JOIN res_company c ON c.id = l.company_id
              JOIN res_partner company_partner ON company_partner.id = c.partner_id
             CROSS JOIN LATERAL (
                   SELECT l.quantity_ordered::float8 AS ordered,
                          l.date_promised AS promised,
                          l.date_order AS confirmed,
                          %(today)s AS cutoff
                   OFFSET 0) d
              LEFT JOIN LATERAL (%(receipts)s) r ON TRUE
             WHERE %(period)s
            """,
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
        if not self.scope:
            return self._asked_days()
        in_period = SQL(
            "l.date_promised >= %(start)s AND l.date_promised < %(stop)s",
            start=self.scope.start,
            stop=self.scope.stop,
        )
        if self.rebased:
            in_period = SQL(
                """
                (%(in_period)s AND l.id <> ALL(%(rebased)s)
                 OR l.id = ANY(%(rebased)s)
                    AND %(promise)s >= %(start)s AND %(promise)s < %(stop)s)
                """,
                in_period=in_period,
                rebased=self.rebased,
                promise=self._promise(),
                start=self.scope.start,
                stop=self.scope.stop,
            )
        if self.scope.with_excluded:
            in_period = SQL(
                "(%s OR (o.date_approve >= %s AND o.date_approve < %s))",
                in_period,
                self.scope.start,
                self.scope.stop,
            )
        return SQL("o.company_id = %s AND %s", self.scope.company_id, in_period)

    def _history_period(self):
        if not self.scope:
            return self._asked_days()
        days = (self.scope.date_from, self.scope.last_day)
        in_period = SQL("l.date_promised BETWEEN %s AND %s", *days)
        if self.scope.with_excluded:
            in_period = SQL("(%s OR l.date_order BETWEEN %s AND %s)", in_period, *days)
        return SQL("l.company_id = %s AND %s", self.scope.company_id, in_period)

    def _asked_days(self):
        """Promises up to now; a day more on both sides, for all time zones."""
        condition = SQL("l.date_promised <= %s", self.cutoff)
        first, last = self.days
        if first > date.min + timedelta(days=1):
            after = first - timedelta(days=1)
            condition = SQL("%s AND l.date_promised >= %s", condition, after)
        if last < date.max - timedelta(days=2):
            before = last + timedelta(days=2)
            condition = SQL("%s AND l.date_promised < %s", condition, before)
        return condition

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
        if not (self.scope and self.scope.with_excluded):
            return SQL()
        return SQL(
            "WHEN %(promise)s < %(first)s OR %(promise)s %(after)s %(last)s"
            " THEN 'outside_period'",
            promise=promise,
            first=getattr(self.scope, first),
            last=getattr(self.scope, last),
            after=SQL(">=" if last == "stop" else ">"),
        )
