"""The SQL of certifications: which programmes apply, and what was in force when.

Who a programme is for is asked in the same way as who needs a document; only what
is looked up per supplier differs.
"""

from odoo import fields
from odoo.tools import SQL

from ..document.query import DocumentQuery, requirement_columns


class ProgramConditions(DocumentQuery):
    """Programmes in the place of document types."""

    def _types(self):
        """The programmes, each with what narrows it; NULL: nothing does."""
        return SQL(
            """
            SELECT t.id,
                   t.company_id,
                   COALESCE(t.name->>%(lang)s, t.name->>'en_US') AS name,
                   NULLIF(ARRAY(
                       SELECT TO_JSONB(r.supplier_tier_id)
                         FROM supplier_certification_program_supplier_tier_rel r
                        WHERE r.supplier_certification_program_id = t.id), '{}')
                       AS tier_ids,
                   NULL::integer[] AS tag_ids,
                   NULLIF(ARRAY(
                       SELECT r.res_country_id
                         FROM res_country_supplier_certification_program_rel r
                        WHERE r.supplier_certification_program_id = t.id), '{}')
                       AS country_ids,
                   NULLIF(ARRAY(
                       SELECT below.id
                         FROM product_category_supplier_certification_program_rel r
                         JOIN product_category above ON above.id = r.product_category_id
                         JOIN product_category below
                           ON below.parent_path LIKE above.parent_path || '%%'
                        WHERE r.supplier_certification_program_id = t.id), '{}')
                       AS categ_ids
              FROM supplier_certification_program t
             WHERE t.active
            """,
            lang=self.env.lang or "en_US",
        )

    def _required(self):
        """Conditions combine with AND, the values of one with OR."""
        return SQL(
            "%s AND (type.company_id IS NULL OR type.company_id = company.id) AND %s",
            super()._required(),
            self._filters(),
        )

    def _filters(self):
        """The further condition of each programme that has one."""
        programs = self.env["supplier.certification.program"].sudo()
        programs = programs.search([("partner_domain", "not in", (False, "", "[]"))])
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        conditions = [
            SQL(
                "(type.id <> %s OR p.id IN %s)",
                program.id,
                partners._search(program._partner_domain()).subselect(),
            )
            for program in programs
        ]
        return SQL(" AND ").join(conditions) if conditions else SQL("TRUE")


class ProgramQuery(ProgramConditions):
    """Finds the programmes that apply to given suppliers today."""

    def __init__(self, env, company):
        # The scope is that of one company and today: no facts are read.
        self.env = env["supplier.certification.program"].with_company(company).env
        self.company = company
        self.scope = None
        self.cutoff = fields.Datetime.now()
        self.partners = None

    def applying(self, partner_ids):
        """Return the query for pairs of supplier and programme.

        :param partner_ids: commercial entities, whether or not they were ordered from
        """
        self.partners = list(partner_ids)
        return SQL(
            """
            WITH company AS (SELECT %(company)s AS id),
                 type AS (%(types)s),
                 supplier AS (
                     SELECT source.company_id,
                            source.partner_id,
                            ARRAY_AGG(DISTINCT source.type_id) AS sold_type_ids
                       FROM (SELECT company.id AS company_id,
                                    asked.id AS partner_id,
                                    NULL::integer AS type_id
                               FROM company,
                                    UNNEST(%(partners)s::integer[]) AS asked (id)
                              UNION ALL
                             %(sold)s) source
                      GROUP BY source.company_id, source.partner_id)
            SELECT supplier.partner_id, type.id
              FROM supplier
              JOIN company ON company.id = supplier.company_id
              JOIN res_partner p ON p.id = supplier.partner_id
              JOIN type ON %(required)s
             ORDER BY supplier.partner_id, type.id
            """,
            company=self.company.id,
            types=self._types(),
            partners=self.partners,
            sold=self._sold(),
            required=self._required(),
        )


class CertificationQuery(ProgramConditions):
    """Builds the query of ``supplier.certification.fact``."""

    def sql(self):
        """Return the whole query: a row per company and supplier with a programme.

        Every programme that applies has to be held: the weakest one decides.
        """
        return SQL(
            """
            WITH company AS (%(companies)s),
                 type AS (%(types)s),
                 supplier AS (%(suppliers)s),
                 held AS (%(held)s)
            SELECT %(columns)s,
                   held.program_id,
                   held.program_count,
                   held.certification_id,
                   held.date_from,
                   held.date_to,
                   held.score,
                   held.status
              FROM held
              JOIN company ON company.id = held.company_id
              JOIN res_partner p ON p.id = held.partner_id
            """,
            companies=self._companies(),
            types=self._types(),
            suppliers=self._suppliers(),
            held=self._held(),
            columns=requirement_columns(
                # Of several programmes it is one fact.
                0,
                SQL(
                    "CONCAT_WS(' ', COALESCE(held.number, held.program_name),"
                    " p.complete_name)"
                ),
                "supplier.certification",
                SQL("held.certification_id"),
            ),
        )

    def _held(self):
        """The weakest programme of each company and supplier."""
        return SQL(
            """
            SELECT DISTINCT ON (supplier.company_id, supplier.partner_id)
                   supplier.company_id,
                   supplier.partner_id,
                   type.id AS program_id,
                   type.name AS program_name,
                   COUNT(*) OVER (
                       PARTITION BY supplier.company_id, supplier.partner_id)::integer
                       AS program_count,
                   best.id AS certification_id,
                   best.number,
                   best.date_from,
                   best.date_to,
                   COALESCE(best.score, 0.0) AS score,
                   COALESCE(best.status, 'none') AS status
              FROM supplier
              JOIN company ON company.id = supplier.company_id
              JOIN res_partner p ON p.id = supplier.partner_id
              JOIN type ON %(required)s
              LEFT JOIN LATERAL (%(best)s) best ON TRUE
             ORDER BY supplier.company_id, supplier.partner_id,
                      COALESCE(best.score, 0.0), type.id
            """,
            required=self._required(),
            best=self._best(),
        )

    def _best(self):
        """The best certification of a supplier in a programme, as at the cut-off.

        What it was then is read from its transitions: a certification that was
        suspended since counts as what it was.
        """
        return SQL(
            """
            SELECT c.id, c.name AS number, was.date_from, was.date_to,
                   value.score,
                   CASE WHEN was.state IN ('certified', 'conditional')
                             AND was.date_from > company.day THEN 'not_yet'
                        WHEN was.state IN ('certified', 'conditional')
                             AND was.date_to < company.day THEN 'expired'
                        ELSE was.state END AS status
              FROM supplier_certification c
              JOIN LATERAL (
                   SELECT t.state_to AS state, t.date_from, t.date_to
                     FROM supplier_certification_transition t
                    WHERE t.certification_id = c.id AND t.date <= %(cutoff)s
                    ORDER BY t.date DESC, t.id DESC
                    LIMIT 1) was ON TRUE
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN company.day BETWEEN was.date_from AND was.date_to
                               THEN CASE was.state WHEN 'certified' THEN 100.0
                                                   WHEN 'conditional' THEN 50.0
                                                   ELSE 0.0 END
                               ELSE 0.0 END AS score) value
             WHERE c.partner_id = p.id
               AND c.company_id = company.id
               AND c.program_id = type.id
             ORDER BY value.score DESC, was.date_to DESC NULLS LAST, c.id DESC
             LIMIT 1
            """,
            cutoff=self.cutoff,
        )
