"""What facts about requirements share: documents, and certifications.

A fact tells of a supplier and a company whether what is required was there at the
cut-off; without an evaluation, whether it is there today.
"""

from odoo import fields
from odoo.tools import SQL

from ...scoring import OpenScope
from ..fact.hints import PARTNERS_KEY
from ..fact.ids import IdCodec
from ..fact.query import (
    COMPANY_PARTNER,
    NEVER_EXCLUDED,
    WITHOUT_PRODUCT,
    FactQuery,
    fact_columns,
)

# The supplier, what is required of it, and the company. Two times 12 bits leave 29 bits
# for the supplier, of the 53 that a browser holds exactly.
FACT_IDS = IdCodec(2**12, 2**12)


class RequirementQuery(FactQuery):
    """Builds queries that look at suppliers on one day."""

    def __init__(self, facts):
        super().__init__(facts)
        if self.scope.is_open:
            # What was decided in this very transaction is decided.
            self.scope = OpenScope(fields.Datetime.now())
            self.cutoff = self.scope.cutoff
        if facts.ids and PARTNERS_KEY not in facts.env.context:
            # Reading records: nobody else's facts have to be made.
            self.partners = sorted({FACT_IDS.decode(id_)[0] for id_ in facts.ids})

    def _companies(self):
        """The companies, the day on which each looks, and the day of its facts."""
        return SQL(
            """
            SELECT c.id, c.parent_path, today.day, LEAST(today.day, %(last)s) AS date
              FROM res_company c
              %(company_partner)s
             CROSS JOIN LATERAL (SELECT %(day)s AS day) today
             WHERE %(of_company)s
            """,
            company_partner=COMPANY_PARTNER,
            day=self._local_day(SQL("%s::timestamp", self.scope.last_instant)),
            last=SQL("%s::date", None if self.scope.is_open else self.scope.date_to),
            of_company=self._of_company(SQL("c.id")),
        )

    @staticmethod
    def _columns(type_id, name, model, record_id):
        """Return the columns of every fact, of a supplier ``p`` and a ``company``.

        :param type_id: SQL or number: what is required
        :param SQL name: of the fact
        :param str model: of what fulfils the requirement
        :param SQL record_id: of what fulfils it; where nothing does, it is the supplier
        """
        return fact_columns(
            SQL("p"),
            **WITHOUT_PRODUCT,
            **NEVER_EXCLUDED,
            id=FACT_IDS.sql(SQL("p.id"), type_id, SQL("company.id")),
            name=name,
            partner_id=SQL("p.id"),
            company_id=SQL("company.id"),
            date=SQL("company.date"),
            res_model=SQL(
                "CASE WHEN %s IS NULL THEN 'res.partner' ELSE %s END", record_id, model
            ),
            res_id=SQL("COALESCE(%s, p.id)", record_id),
        )
