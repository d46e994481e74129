"""The SQL of certifications: which programmes apply, and what was in force when.

Who a programme is for is asked in the same way as who needs a document; only what
is looked up per supplier differs.
"""

from odoo import fields
from odoo.tools import SQL

from ...models.certification.status import precedence_sql, score_sql, status_sql
from ..document.applicability import Applicability
from ..document.requirement import RequirementQuery


def program_applicability(env, cutoff, partners):
    """Return whom the programmes concern.

    :param datetime cutoff: nothing that was ordered later is looked at
    :param partners: ids of the suppliers that are asked for; None: all
    :rtype: Applicability
    """
    programs = env["supplier.certification.program"]
    return Applicability(
        programs, SQL("t.active"), cutoff, partners, further=_filters(programs)
    )


def _filters(programs):
    """The further condition of each programme that has one."""
    filtered = programs.sudo().search([("partner_domain", "not in", (False, "", "[]"))])
    partners = programs.env["res.partner"].sudo().with_context(active_test=False)
    conditions = [
        SQL(
            "(type.id <> %s OR p.id IN %s)",
            program.id,
            partners._search(program._partner_domain()).subselect(),
        )
        for program in filtered
    ]
    return SQL(" AND ").join(conditions) if conditions else SQL("TRUE")


class ProgramQuery:
    """Finds the programmes that apply to given suppliers of companies today.

    What a filter reads of suppliers by company is that of the first company.
    """

    def __init__(self, env, companies):
        self.companies = companies
        self.env = env["res.company"].with_company(companies[:1]).env

    def applying(self, partner_ids):
        """Return the query for pairs of supplier and programme.

        :param partner_ids: commercial entities, whether or not they were ordered from
        """
        applicability = program_applicability(
            self.env, fields.Datetime.now(), list(partner_ids)
        )
        return SQL(
            """
            WITH company AS (SELECT UNNEST(%(companies)s::integer[]) AS id),
                 type AS (%(types)s),
                 supplier AS (%(suppliers)s)
            SELECT DISTINCT supplier.partner_id, type.id
              FROM supplier
              JOIN company ON company.id = supplier.company_id
              JOIN res_partner p ON p.id = supplier.partner_id
              JOIN type ON %(concerns)s
             ORDER BY supplier.partner_id, type.id
            """,
            companies=list(self.companies.ids),
            types=applicability.types(),
            suppliers=applicability.asked(),
            concerns=applicability.concerns(),
        )


class CertificationQuery(RequirementQuery):
    """Builds the query of ``supplier.certification.fact``."""

    def __init__(self, facts):
        super().__init__(facts)
        self.applicability = program_applicability(
            facts.env, self.cutoff, self.partners
        )

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
            types=self.applicability.types(),
            suppliers=self.applicability.suppliers(),
            held=self._held(),
            columns=self._columns(
                0,  # there is one fact, however many programmes apply
                SQL(
                    "CONCAT_WS(' ', COALESCE(held.number, held.program_name),"
                    " p.complete_name)"
                ),
                "supplier.certification",
                SQL("held.certification_id"),
            ),
        )

    def _held(self):
        """Select the weakest programme of each company and supplier."""
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
                   held.id AS certification_id,
                   held.number,
                   held.date_from,
                   held.date_to,
                   COALESCE(held.score, 0.0) AS score,
                   COALESCE(held.status, 'none') AS status
              FROM supplier
              JOIN company ON company.id = supplier.company_id
              JOIN res_partner p ON p.id = supplier.partner_id
              JOIN type ON %(concerns)s
              LEFT JOIN LATERAL (%(held)s) held ON TRUE
             ORDER BY supplier.company_id, supplier.partner_id,
                      COALESCE(held.score, 0.0), type.id
            """,
            concerns=self.applicability.concerns(),
            held=self._prevailing(),
        )

    def _prevailing(self):
        """Select the certification in a programme that counts at the cut-off.

        What each was then is read from its transitions: a certification that was
        suspended since counts as what it was.
        """
        status = status_sql(
            SQL("company.day"),
            SQL("was.state"),
            SQL("was.date_from"),
            SQL("was.date_to"),
        )
        return SQL(
            """
            SELECT c.id, c.name AS number, was.date_from, was.date_to,
                   at_cutoff.status, %(score)s AS score
              FROM supplier_certification c
              JOIN LATERAL (
                   SELECT t.state_to AS state, t.date_from, t.date_to
                     FROM supplier_certification_transition t
                    WHERE t.certification_id = c.id AND t.date <= %(cutoff)s
                    ORDER BY t.date DESC, t.id DESC
                    LIMIT 1) was ON TRUE
             CROSS JOIN LATERAL (SELECT %(status)s AS status) at_cutoff
             WHERE c.partner_id = p.id
               AND c.company_id = company.id
               AND c.program_id = type.id
             ORDER BY %(precedence)s, was.date_to DESC NULLS LAST, c.id DESC
             LIMIT 1
            """,
            cutoff=self.cutoff,
            status=status,
            score=score_sql(SQL("at_cutoff.status")),
            precedence=precedence_sql(SQL("at_cutoff.status")),
        )
