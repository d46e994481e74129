"""What the queries of all facts share: the clock, days, periods and weights."""

from functools import cached_property

from odoo.tools import SQL

from ...tools.streams import id_array
from .hints import ORDERS_KEY, PARTNERS_KEY

# Quantities are sums of binary floats; a difference this small is none.
EPSILON = 1e-6

# What every fact says of the record that it was made of.
FACT_COLUMNS = (
    "id",
    "res_model",
    "res_id",
    "name",
    "partner_id",
    "company_id",
    "date",
    "product_id",
    "categ_id",
    "exclusion",
    "exclusion_reason",
)
WITHOUT_PRODUCT = {
    "product_id": SQL("NULL::integer"),
    "categ_id": SQL("NULL::integer"),
}
NEVER_EXCLUDED = {
    "exclusion": SQL("NULL::varchar"),
    "exclusion_reason": SQL("NULL::varchar"),
}
ONE = SQL("1::float8")
# The time zone of a company ``c`` is that of its partner.
COMPANY_PARTNER = SQL(
    "JOIN res_partner company_partner ON company_partner.id = c.partner_id"
)


def fact_columns(row, weight=ONE, **made):
    """Return the columns that every fact has.

    :param SQL row: alias of rows that have them under the same names
    :param SQL weight: what a record weighs
    :param made: SQL of the columns that are made in another way
    """
    columns = {name: SQL("%s.%s", row, SQL.identifier(name)) for name in FACT_COLUMNS}
    columns |= made
    columns["weight"] = weight
    columns["weight_square"] = SQL("(%s) ^ 2", weight)
    columns["line_count"] = SQL("1")
    return SQL(", ").join(
        SQL("%s AS %s", column, SQL.identifier(name))
        for name, column in columns.items()
    )


def company_of(company):
    """Join the company ``c`` of a record, and its ``company_partner``.

    :param SQL company: column with the company
    """
    return SQL("JOIN res_company c ON c.id = %s %s", company, COMPANY_PARTNER)


def days_of_companies(env, instant):
    """Return the calendar day of an instant, with the companies that have that day.

    :param datetime instant: naive, in UTC
    :return: pairs of a day and ids of companies, the day that most have last
    """
    env["res.partner"].flush_model(["tz"])
    env["res.company"].flush_model(["partner_id"])
    query = SQL(
        """
        SELECT day, ARRAY_AGG(id)
          FROM (SELECT c.id,
                       (%s::timestamp AT TIME ZONE 'UTC'
                        AT TIME ZONE COALESCE(company_partner.tz, 'UTC'))::date AS day
                  FROM res_company c %s) own
         GROUP BY day
         ORDER BY COUNT(*), day
        """,
        instant,
        COMPANY_PARTNER,
    )
    return env.execute_query(query)


def own_day(days, company):
    """Return the SQL of a company's own day.

    It is a constant where all have the same: of that, an index can make use.

    :param days: as of :func:`days_of_companies`
    :param SQL company: column with the company
    """
    *others, (commonest, _ids) = days
    if not others:
        return SQL("%s::date", commonest)
    return SQL(
        "CASE %s ELSE %s::date END",
        SQL(" ").join(
            SQL("WHEN %s = ANY(%s) THEN %s::date", company, ids, day)
            for day, ids in others
        ),
        commonest,
    )


class FactQuery:
    """Builds the query of a fact model for one question.

    :param facts: the fact model, with the question in its context: a scope, or else
        the days and suppliers that are asked for
    :param scope: another question than that of the context
    """

    def __init__(self, facts, scope=None):
        self._env = facts.env
        self.scope = scope or facts._asked_scope()
        self.cutoff = self.scope.cutoff
        self.partners = facts.env.context.get(PARTNERS_KEY)
        self.orders = facts.env.context.get(ORDERS_KEY)
        own_tz = SQL("COALESCE(company_partner.tz, 'UTC')")
        self.tz = own_tz if self.scope.tz is None else SQL("%s", self.scope.tz)

    def _weight(self, value):
        """What a record weighs: its value, or the same as any other."""
        if self.scope.weighting == "line":
            return SQL("1::float8")
        return SQL("GREATEST(0, %s)", value)

    def _needing(self, exclusion, needs):
        """Also leave out what lacks a value that the figure in question needs.

        In a measuring run such a record adds nothing and is not counted, since what it
        lacks is NULL; who opens the figure is shown that it was left out.

        :param SQL exclusion: why a record does not count anyway
        :param dict needs: for each aspect, the value that is needed
        """
        needed = needs.get(self.scope.aspect)
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

    def _of_company(self, company):
        """Whether a company is the one that is asked about; an open scope asks all."""
        if self.scope.company_id is None:
            return SQL("TRUE")
        return SQL("%s = %s", company, self.scope.company_id)

    def _of_supplier(self, partner):
        """Whether a supplier is one of those that are asked for, if any are."""
        if self.partners is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", partner, id_array(self.partners))

    def _between(self, instant, start, stop):
        """Whether an instant (naive UTC) is neither before one nor after another."""
        return SQL("%s >= %s AND %s < %s", instant, start, instant, stop)

    def _in_period(self, instant, company):
        """Whether an instant (naive UTC) of a company is in the period.

        Nothing after the cut-off is looked at.
        """
        return SQL(
            "%s AND %s AND %s <= %s",
            self._of_company(company),
            self._between(instant, self.scope.start, self.scope.period_stop),
            instant,
            self.cutoff,
        )

    def _days_in_period(self, day, company):
        """Like :meth:`_in_period`, of what is stored as a day."""
        return SQL(
            "%s AND %s BETWEEN %s AND %s",
            self._of_company(company),
            day,
            self.scope.date_from,
            self._last_day_of(company),
        )

    @cached_property
    def _days_of_companies(self):
        return days_of_companies(self._env, self.cutoff)

    def _cutoff_day(self, company):
        """The last day that had begun at the cut-off, where a company is.

        In an analysis that is today, which in UTC may be tomorrow or yesterday.
        """
        if not self.scope.is_open:
            return SQL("%s::date", self.scope.cutoff_day)
        return own_day(self._days_of_companies, company)

    def _last_day_of(self, company):
        """The last day that is asked for, and had begun at the cut-off."""
        if not self.scope.is_open:
            return SQL("%s::date", min(self.scope.date_to, self.scope.cutoff_day))
        today = self._cutoff_day(company)
        return SQL("LEAST(%s::date, %s)", self.scope.asked_to, today)
