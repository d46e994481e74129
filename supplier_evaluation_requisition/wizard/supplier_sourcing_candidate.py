from odoo import api, fields, models

from odoo.addons.supplier_evaluation.models.certification.status import STATUSES
from odoo.addons.supplier_evaluation.models.gate.verdict import LEVELS
from odoo.addons.supplier_evaluation.tools.optional_numbers import (
    OptionalFloat,
    OptionalInteger,
)


class SupplierSourcingCandidate(models.TransientModel):
    """Who could deliver a need, and what is known of it now."""

    _name = "supplier.sourcing.candidate"
    _inherit = ["supplier.optional.numbers.mixin"]
    _description = "Candidate for a Need"
    _order = "id"
    _rec_name = "partner_id"

    sourcing_id = fields.Many2one(
        "supplier.sourcing", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="sourcing_id.currency_id")
    is_chosen = fields.Boolean(string="Choose")
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", required=True, readonly=True
    )
    stage_id = fields.Many2one("supplier.stage", readonly=True)
    is_approved = fields.Boolean(
        string="Approved Source",
        readonly=True,
        help="The supplier is in a stage that counts as an approved source.",
    )
    certification = fields.Selection(
        STATUSES,
        readonly=True,
        help="The least that it has for one of the categories.",
    )
    grade_id = fields.Many2one("supplier.grade", readonly=True)
    grade_color = fields.Integer(related="grade_id.color")
    score = OptionalFloat(digits=(16, 2), readonly=True)
    is_provisional = fields.Boolean(string="Provisional Score", readonly=True)
    covered = fields.Integer(
        string="Sells",
        readonly=True,
        help="So many of the products were ordered there in the last 24 months, or are "
        "on its price list.",
    )
    covered_text = fields.Char(string="Products", compute="_compute_covered_text")
    lead_time = OptionalInteger(
        string="Lead Time (days)",
        readonly=True,
        help="The longest of the products: by the contract, else the price list. Empty "
        "unless each product has one.",
    )
    last_amount = OptionalFloat(
        string="Last Price",
        digits=(16, 2),
        readonly=True,
        help="What the need costs by the last orders, without taxes, in the currency "
        "of the company. Empty unless each product has such a price.",
    )
    contract_amount = OptionalFloat(
        string="Contract Price",
        digits=(16, 2),
        readonly=True,
        help="What the need costs by the contracts that count today.",
    )
    list_amount = OptionalFloat(
        string="List Price",
        digits=(16, 2),
        readonly=True,
        help="What the need costs by the vendor's price lists.",
    )
    late_share = OptionalFloat(
        string="Would Come Late",
        readonly=True,
        help="How probable it is that one of the products comes late: the highest.",
    )
    late_days = OptionalFloat(
        string="Days Late to Expect", digits=(16, 1), readonly=True
    )
    gate_level = fields.Selection(LEVELS, string="Purchase Policy", readonly=True)
    gate_reason = fields.Char(string="Why", readonly=True)

    @api.depends("covered", "sourcing_id.line_ids")
    def _compute_covered_text(self):
        for candidate in self:
            total = len(candidate.sourcing_id.line_ids.product_id)
            text = self.env._(
                "%(covered)s of %(total)s", covered=candidate.covered, total=total
            )
            # Where no product is named, none are counted.
            candidate.covered_text = text if total else False

    def _known_amount(self):
        """Return the price that is nearest to an offer, and which one it is."""
        self.ensure_one()
        for name in ("contract_amount", "list_amount", "last_amount"):
            if self[name]:
                return self[name], self._fields[name]._description_string(self.env)
        return False, False
