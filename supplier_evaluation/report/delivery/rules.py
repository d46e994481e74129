"""Which lines are delivery facts, and why some of them do not count."""

from odoo.tools import SQL

from ...tools.streams import id_array
from ..fact.query import FactQuery
from ..fact.sums import Taken, TakenLines
from ..history.rows import HISTORY_EXCLUSION
from ..promise.at_cutoff import CONFIRMED
from ..receipt.returned.blame import JudgedReturns
from ..receipt.returned.traces import possible_returns

PROMISED = SQL("d.promised")


class DeliveryRules(FactQuery):
    """The part of the query of delivery facts that chooses the lines."""

    def __init__(self, facts, scope=None, only=None):
        """Prepare the query.

        :param Pending only: of these orders only, without what is stored of them
        """
        super().__init__(facts, scope)
        self.facts = facts
        env = facts.env
        self.taken = Taken.only(only) if only else self._taken(env)
        self.returns = JudgedReturns(env, self, possible_returns(self.taken))
        self.promise = self.returns.promise
        # Half of what units are rounded to is no difference.
        digits = env["decimal.precision"].precision_get("Product Unit")
        self.tolerance = 10**-digits / 2

    def _taken(self, env):
        """Say which lines' sums are taken, and which are asked about.

        Asked about are those in the period that knew less at the cut-off, and those
        that were moved into it or out of it since.
        """
        for model, names in self.facts._depends.items():
            env[model].flush_model(names)
        taken = TakenLines(env, self.scope, self.partners, orders=self.orders)
        taken.ask_about_lines(
            SQL(
                """
                SELECT q.order_id, q.id FROM supplier_delivery_sum q
                 WHERE q.last_event > %(cutoff)s
                   AND q.confirmed_at <= %(cutoff)s
                   AND %(period)s
                   AND %(of_supplier)s
                """,
                cutoff=self.cutoff,
                period=self._stored_period(),
                of_supplier=taken.of_supplier(SQL("q.partner_id")),
            ),
            SQL(
                """
                SELECT q.order_id, q.id FROM supplier_promise_change c
                  JOIN supplier_delivery_sum q ON q.id = c.line_id
                 WHERE c.reason <> 'supplier'
                   AND c.date > %(cutoff)s
                   AND %(of_company)s
                   AND %(of_supplier)s
                   AND %(in_period)s
                """,
                cutoff=self.cutoff,
                of_company=self._of_company(SQL("c.company_id")),
                of_supplier=taken.of_supplier(SQL("q.partner_id")),
                in_period=self._changed_period(),
            ),
        )
        return taken

    def _changed_period(self):
        """Whether a line may have been in the period before a change ``c`` of it.

        It was where the first change after the cut-off says. Where excluded lines are
        shown, it may be in it by when it was confirmed.
        """
        if self.scope.with_excluded:
            return SQL("TRUE")
        return self._between(SQL("c.date_from"), self.scope.start, self.scope.stop)

    def _today(self):
        """The company's day of the cut-off."""
        return self._local_day(SQL("%s::timestamp", self.cutoff))

    def _known(self):
        """Whether an order line was confirmed at the cut-off."""
        return SQL("COALESCE(%s, %s) <= %s", CONFIRMED, self.cutoff, self.cutoff)

    def _due(self, promised=PROMISED):
        """Whether the promised day, and the tolerance after it, is over today.

        The scope of an evaluation has only days that are; in an analysis each company
        has its own day.
        """
        if not self.scope.is_open:
            return SQL("TRUE")
        return SQL("%s < %s - %s", promised, self._today(), self.scope.late_days)

    def _stored_period(self):
        """Whether a line ``q`` of sums is asked about; none was moved since."""
        promised = SQL("q.date_promised")
        in_period = self._between(promised, self.scope.start, self.scope.stop)
        return SQL(
            "%s AND %s",
            self._of_company(SQL("q.company_id")),
            self._or_confirmed(in_period, SQL("q.confirmed_at"), promised),
        )

    def _order_period(self):
        limits = (self.scope.start, self.scope.stop)
        rebased = self.promise.rebased
        in_period = self._between(SQL("l.date_promised"), *limits)
        if rebased:
            in_period = SQL(
                """
                (%(in_period)s AND l.id <> ALL(%(rebased)s)
                 OR l.id = ANY(%(rebased)s) AND %(then_in_period)s)
                """,
                in_period=in_period,
                rebased=id_array(rebased),
                then_in_period=self._between(self.promise.date, *limits),
            )
        return SQL(
            "%s AND %s",
            self._of_company(SQL("o.company_id")),
            self._or_confirmed(in_period, CONFIRMED, self.promise.date),
        )

    def _or_confirmed(self, in_period, confirmed, promised):
        """Where excluded records are shown, what was confirmed in the period is too."""
        if not self.scope.with_excluded:
            return in_period
        return SQL(
            "(%(in_period)s OR %(confirmed)s AND NOT (%(not_due)s))",
            in_period=in_period,
            confirmed=self._between(confirmed, self.scope.start, self.scope.stop),
            not_due=self._between(promised, self.scope.stop, self.scope.period_stop),
        )

    def _history_period(self):
        days = (self.scope.date_from, self.scope.last_day)
        in_period = SQL("l.date_promised BETWEEN %s AND %s", *days)
        if self.scope.with_excluded:
            in_period = SQL(
                """
                (%(in_period)s
                 OR l.date_order BETWEEN %(first)s AND %(last)s
                    AND NOT (l.date_promised > %(last)s
                             AND l.date_promised <= %(date_to)s))
                """,
                in_period=in_period,
                first=days[0],
                last=days[1],
                date_to=self.scope.date_to,
            )
        return SQL("%s AND %s", self._of_company(SQL("l.company_id")), in_period)

    def _order_exclusion(self):
        """Why an order line does not count.

        Cancelling an order does not undo what was received of it. Cancelled after the
        promised day, what did not come by then was late, unless we wanted it so.
        """
        return SQL(
            """
            CASE WHEN l.is_downpayment THEN 'not_goods'
                 WHEN d.ordered <= 0 THEN 'cancelled'
                 WHEN d.cancelled <= d.promised AND COALESCE(r.received, 0) = 0
                      THEN 'cancelled'
                 WHEN COALESCE(l.product_type_promised, t.type) <> 'consu'
                      THEN 'not_goods'
                 %(outside)s
                 WHEN d.cancelled IS NOT NULL AND %(excused)s
                      AND COALESCE(r.received, 0) = 0
                      THEN 'responsibility'
                 ELSE l.supplier_exclusion END
            """,
            outside=self._outside(self.promise.date, "start", "stop"),
            excused=self.promise.excused,
        )

    def _history_exclusion(self):
        return SQL(
            """
            CASE WHEN l.quantity_ordered <= 0 THEN 'cancelled'
                 WHEN t.type <> 'consu' THEN 'not_goods'
                 %s
                 ELSE %s END
            """,
            self._outside(SQL("l.date_promised"), "date_from", "last_day"),
            HISTORY_EXCLUSION,
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
