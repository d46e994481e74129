"""The SQL of the customers' assessments: what each person outside said of a supplier.

The figure is the mean over people. Who answered several times in the period is one
person: each answer is a part of the mean of that person.
"""

from odoo.tools import SQL

from ..fact.query import WITHOUT_PRODUCT, FactQuery, company_of, fact_columns

#: What was answered by the cut-off; what came later was open then.
ANSWERED = SQL("(r.state = 'done' AND COALESCE(r.date_done <= cutoff.at, FALSE))")
EXCLUSION = SQL(
    """
    CASE WHEN r.state = 'cancelled' THEN 'cancelled'
         WHEN NOT %(answered)s THEN 'outside_period'
         WHEN r.supplier_exclusion IS NOT NULL THEN r.supplier_exclusion
         WHEN NOT r.has_score THEN 'no_reference' END
    """,
    answered=ANSWERED,
)


class AssessmentQuery(FactQuery):
    """Builds the query of ``supplier.customer.review.fact``."""

    def sql(self):
        """Return the whole query: one row for each person asked about a supplier."""
        counts = SQL("(%s) IS NULL", EXCLUSION)
        return SQL(
            """
            SELECT %(columns)s,
                   r.respondent_id,
                   r.about,
                   r.user_id,
                   r.date_done,
                   CASE WHEN %(counts)s THEN r.score::float8 END AS score,
                   CASE WHEN %(counts)s
                        THEN r.score::float8 / COUNT(*) FILTER (WHERE %(counts)s) OVER (
                            PARTITION BY p.commercial_partner_id, r.company_id,
                                         r.respondent_id)
                   END AS respondent_part
              FROM supplier_customer_review r
              JOIN res_partner p ON p.id = r.partner_id
              %(company)s
             CROSS JOIN (SELECT %(cutoff)s::timestamp AS at) cutoff
             WHERE CASE WHEN %(answered)s THEN %(in_period)s ELSE %(is_due)s END
            """,
            columns=fact_columns(
                SQL("r"),
                **WITHOUT_PRODUCT,
                res_model=SQL("'supplier.customer.review'"),
                res_id=SQL("r.id"),
                partner_id=SQL("p.commercial_partner_id"),
                date=SQL(
                    "CASE WHEN %s THEN %s ELSE r.date_due END",
                    ANSWERED,
                    self._local_day(SQL("r.date_done")),
                ),
                exclusion=EXCLUSION,
                exclusion_reason=SQL("r.supplier_exclusion_reason"),
            ),
            counts=counts,
            company=company_of(SQL("r.company_id")),
            cutoff=self.cutoff,
            answered=ANSWERED,
            in_period=self._in_period(SQL("r.date_done"), SQL("r.company_id")),
            is_due=self._days_in_period(SQL("r.date_due"), SQL("r.company_id")),
        )
