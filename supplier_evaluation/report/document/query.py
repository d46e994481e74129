"""The SQL of the document facts: what is required, and what there is of it.

Suppliers and what they sold are grouped in one go; their documents are found by an
index. No two large sets are joined: PostgreSQL cannot estimate such a set, and has
taken minutes over it. What the domain says of the suppliers is told to every part,
since it is not carried through a grouping.
"""

from odoo.tools import SQL

from .applicability import Applicability
from .requirement import RequirementQuery


class DocumentQuery(RequirementQuery):
    """Builds the query of ``supplier.document.fact``."""

    def __init__(self, facts):
        super().__init__(facts)
        self.applicability = Applicability(
            facts.env["supplier.document.type"],
            SQL("t.active AND t.is_required"),
            self.cutoff,
            self.partners,
        )

    def sql(self):
        """Return the whole query: a row per company, supplier and required type."""
        return SQL(
            """
            WITH company AS (%(companies)s),
                 type AS (%(types)s),
                 supplier AS (%(suppliers)s)
            SELECT %(columns)s,
                   type.id AS type_id,
                   document.id AS document_id,
                   document.date_from,
                   document.date_to,
                   COALESCE(document.is_valid, 0.0) AS is_valid,
                   COALESCE(document.status, 'missing') AS status
              FROM supplier
              JOIN company ON company.id = supplier.company_id
              JOIN res_partner p ON p.id = supplier.partner_id
              JOIN type ON %(concerns)s
              LEFT JOIN LATERAL (%(document)s) document ON TRUE
            """,
            companies=self._companies(),
            types=self.applicability.types(),
            suppliers=self.applicability.suppliers(),
            concerns=self.applicability.concerns(),
            document=self._document(),
            columns=self._columns(
                SQL("type.id"),
                SQL(
                    "CONCAT_WS(' ', type.name,"
                    " COALESCE(document.number, p.complete_name))"
                ),
                "supplier.document",
                SQL("document.id"),
            ),
        )

    def _document(self):
        """The best document of a company, supplier and type.

        A valid one first, and of these the one that is valid longest. A document of
        no company holds for each. It is verified once, from one instant to another at
        most, and does not change from then on: so this is what was known at the
        cut-off, whatever was verified, rejected or renewed since.
        """
        return SQL(
            """
            SELECT d.id, d.number, d.date_from, d.date_to, status.status,
                   CASE WHEN status.status = 'valid' THEN 1.0 ELSE 0.0 END AS is_valid
              FROM supplier_document d
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN d.verification = 'rejected'
                                    AND (d.date_rejected IS NULL
                                         OR d.date_rejected <= %(cutoff)s)
                                    THEN 'rejected'
                               WHEN d.verification = 'to_verify'
                                    OR d.date_verified IS NULL
                                    OR d.date_verified > %(cutoff)s THEN 'to_verify'
                               WHEN d.date_from > company.day THEN 'not_yet'
                               WHEN d.date_to < company.day THEN 'expired'
                               ELSE 'valid' END AS status) status
             WHERE d.active
               AND d.commercial_partner_id = p.id
               AND d.type_id = type.id
               AND (d.company_id IS NULL
                    OR '/' || company.parent_path LIKE '%%/' || d.company_id || '/%%')
             ORDER BY status.status = 'valid' DESC,
                      COALESCE(d.date_to, 'infinity') DESC,
                      d.id DESC
             LIMIT 1
            """,
            cutoff=self.cutoff,
        )
