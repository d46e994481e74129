from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..status import IN_FORCE

# What of a document ``d`` is asked of a certification ``c`` that is in force.
_VALID_WHEN_GRANTED = SQL(
    """
    d.date_verified <= COALESCE(c.date_decided, c.date_from)
    AND (d.date_to IS NULL
         OR d.date_to >= COALESCE(c.date_decided, c.date_from)::date - 1)
    """
)
_VALID_TODAY = SQL(
    """
    d.active
    AND d.verification = 'verified'
    AND (d.date_from IS NULL OR d.date_from <= today.day)
    AND (d.date_to IS NULL OR d.date_to >= today.day)
    """
)


class SupplierCertification(models.Model):
    """Finds what lost a document that its programme requires."""

    _inherit = "supplier.certification"

    @api.model
    def _find_lacking_documents(self, ids=None):
        """Find what is in force and lost a document that was valid when it was granted.

        A type that the programme has asked for since then suspends nobody: the renewal
        asks for it.
        """
        self.env.flush_all()
        rows = self.env.execute_query(self._lacking_documents_sql(ids))
        # The search leaves out what the user may not see.
        return self._find(Domain("id", "in", [row_id for (row_id,) in rows]), None)

    @api.model
    def _lacking_documents_sql(self, ids):
        days = self._days_by_company()
        pairs = [(company, day) for day, own in days.items() for company in own]
        return SQL(
            """
            SELECT DISTINCT c.id
              FROM supplier_certification c
              JOIN res_company company ON company.id = c.company_id
              JOIN UNNEST(%(companies)s::integer[], %(days)s::date[])
                   AS today (company_id, day) ON today.company_id = c.company_id
              JOIN %(required)s r
                ON r.supplier_certification_program_id = c.program_id
             WHERE c.active
               AND c.state IN %(states)s
               %(some)s
               AND %(had)s
               AND NOT %(has)s
            """,
            companies=[company for company, _day in pairs],
            days=[day for _company, day in pairs],
            required=SQL.identifier(
                "supplier_certification_program_supplier_document_type_rel"
            ),
            states=IN_FORCE,
            some=SQL() if ids is None else SQL("AND c.id = ANY(%s)", list(ids)),
            had=self._any_document_sql(_VALID_WHEN_GRANTED),
            has=self._any_document_sql(_VALID_TODAY),
        )

    @api.model
    def _any_document_sql(self, condition):
        """Whether a document ``d`` that the programme requires meets a condition.

        What a company has holds for its branches too.
        """
        return SQL(
            """
            EXISTS (
                SELECT FROM supplier_document d
                 WHERE d.commercial_partner_id = c.partner_id
                   AND d.type_id = r.supplier_document_type_id
                   AND (d.company_id IS NULL
                        OR '/' || company.parent_path
                           LIKE '%%/' || d.company_id || '/%%')
                   AND %s)
            """,
            condition,
        )
