"""The SQL of the incident facts: one row per incident with a supplier."""

from odoo.tools import SQL

from ..fact.query import FactQuery, company_of, fact_columns

# Why an incident ``i`` does not count. Until it is decided whose fault it was, it does;
# what came by mail from outside does once one of us has taken it up.
INCIDENT_EXCLUSION = SQL(
    """
    CASE WHEN i.state = 'cancelled' THEN 'cancelled'
         WHEN i.responsibility IN ('us', 'carrier', 'force_majeure')
              OR i.state = 'new' AND i.reporter_id IS NULL
              THEN 'responsibility'
         ELSE i.supplier_exclusion END
    """
)


class IncidentQuery(FactQuery):
    """Builds the query of ``supplier.incident.fact``."""

    def sql(self):
        """Return the whole query."""
        return SQL(
            """
            SELECT %(columns)s,
                   i.title,
                   c.currency_id,
                   i.incident_type,
                   i.severity,
                   i.responsibility,
                   CASE WHEN i.date_resolved <= %(cutoff)s
                        THEN 1::float8 ELSE 0::float8 END AS is_resolved,
                   (EXTRACT(EPOCH FROM
                        LEAST(COALESCE(i.date_resolved, %(cutoff)s), %(cutoff)s)
                        - i.date_opened) / 3600)::float8 AS hours_open,
                   i.quantity::float8 AS quantity,
                   i.cost
              FROM supplier_incident i
              %(company)s
              LEFT JOIN product_product p ON p.id = i.product_id
              LEFT JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE i.commercial_partner_id IS NOT NULL
               AND %(in_period)s
            """,
            columns=fact_columns(
                SQL("i"),
                res_model=SQL("'supplier.incident'"),
                res_id=SQL("i.id"),
                partner_id=SQL("i.commercial_partner_id"),
                date=self._local_day(SQL("i.date_opened")),
                categ_id=SQL("t.categ_id"),
                exclusion=INCIDENT_EXCLUSION,
                exclusion_reason=SQL("i.supplier_exclusion_reason"),
            ),
            company=company_of(SQL("i.company_id")),
            cutoff=self.cutoff,
            in_period=self._in_period(SQL("i.date_opened"), SQL("i.company_id")),
        )
