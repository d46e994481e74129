"""The SQL of the inspection facts: one row per inspection that is done."""

from odoo.tools import SQL

from ..fact.query import FactQuery, company_of, fact_columns

# Whether a correction of an inspection ``n`` counts in its place.
IS_CORRECTED = SQL(
    """
    EXISTS (SELECT FROM supplier_inspection later
             WHERE later.previous_id = n.id AND later.state = 'done')
    """
)
# Whether what was found turned out to be somebody else's fault.
IS_OF_OTHERS = SQL(
    """
    EXISTS (SELECT FROM supplier_incident blamed
             WHERE blamed.inspection_id = n.id
               AND blamed.state <> 'cancelled'
               AND blamed.responsibility IN ('us', 'carrier', 'force_majeure'))
    """
)
# Why an inspection ``n`` does not count.
INSPECTION_EXCLUSION = SQL(
    """
    CASE WHEN %s THEN 'superseded'
         WHEN %s THEN 'responsibility'
         ELSE n.supplier_exclusion END
    """,
    IS_CORRECTED,
    IS_OF_OTHERS,
)
COUNTED_INSPECTION = SQL(
    "(n.state = 'done' AND %s IS NULL)",
    INSPECTION_EXCLUSION,
)
CHECKED = SQL("n.quantity_inspected::float8")
PASSED = SQL("(n.quantity_inspected - n.quantity_rejected)::float8")


class InspectionQuery(FactQuery):
    """Builds the query of ``supplier.inspection.fact``.

    What another system says is known since its day.
    """

    def sql(self):
        """Return the whole query."""
        weight = self._weight(SQL("n.quantity_inspected * n.unit_value"))
        share = SQL("%s / NULLIF(%s, 0)", PASSED, CHECKED)
        return SQL(
            """
            SELECT %(columns)s,
                   n.result,
                   n.user_id,
                   n.picking_id,
                   %(checked)s AS quantity_inspected,
                   n.quantity_rejected::float8 AS quantity_rejected,
                   %(passed)s AS quantity_passed,
                   %(share)s AS passed_share,
                   %(share)s * %(weight)s AS passed_weighted
              FROM supplier_inspection n
              %(company)s
              LEFT JOIN product_product p ON p.id = n.product_id
              LEFT JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE n.state = 'done'
               AND (n.date_done IS NULL OR n.date_done <= %(cutoff)s)
               AND %(in_period)s
            """,
            columns=fact_columns(
                SQL("n"),
                SQL("(%s)::float8", weight),
                res_model=SQL("'supplier.inspection'"),
                res_id=SQL("n.id"),
                partner_id=SQL("n.commercial_partner_id"),
                categ_id=SQL("t.categ_id"),
                exclusion=SQL(
                    "COALESCE(%s, CASE WHEN n.quantity_inspected = 0"
                    " THEN 'no_reference' END)",
                    INSPECTION_EXCLUSION,
                ),
                exclusion_reason=SQL("n.supplier_exclusion_reason"),
            ),
            checked=CHECKED,
            passed=PASSED,
            share=share,
            weight=weight,
            company=company_of(SQL("n.company_id")),
            cutoff=self.cutoff,
            in_period=self._days_in_period(SQL("n.date"), SQL("n.company_id")),
        )
