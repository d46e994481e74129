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

    def sql(self):
        """Return the whole query."""
        return SQL(
            """
            WITH line AS MATERIALIZED (%(lines)s),
            f AS (
                SELECT rows.*,
                       SUM(rows.value)
                           FILTER (WHERE rows.kind = 'before'
                                     AND rows.exclusion IS NULL)
                           OVER (PARTITION BY rows.company_id, rows.partner_id) AS base
                  FROM (%(rows)s) rows
            )
            SELECT %(columns)s,
                   f.kind, f.source, f.order_id, f.value,
                   %(growth)s AS growth_value,
                   CASE WHEN f.kind = 'before' AND f.base > 0 THEN f.value END
                       AS before_value,
                   CASE WHEN f.kind = 'first'
                        THEN GREATEST(0, %(last_day)s - f.day) / %(year)s::float8 END
                       AS years
              FROM f
            """,
            lines=self._lines(),
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

    def _lines(self):
        """All lines that were confirmed until the end of the period."""
        sources = [] if self.taken.is_all_live else [self.stored()]
        asked = self.asked()
        if asked is not None:
            sources.append(asked)
        return SQL(
            "SELECT l.* FROM (%s) l WHERE %s",
            SQL(" UNION ALL ").join(sources),
            self._of_supplier(SQL("l.partner_id")),
        )

    def _rows(self):
        rows = {
            "ordered": SQL(
                "SELECT line.*, 'ordered' AS kind FROM line WHERE in_period"
            ),
            "before": self._before(),
            "first": SQL(
                """
                (SELECT DISTINCT ON (line.company_id, line.partner_id)
                        line.*, 'first' AS kind
                   FROM line
                  WHERE line.exclusion IS NULL
                  ORDER BY line.company_id, line.partner_id, line.day, line.id)
                """
            ),
        }
        kinds = KINDS.get(self.scope.aspect, rows)
        return SQL(" UNION ALL ").join(
            row for kind, row in rows.items() if kind in kinds and row is not None
        )

    def _before(self):
        if self.scope.is_open:
            return None
        return SQL(
            "SELECT line.*, 'before' AS kind FROM line"
            " WHERE line.day BETWEEN %s AND %s",
            *year_before(*self.scope.days),
        )

    def _last_day(self):
        """The day up to which one has worked together."""
        scope = self.scope
        return SQL("%s::date", scope.cutoff_day if scope.is_open else scope.days[1])
