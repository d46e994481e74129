"""The SQL of the risk facts: signals that a KPI counts, and that somebody looked.

Looking counts as a record with nothing in it: so a supplier of which nothing was found
has the figure 0, and one for which nobody looked has none.
"""

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ...models.risk.kinds import ENVIRONMENT_POINTS
from ..fact.ids import IdCodec
from ..fact.query import WITHOUT_PRODUCT, FactQuery, fact_columns

# A signal, or one of the two things for which a source was looked at.
FACT_IDS = IdCodec(4)
SIGNAL, LEGAL, ENVIRONMENT = range(3)
MONTHS = 12
# Agencies rate once a year, and not on the day.
MONTHS_OF_RATING = 24


class RiskQuery(FactQuery):
    """Builds the query of ``supplier.risk.fact``."""

    def __init__(self, facts):
        super().__init__(facts)
        self.first, self.last = self.scope.days

    def sql(self):
        """Return the whole query: a row per signal, and per thing looked for."""
        return SQL(
            """
            SELECT %(columns)s,
                   r.topic, r.kind, r.severity, r.state, r.source,
                   r.cases, r.environment_points, r.rating_score
              FROM (%(signals)s UNION ALL %(checks)s) r
             WHERE %(asked)s
            """,
            columns=fact_columns(SQL("r"), **WITHOUT_PRODUCT),
            signals=self._signals(),
            checks=self._checks(),
            asked=self._of_supplier(SQL("r.partner_id")),
        )

    def _since(self, months):
        """The first day that counts: so long before the last one."""
        if self.scope.is_open:
            return self.first
        return self.last - relativedelta(months=months) + relativedelta(days=1)

    def _signals(self):
        """Signals of the year, older lawsuits that last, and ratings of two years."""
        points = SQL(" ").join(
            SQL("WHEN %s THEN %s::float8", name, points)
            for name, points in ENVIRONMENT_POINTS.items()
        )
        return SQL(
            """
            SELECT %(id)s AS id,
                   'supplier.risk.signal' AS res_model,
                   s.id AS res_id,
                   s.name,
                   s.commercial_partner_id AS partner_id,
                   s.company_id,
                   s.date,
                   CASE WHEN s.state = 'false_alarm' THEN 'cancelled'
                        WHEN s.kind = 'litigation' AND %(is_over)s THEN 'outside_period'
                        WHEN s.place > 1 THEN 'superseded'
                        ELSE s.supplier_exclusion END AS exclusion,
                   s.supplier_exclusion_reason AS exclusion_reason,
                   s.topic, s.kind, s.severity, s.state, s.source,
                   CASE WHEN s.topic = 'legal' THEN 1::float8 END AS cases,
                   CASE WHEN s.topic = 'environment'
                        THEN (CASE s.severity %(points)s END)
                             * CASE WHEN s.state IN ('mitigated', 'closed')
                                    THEN 0.5 ELSE 1 END END AS environment_points,
                   CASE WHEN s.topic = 'rating' THEN s.rating_score::float8 END
                       AS rating_score
              FROM (
                   SELECT s.*,
                          CASE WHEN s.kind IN ('litigation', 'penalty') THEN 'legal'
                               WHEN s.kind = 'environment' THEN 'environment'
                               ELSE 'rating' END AS topic,
                          CASE WHEN s.kind = 'credit_rating'
                                    AND s.state <> 'false_alarm'
                                    AND s.supplier_exclusion IS NULL
                               THEN ROW_NUMBER() OVER (
                                    PARTITION BY s.company_id, s.commercial_partner_id,
                                                 s.source, s.kind,
                                                 s.state <> 'false_alarm'
                                                 AND s.supplier_exclusion IS NULL
                                    ORDER BY s.date DESC, s.id DESC) END AS place
                     FROM supplier_risk_signal s
                    WHERE s.kind IN ('litigation', 'penalty', 'environment',
                                     'credit_rating')
                      AND s.date <= %(last)s
                      AND %(of_company)s) s
             WHERE CASE WHEN s.kind = 'credit_rating' THEN s.date >= %(rated)s
                        WHEN s.kind = 'litigation'
                        THEN s.date >= %(since)s OR NOT %(is_over)s
                        ELSE s.date >= %(since)s END
            """,
            id=FACT_IDS.sql(SQL("s.id"), SIGNAL),
            points=points,
            is_over=self._is_over(),
            last=self._last_day_of(SQL("s.company_id")),
            since=self._since(MONTHS),
            rated=self._since(MONTHS_OF_RATING),
            of_company=self._of_company(SQL("s.company_id")),
        )

    def _is_over(self):
        """Whether a signal ``s`` had ended by the last day, or was closed by then."""
        return SQL(
            """
            (COALESCE(s.date_end <= %(last)s, FALSE)
             OR (s.state = 'closed' AND COALESCE(s.date_closed <= %(cutoff)s, FALSE)))
            """,
            last=self._last_day_of(SQL("s.company_id")),
            cutoff=self.cutoff,
        )

    def _checks(self):
        """That a source was looked at, once for each thing that it would have shown."""
        return SQL(
            """
            SELECT %(id)s, 'supplier.risk.check', k.id, k.source,
                   k.commercial_partner_id, k.company_id, k.date,
                   NULL::varchar, NULL::varchar,
                   look.topic, 'checked', NULL::varchar, NULL::varchar, k.source,
                   CASE WHEN look.topic = 'legal' THEN 0::float8 END,
                   CASE WHEN look.topic = 'environment' THEN 0::float8 END,
                   NULL::float8
              FROM supplier_risk_check k
             CROSS JOIN LATERAL (VALUES
                   (%(legal)s, 'legal', k.has_legal),
                   (%(environment)s, 'environment', k.has_environment))
                   look (number, topic, is_meant)
             WHERE look.is_meant
               AND k.date BETWEEN %(since)s AND %(last)s
               AND %(of_company)s
            """,
            id=FACT_IDS.sql(SQL("k.id"), SQL("look.number")),
            legal=LEGAL,
            environment=ENVIRONMENT,
            since=self._since(MONTHS),
            last=self._last_day_of(SQL("k.company_id")),
            of_company=self._of_company(SQL("k.company_id")),
        )
