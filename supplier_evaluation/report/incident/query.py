"""The SQL of the incident facts: one row per incident with a supplier."""

from odoo.tools import SQL

from ..fact.query import FactQuery

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
            SELECT i.id,
                   'supplier.incident' AS res_model,
                   i.id AS res_id,
                   i.name,
                   i.title,
                   i.commercial_partner_id AS partner_id,
                   i.company_id,
                   c.currency_id,
                   %(day)s AS date,
                   i.product_id,
                   t.categ_id,
                   i.incident_type,
                   i.severity,
                   i.responsibility,
                   1::float8 AS weight,
                   1::float8 AS weight_square,
                   1 AS line_count,
                   CASE WHEN i.date_resolved <= %(cutoff)s
                        THEN 1::float8 ELSE 0::float8 END AS is_resolved,
                   (EXTRACT(EPOCH FROM
                        LEAST(COALESCE(i.date_resolved, %(cutoff)s), %(cutoff)s)
                        - i.date_opened) / 3600)::float8 AS hours_open,
                   i.quantity::float8 AS quantity,
                   i.cost,
                   %(exclusion)s AS exclusion,
                   i.supplier_exclusion_reason AS exclusion_reason
              FROM supplier_incident i
              JOIN res_company c ON c.id = i.company_id
              JOIN res_partner company_partner ON company_partner.id = c.partner_id
              LEFT JOIN product_product p ON p.id = i.product_id
              LEFT JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE i.commercial_partner_id IS NOT NULL
               AND %(in_period)s
            """,
            day=self._local_day(SQL("i.date_opened")),
            cutoff=self.cutoff,
            exclusion=INCIDENT_EXCLUSION,
            in_period=self._in_period(SQL("i.date_opened"), SQL("i.company_id")),
        )
