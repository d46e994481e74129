"""How it is asked of all vendors at once what is known of them."""

from odoo import fields
from odoo.tools import SQL

from ...tools.optional_numbers import OptionalNumber
from ..fact.ids import IdCodec
from ..fact.query import days_of_companies, own_day

PROFILE_IDS = IdCodec(2**12)


class ProfileQuery:
    """Builds the query of ``supplier.profile``: a row for each vendor and company.

    Each rule is a row of values: whether it asks something of the vendor, and whether
    that is there.

    :param profiles: the model
    """

    def __init__(self, profiles):
        self.env = profiles.env
        self.partners = self.env["res.partner"]
        # Whatever the user may see: a rule of another company asks nothing here.
        rules = self.env["supplier.profile.rule"].sudo()
        self.rules = rules.search([("active", "=", True)])
        self.days = days_of_companies(self.env, fields.Datetime.now())

    def sql(self):
        self._flush()
        return SQL(
            """
            SELECT %(id)s AS id,
                   p.id AS partner_id,
                   company.id AS company_id,
                   place.tier_id,
                   place.stage_id,
                   p.supplier_region_group_id AS region_group_id,
                   p.buyer_id,
                   COALESCE(TRIM(p.company_registry), '') <> '' AS has_registry,
                   COALESCE(p.supplier_registry_wrong, FALSE) AS is_registry_wrong,
                   asked.missing_rules,
                   COALESCE(asked.missing_count, 0) AS missing_count,
                   COALESCE(asked.missing_documents, 0) > 0 AS lacks_document,
                   (100 * (asked.total - COALESCE(asked.missing, 0))
                       / NULLIF(asked.total, 0))::float8 AS score,
                   checked.date AS checked_date,
                   checked.user_id AS checked_uid,
                   checked.date IS NULL OR checked.date < %(now)s::timestamp
                       - company.supplier_check_months * INTERVAL '1 month'
                       AS is_unchecked
              FROM res_partner p
              JOIN res_company company
                ON company.active AND (p.company_id IS NULL
                    OR '/' || company.parent_path LIKE '%%/' || p.company_id || '/%%')
             CROSS JOIN LATERAL (
                   SELECT %(tier)s AS tier_id, %(stage)s AS stage_id) place
             CROSS JOIN LATERAL (%(asked)s) asked
              LEFT JOIN LATERAL (
                   SELECT c.date, c.user_id
                     FROM supplier_profile_check c
                    WHERE c.partner_id = p.id AND c.company_id = company.id
                    ORDER BY c.date DESC, c.id DESC
                    LIMIT 1) checked ON TRUE
             WHERE p.active AND p.supplier_rank > 0
               AND p.commercial_partner_id = p.id
            """,
            id=PROFILE_IDS.sql(SQL("p.id"), SQL("company.id")),
            now=fields.Datetime.now(),
            tier=self._of_company("supplier_tier_id"),
            stage=self._of_company("supplier_stage_id"),
            asked=self._asked(),
        )

    def _flush(self):
        """What stands in the cache is written: the query names tables only."""
        self.env.flush_all()

    def _of_company(self, fname):
        """Return the SQL of what a field says in a row's company, as a number."""
        fallbacks = self.env["ir.default"]._get_field_column_fallbacks(
            "res.partner", fname
        )
        return SQL(
            "COALESCE(%(column)s->>company.id::text,"
            " %(fallbacks)s::jsonb->>company.id::text)::integer",
            column=SQL.identifier("p", fname),
            fallbacks=fallbacks,
        )

    def _asked(self):
        nothing = SQL("(0, 0::float8, FALSE, FALSE, TRUE)")
        rows = [nothing, *(row for rule in self.rules if (row := self._row(rule)))]
        missing = SQL("FILTER (WHERE NOT rule.filled)")
        return SQL(
            """
            SELECT SUM(rule.weight) AS total,
                   SUM(rule.weight) %(missing)s AS missing,
                   COUNT(*) %(missing)s AS missing_count,
                   COUNT(*) FILTER (WHERE NOT rule.filled AND rule.is_document)
                       AS missing_documents,
                   STRING_AGG(rule.id::text, ',' ORDER BY rule.place) %(missing)s
                       AS missing_rules
              FROM (SELECT v.*, ROW_NUMBER() OVER () AS place
                      FROM (VALUES %(rows)s)
                        AS v (id, weight, is_document, applies, filled)) rule
             WHERE rule.applies
            """,
            missing=missing,
            rows=SQL(", ").join(rows),
        )

    def _row(self, rule):
        filled = (
            self._has_document(rule.document_type_id)
            if rule.kind == "document"
            else self._is_filled(rule.field_id.name)
        )
        if filled is None:
            return None
        return SQL(
            "(%s, %s::float8, %s, %s, %s)",
            rule.id,
            rule.weight,
            rule.kind == "document",
            self._applies(rule),
            filled,
        )

    def _applies(self, rule):
        conditions = [SQL("TRUE")]
        if rule.company_id:
            conditions.append(SQL("company.id = %s", rule.company_id.id))
        if rule.tier_ids:
            tiers = rule.tier_ids.ids
            conditions.append(SQL("COALESCE(place.tier_id = ANY(%s), FALSE)", tiers))
        if rule.stage_ids:
            stages = rule.stage_ids.ids
            conditions.append(SQL("COALESCE(place.stage_id = ANY(%s), FALSE)", stages))
        return SQL("(%s)", SQL(" AND ").join(conditions))

    def _has_document(self, document_type):
        return SQL(
            """EXISTS (
                SELECT FROM supplier_document d
                 WHERE d.commercial_partner_id = p.id AND d.type_id = %(type)s
                   AND d.active AND d.verification = 'verified'
                   AND (d.company_id IS NULL OR d.company_id = company.id)
                   AND COALESCE(d.date_from, '-infinity') <= %(day)s
                   AND COALESCE(d.date_to, 'infinity') >= %(day)s)""",
            type=document_type.id,
            day=own_day(self.days, SQL("company.id")),
        )

    def _is_filled(self, fname):
        """Return the SQL of whether a field of the vendor is filled in.

        :return: SQL; None: the field is gone, or not stored any more
        """
        field = self.partners._fields.get(fname)
        if not field or not field.store:
            return None
        if field.type in ("many2many", "one2many"):
            return self._has_lines(field)
        column = SQL.identifier("p", fname)
        if field.company_dependent:
            column = SQL("(%s->>company.id::text)", column)
        if field.type in ("char", "text", "selection"):
            return SQL("COALESCE(TRIM(%s::text), '') <> ''", column)
        if field.type in ("integer", "float", "monetary") and not isinstance(
            field, OptionalNumber
        ):
            return SQL("COALESCE(%s::numeric, 0) <> 0", column)
        if field.company_dependent:
            return SQL("COALESCE(%s, 'false') NOT IN ('false', '')", column)
        return SQL("%s IS NOT NULL", column)

    def _has_lines(self, field):
        if field.type == "many2many":
            return SQL(
                "EXISTS (SELECT FROM %s line WHERE %s = p.id)",
                SQL.identifier(field.relation),
                SQL.identifier("line", field.column1),
            )
        lines = self.env[field.comodel_name]
        inverse = lines._fields.get(field.inverse_name)
        if not (inverse and inverse.store):
            return None
        active = lines._active_name
        return SQL(
            "EXISTS (SELECT FROM %s line WHERE %s = p.id AND %s)",
            SQL.identifier(lines._table),
            SQL.identifier("line", field.inverse_name),
            SQL.identifier("line", active) if active else SQL("TRUE"),
        )
