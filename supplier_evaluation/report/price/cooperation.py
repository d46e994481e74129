"""The SQL of the cooperation facts: what was bought now and a year ago, since when."""

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..fact.ids import IdCodec
from ..fact.query import fact_columns
from .lines import PriceLines

DAYS_OF_YEAR = 365.25
# A line that is the first one with the supplier may be one of the period as well.
COOPERATION_IDS = IdCodec(2)
# Which rows a figure concerns, by the name of its aspect.
KINDS = {"growth": ("ordered", "before"), "length": ("first",)}
# What an order line adds to the growth; nothing where there was nothing before.
GROWTH = SQL(
    """
    CASE WHEN f.base > 0
         THEN CASE f.kind WHEN 'ordered' THEN f.value WHEN 'before' THEN -f.value END
    END
    """
)
NEEDS = {"growth": GROWTH}
# Joined before the reader's conditions are looked at. With them, PostgreSQL expects one
# line of what is asked live, and looks through all suppliers for each.
APART = SQL("OFFSET 0")
# The first line with each supplier. Day and identifier are one number, which is grouped
# at once: to sort all lines takes longer.
FIRST = SQL(
    """
    (SELECT MIN((line.day - DATE '2000-01-01') * %(room)s + line.id) & (%(room)s - 1)
            AS id
       FROM line
      WHERE line.exclusion IS NULL
      GROUP BY line.company_id, line.partner_id)
    """,
    room=2**44,
)


def year_before(first, last):
    """Return the same days of the year before, whole months for whole months.

    >>> from datetime import date
    >>> year_before(date(2029, 2, 1), date(2029, 2, 28))
    (datetime.date(2028, 2, 1), datetime.date(2028, 2, 29))

    :param date first: first day
    :param date last: last day, included
    """
    year = relativedelta(years=1)
    before = last - year
    if (last + relativedelta(days=1)).day == 1:
        before += relativedelta(day=31)
    return first - year, before


class CooperationQuery(PriceLines):
    """Builds the query of ``supplier.cooperation.fact``.

    An analysis has no period that could be compared with one before: it shows what
    was ordered, and the first order with each supplier.
    """

    _compares_suppliers = False

    def sql(self):
        """Return the whole query.

        Of an analysis a page is asked for: lines are read where they are needed, so
        PostgreSQL joins what only a list shows to the lines of the page.
        """
        return SQL(
            """
            WITH %(parts)s
            SELECT %(columns)s,
                   f.kind, f.source, f.order_id, f.value,
                   %(growth)s AS growth_value,
                   CASE WHEN f.kind = 'before' AND f.base > 0 THEN f.value END
                       AS before_value,
                   CASE WHEN f.kind = 'first'
                        THEN GREATEST(0, %(last_day)s - f.day) / %(year)s::float8 END
                       AS years
              FROM (%(rows)s) f
            """,
            parts=SQL(", ").join(
                SQL("%s AS %s", SQL.identifier(name), part)
                for name, part in self._parts().items()
            ),
            rows=self._rows(),
            columns=fact_columns(
                SQL("f"),
                id=COOPERATION_IDS.sql(SQL("f.id"), SQL("(f.kind = 'first')::integer")),
                date=SQL("f.day"),
                exclusion=self._needing(SQL("f.exclusion"), NEEDS),
            ),
            growth=GROWTH,
            last_day=self._last_day(),
            year=DAYS_OF_YEAR,
        )

    def _parts(self):
        """All lines that were confirmed until the end of the period; sums of them."""
        sources = [] if self.taken.is_all_live else [self.stored()]
        parts, asked = {}, self.asked()
        if asked is not None:
            parts["asked"] = SQL("MATERIALIZED (%s)", asked)
            sources.append(SQL("SELECT * FROM asked"))
        parts["line"] = SQL(
            "NOT MATERIALIZED (SELECT l.* FROM (%s) l WHERE %s)",
            SQL(" UNION ALL ").join(sources),
            self._of_supplier(SQL("l.partner_id")),
        )
        return {**parts, "base": self._base(), "first": FIRST}

    def _asked_products(self, product):
        """All: the first order with a supplier may have been one of another product."""
        return SQL("TRUE")

    def _base(self):
        """What each supplier was bought from in the year before.

        Of what is asked live, all is grouped, and what was before is summed up: with a
        condition, PostgreSQL expects one supplier, and looks through all of them for
        each line.
        """
        before = SQL("line.exclusion IS NULL AND %s", self._is_before_or_never())
        is_grouped = self.taken.is_all_live and not self.scope.is_open
        return SQL(
            """
            (SELECT line.company_id, line.partner_id, SUM(line.value) %s AS value
               FROM line
              WHERE %s
              GROUP BY line.company_id, line.partner_id)
            """,
            SQL("FILTER (WHERE %s)", before) if is_grouped else SQL(),
            SQL("TRUE") if is_grouped else before,
        )

    def _is_before_or_never(self):
        return SQL("FALSE") if self.scope.is_open else self._is_before()

    def _rows(self):
        rows = {"ordered": self._bought("ordered", SQL("line.in_period"))}
        if not self.scope.is_open:
            rows["before"] = self._bought("before", self._is_before())
        rows["first"] = SQL(
            "(SELECT line.*, 'first' AS kind, NULL::float8 AS base"
            " FROM first JOIN line ON line.id = first.id %s)",
            APART,
        )
        kinds = KINDS.get(self.scope.aspect, rows)
        return SQL(" UNION ALL ").join(
            row for kind, row in rows.items() if kind in kinds
        )

    def _bought(self, kind, wanted):
        return SQL(
            """
            (SELECT line.*, %(kind)s AS kind, base.value AS base
               FROM line
               LEFT JOIN base
                      ON base.company_id = line.company_id + 0
                     AND base.partner_id = line.partner_id
              WHERE %(wanted)s %(apart)s)
            """,
            kind=kind,
            wanted=wanted,
            # Of an analysis, a page is asked for, and there is no year before.
            apart=SQL() if self.scope.is_open else APART,
        )

    def _is_before(self):
        """Whether a line was bought in the same days of the year before."""
        return SQL("line.day BETWEEN %s AND %s", *year_before(*self.scope.days))

    def _last_day(self):
        """The day up to which one has worked together."""
        if self.scope.is_open:
            return self._cutoff_day(SQL("f.company_id"))
        return SQL("%s::date", self.scope.days[1])
