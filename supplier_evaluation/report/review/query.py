"""The SQL of the review facts: what each rater said of a supplier.

The figure is the mean over raters. Who answered several times in the period, about its
months or for another template, is one rater: each answer is a part of the rater's mean.
"""

from odoo.tools import SQL

from ..fact.query import NEVER_EXCLUDED, WITHOUT_PRODUCT, FactQuery, fact_columns

COUNTS = SQL(
    "r.state = 'done' AND r.has_score AND COALESCE(r.date_done <= cutoff.at, FALSE)"
)
EXCLUSION = SQL(
    """
    CASE WHEN r.state = 'cancelled' THEN 'cancelled'
         WHEN NOT (r.state = 'done' AND r.date_done <= cutoff.at) IS TRUE
              THEN 'outside_period'
         WHEN NOT r.has_score THEN 'no_reference' END
    """
)
# The columns of every fact that a review does not have under the same name.
MADE = {
    **WITHOUT_PRODUCT,
    **NEVER_EXCLUDED,
    "res_model": SQL("'supplier.review'"),
    "res_id": SQL("r.id"),
    "name": SQL("NULL::varchar"),
    "partner_id": SQL("p.commercial_partner_id"),
    "exclusion": EXCLUSION,
}


class ReviewQuery(FactQuery):
    """Builds the query of ``supplier.review.fact``."""

    def __init__(self, facts):
        super().__init__(facts)
        self.asks = facts._asks(self.scope.template_id)

    def sql(self):
        """Return the whole query, one row per review about the period."""
        return SQL(
            """
            SELECT %(columns)s,
                   r.evaluation_id,
                   r.user_id,
                   r.role,
                   r.date_done,
                   CASE WHEN %(counts)s THEN r.score::float8 END AS score,
                   CASE WHEN %(counts)s
                        THEN r.score::float8 / COUNT(*) FILTER (WHERE %(counts)s) OVER (
                            PARTITION BY p.commercial_partner_id, r.company_id,
                                         r.user_id)
                   END AS rater_part
              FROM supplier_review r
              JOIN supplier_evaluation run ON run.id = r.evaluation_id
              JOIN res_partner p ON p.id = r.partner_id
             CROSS JOIN (SELECT %(cutoff)s::timestamp AS at) cutoff
             WHERE %(in_period)s
               AND %(own)s
            """,
            columns=fact_columns(SQL("r"), **MADE),
            counts=COUNTS,
            cutoff=self.cutoff,
            in_period=self._about_period(),
            own=self._own_questionnaire(),
        )

    def _about_period(self):
        """A review is asked for after the period that it is about."""
        if self.scope.is_open:
            return self._days_in_period(SQL("r.date"), SQL("r.company_id"))
        return SQL(
            "%s AND r.date BETWEEN %s AND %s",
            self._of_company(SQL("r.company_id")),
            self.scope.date_from,
            self.scope.date_to,
        )

    def _own_questionnaire(self):
        """Who asks counts the own answers; who does not ask counts all."""
        if not self.asks:
            return SQL("TRUE")
        return SQL("run.template_id = %s", self.scope.template_id)
