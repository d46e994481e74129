"""The SQL of the incident facts: one row per incident with a supplier."""

from datetime import date, timedelta

from odoo.tools import SQL

from .fact_days import ALL_DAYS
from .fact_scope import local_midnight


class IncidentQuery:
    """Builds the query of ``supplier.incident.fact`` for one scope.

    :param env: environment, for the clock
    :param scope: a :class:`FactScope`, or None for everything up to now
    :param days: first and last day of opening that is asked for, without a scope
    """

    def __init__(self, env, scope, days=ALL_DAYS):
        self.scope = scope
        self.days = days
        self.cutoff = scope.cutoff if scope else env.cr.now()
        if scope:
            self.tz = SQL("%s", scope.tz)
        else:
            self.tz = SQL("COALESCE(company_partner.tz, 'UTC')")

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
                   (i.date_opened AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS date,
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
                   CASE WHEN i.state = 'cancelled' THEN 'cancelled'
                        WHEN i.responsibility IN ('us', 'carrier', 'force_majeure')
                             THEN 'responsibility'
                        ELSE i.supplier_exclusion END AS exclusion,
                   i.supplier_exclusion_reason AS exclusion_reason
              FROM supplier_incident i
              JOIN res_company c ON c.id = i.company_id
              JOIN res_partner company_partner ON company_partner.id = c.partner_id
              LEFT JOIN product_product p ON p.id = i.product_id
              LEFT JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE i.commercial_partner_id IS NOT NULL
               AND i.date_opened <= %(cutoff)s
               AND %(period)s
            """,
            tz=self.tz,
            cutoff=self.cutoff,
            period=self._period(),
        )

    def _period(self):
        """Compare instants as they are stored, for the index."""
        scope = self.scope
        if not scope:
            return self._asked_days()
        return SQL(
            "i.company_id = %s AND i.date_opened >= %s AND i.date_opened < %s",
            scope.company_id,
            scope.start,
            local_midnight(scope.date_to + timedelta(days=1), scope.tz),
        )

    def _asked_days(self):
        """A day more on both sides, for all time zones."""
        condition = SQL("TRUE")
        first, last = self.days
        if first > date.min + timedelta(days=1):
            after = first - timedelta(days=1)
            condition = SQL("%s AND i.date_opened >= %s", condition, after)
        if last < date.max - timedelta(days=2):
            before = last + timedelta(days=2)
            condition = SQL("%s AND i.date_opened < %s", condition, before)
        return condition
