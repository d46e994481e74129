from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from .applicability import SUPPLIERS_READ
from .query import DocumentQuery


class SupplierDocumentFact(models.Model):
    """One row per document that a company requires of a supplier.

    It tells whether there was a valid one at the cut-off, and which. A requirement
    follows from the document type as it is now, and from the supplier.
    """

    _name = "supplier.document.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Document Analysis"
    # What is missing or expired first.
    _order = "is_valid, date_to, id"
    _auto = False
    _fact_query = DocumentQuery
    # A required paper alone is no reason to evaluate a supplier.
    _fact_enrols = False
    _depends = {
        "supplier.document.type": [
            "active",
            "category_ids",
            "country_ids",
            "is_required",
            "name",
            "product_category_ids",
            "tier_ids",
        ],
        "supplier.document": [
            "active",
            "commercial_partner_id",
            "company_id",
            "date_from",
            "date_rejected",
            "date_to",
            "date_verified",
            "number",
            "type_id",
            "verification",
        ],
        **SUPPLIERS_READ,
        "res.partner": [*SUPPLIERS_READ["res.partner"], "category_id"],
    }

    date = fields.Date(string="As of")
    type_id = fields.Many2one("supplier.document.type", readonly=True)
    document_id = fields.Many2one(
        "supplier.document",
        string="Best Document",
        readonly=True,
        help="The valid one, else the last one; empty: there is none.",
    )
    date_from = fields.Date(string="Valid From", readonly=True)
    date_to = fields.Date(string="Valid Until", readonly=True)
    is_valid = OptionalFloat(
        string="Valid",
        readonly=True,
        aggregator="avg",
        help="1 when a verified document was valid at the cut-off, else 0.",
    )
    status = fields.Selection(
        selection=[
            ("valid", "Valid"),
            ("expired", "Expired"),
            ("not_yet", "Not yet valid"),
            ("to_verify", "Not verified"),
            ("rejected", "Rejected"),
            ("missing", "Missing"),
        ],
        readonly=True,
        help="At the cut-off.",
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "The document types that are required of the supplier, and its "
                "documents with their verification and their days."
            ),
            self.env._(
                "Documents of a type that is not required for the supplier, archived "
                "documents, those rejected or not yet verified at the cut-off, and "
                "those that hold for another company."
            ),
        )
