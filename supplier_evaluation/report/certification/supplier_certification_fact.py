from odoo import api, fields, models

from ...models.certification.status import STATUSES
from ...tools.optional_numbers import OptionalFloat
from ..document.applicability import SUPPLIERS_READ
from .query import CertificationQuery, ProgramQuery


class SupplierCertificationFact(models.Model):
    """One row per supplier and company for which a certification programme applies.

    It tells what the supplier held at the cut-off: of several programmes, the weakest.
    """

    _name = "supplier.certification.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Certification Analysis"
    # Suppliers that are not certified come first.
    _order = "score, date_to, id"
    _auto = False
    _fact_query = CertificationQuery
    # A missing certification alone is no reason to evaluate a supplier.
    _fact_enrols = False
    _depends = {
        "supplier.certification.program": [
            "active",
            "company_id",
            "country_ids",
            "name",
            "partner_domain",
            "product_category_ids",
            "tier_ids",
        ],
        "supplier.certification": ["company_id", "name", "partner_id", "program_id"],
        "supplier.certification.transition": [
            "certification_id",
            "date",
            "date_from",
            "date_to",
            "state_to",
        ],
        **SUPPLIERS_READ,
    }

    date = fields.Date(string="As of")
    program_id = fields.Many2one(
        "supplier.certification.program",
        string="Programme",
        readonly=True,
        help="Of several that apply, the one in which the supplier stands worst.",
    )
    program_count = fields.Integer(
        string="Programmes", readonly=True, help="How many programmes apply."
    )
    certification_id = fields.Many2one("supplier.certification", readonly=True)
    date_from = fields.Date(string="Valid From", readonly=True)
    date_to = fields.Date(string="Valid Until", readonly=True)
    score = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="Certified 100, with conditions 50, otherwise 0.",
    )
    status = fields.Selection(
        selection=STATUSES,
        readonly=True,
        help="At the cut-off.",
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "The programmes that apply to the supplier, its certifications, and "
                "what state each had at the cut-off."
            ),
            self.env._(
                "Archived programmes, programmes and certifications of other companies,"
                " and what was decided after the cut-off."
            ),
        )

    @api.model
    def _applying(self, partner_ids, companies):
        """Return ``{supplier id: [programme id, …]}`` as of today, in one query.

        :param partner_ids: commercial entities, whether or not they were ordered from
        :param companies: the company that buys, and others that count like it
        """
        self.env.flush_all()
        query = ProgramQuery(self.env, companies).applying(partner_ids)
        found = {}
        for partner_id, program_id in self.env.execute_query(query):
            found.setdefault(partner_id, []).append(program_id)
        return found
