"""What the queries of all facts share: the clock, days, periods and weights."""

from datetime import date, timedelta

from odoo.tools import SQL

from .hints import ALL_DAYS, DAYS_KEY, PARTNERS_KEY

# Quantities are sums of binary floats; a difference this small is none.
EPSILON = 1e-6
DAY = timedelta(days=1)


def net_price(line, quantity):
    """Return the unit price of a line after discount, without tax.

    The price that was typed may include tax; the subtotal never does, but it is
    rounded. So the subtotal decides where the two differ by more than rounding.

    :param SQL line: alias of an order line or a bill line
    :param SQL quantity: of the line, in its own unit
    """
    typed = SQL(
        "(%(line)s.price_unit * (1 - COALESCE(%(line)s.discount, 0) / 100))", line=line
    )
    return SQL(
        """
        (CASE WHEN %(quantity)s <> 0
               AND ABS(%(line)s.price_subtotal - %(typed)s * %(quantity)s)
                   > GREATEST(0.01, 0.01 * ABS(%(typed)s * %(quantity)s))
              THEN %(line)s.price_subtotal / %(quantity)s
              ELSE %(typed)s END)
        """,
        line=line,
        quantity=quantity,
        typed=typed,
    )


class FactQuery:
    """Builds the query of a fact model for one question.

    :param facts: the fact model, with the question in its context: a scope, or else
        the days and suppliers that are asked for
    """

    def __init__(self, facts):
        context = facts.env.context
        self.scope = facts._fact_scope()
        self.basis = self.scope.basis if self.scope else ""
        self.days = context.get(DAYS_KEY, ALL_DAYS)
        self.partners = context.get(PARTNERS_KEY)
        if self.scope:
            self.cutoff = self.scope.cutoff
            self.tz = SQL("%s", self.scope.tz)
        else:
            self.cutoff = facts.env.cr.now()
            self.tz = SQL("COALESCE(company_partner.tz, 'UTC')")

    def _weight(self, value):
        """What a record weighs: its value, or the same as any other."""
        if self.scope and self.scope.weighting == "line":
            return SQL("1::float8")
        return SQL("GREATEST(0, %s)", value)

    def _needing(self, exclusion, needs):
        """Also leave out what lacks a value that the figure in question needs.

        In a measuring run such a record adds nothing and is not counted, since what it
        lacks is NULL; who opens the figure is shown that it was left out.

        :param SQL exclusion: why a record does not count anyway
        :param dict needs: for each basis, the value that is needed
        """
        needed = needs.get(self.basis)
        if not needed:
            return exclusion
        return SQL(
            "COALESCE(%s, CASE WHEN (%s) IS NULL THEN 'no_reference' END)",
            exclusion,
            needed,
        )

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------

    def _local_day(self, instant):
        """The company's calendar day of an instant stored in UTC."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", instant, self.tz)

    def _asked_days(self, column):
        """Up to now; a day more on both sides, for all time zones."""
        condition = SQL("%s <= %s", column, self.cutoff)
        first, last = self.days
        if first > date.min + DAY:
            condition = SQL("%s AND %s >= %s", condition, column, first - DAY)
        if last < date.max - 2 * DAY:
            condition = SQL("%s AND %s < %s", condition, column, last + 2 * DAY)
        return condition

    def _in_period(self, instant, company):
        """Whether an instant (naive UTC) of a company is in the period.

        Nothing after the cut-off is looked at.
        """
        if not self.scope:
            return self._asked_days(instant)
        return SQL(
            "%(company)s = %(company_id)s AND %(instant)s >= %(start)s"
            " AND %(instant)s < %(stop)s AND %(instant)s <= %(cutoff)s",
            company=company,
            company_id=self.scope.company_id,
            instant=instant,
            start=self.scope.start,
            stop=self.scope.period_stop,
            cutoff=self.cutoff,
        )

    def _days_in_period(self, day, company):
        """Like :meth:`_in_period`, of what is stored as a day."""
        if not self.scope:
            return self._asked_days(day)
        return SQL(
            "%s = %s AND %s BETWEEN %s AND %s",
            company,
            self.scope.company_id,
            day,
            self.scope.date_from,
            min(self.scope.date_to, self.scope.cutoff_day),
        )

    def _first_and_last_day(self):
        """The days of the period; without a scope, those that are asked for."""
        if self.scope:
            return self.scope.date_from, min(self.scope.date_to, self.scope.cutoff_day)
        first, last = self.days
        return first, min(last, self.cutoff.date() + DAY)
