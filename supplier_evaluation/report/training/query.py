"""The SQL of the training facts: one row per training of a supplier's people."""

from odoo.tools import SQL

from ..fact.query import WITHOUT_PRODUCT, FactQuery, company_of, fact_columns

SHARE = SQL("n.completed::float8 / n.invited")


class TrainingQuery(FactQuery):
    """Builds the query of ``supplier.training.fact``."""

    def sql(self):
        """Return the whole query."""
        weight = self._weight(SQL("n.invited"))
        return SQL(
            """
            SELECT %(columns)s,
                   n.user_id,
                   n.invited,
                   n.attended,
                   n.completed,
                   n.hours::float8 AS hours,
                   %(share)s AS completed_share,
                   %(share)s * %(weight)s AS completed_weighted
              FROM supplier_training n
              %(company)s
             WHERE n.trainees = 'supplier'
               AND %(in_period)s
            """,
            columns=fact_columns(
                SQL("n"),
                SQL("(%s)::float8", weight),
                **WITHOUT_PRODUCT,
                res_model=SQL("'supplier.training'"),
                res_id=SQL("n.id"),
                name=SQL("n.title"),
                partner_id=SQL("n.commercial_partner_id"),
                exclusion=self._exclusion(),
                exclusion_reason=SQL("n.supplier_exclusion_reason"),
            ),
            share=SHARE,
            weight=weight,
            company=company_of(SQL("n.company_id")),
            in_period=self._days_in_period(SQL("n.date"), SQL("n.company_id")),
        )

    def _exclusion(self):
        """Why a training does not count."""
        return SQL(
            """
            CASE WHEN n.state = 'cancelled' THEN 'cancelled'
                 WHEN n.state <> 'held' OR n.date_done > %s THEN 'outside_period'
                 ELSE n.supplier_exclusion END
            """,
            self.cutoff,
        )
