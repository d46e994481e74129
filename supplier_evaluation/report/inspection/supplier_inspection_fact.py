from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from .query import InspectionQuery


class SupplierInspectionFact(models.Model):
    """One row per inspection that is done; its identifier is the inspection's."""

    _name = "supplier.inspection.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Inspection Analysis"
    _auto = False
    _fact_query = InspectionQuery
    _depends = {
        "supplier.inspection": [
            "commercial_partner_id",
            "company_id",
            "date",
            "date_done",
            "name",
            "picking_id",
            "previous_id",
            "product_id",
            "quantity_inspected",
            "quantity_rejected",
            "result",
            "state",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "unit_value",
            "user_id",
        ],
        "supplier.incident": ["inspection_id", "responsibility", "state"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id"],
        "res.partner": ["tz"],
        "res.company": ["partner_id"],
    }

    result = fields.Selection(
        selection=lambda self: (
            self.env["supplier.inspection"]
            ._fields["result"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Inspector", readonly=True)
    picking_id = fields.Many2one("stock.picking", string="Receipt", readonly=True)
    quantity_inspected = OptionalFloat(
        string="Inspected",
        readonly=True,
        digits="Product Unit",
        help="In the product's own unit of measure.",
        aggregator=None,
    )
    quantity_rejected = OptionalFloat(
        string="Found Bad", readonly=True, digits="Product Unit", aggregator=None
    )
    quantity_passed = OptionalFloat(
        string="Found Good", readonly=True, digits="Product Unit", aggregator=None
    )
    passed_share = OptionalFloat(
        string="Pass Rate",
        readonly=True,
        aggregator="avg",
        help="What was found good of what was inspected.",
    )
    passed_weighted = OptionalFloat(string="Weighted Pass Rate", readonly=True)

    @property
    def _fact_ratios(self):
        return {"passed_share": ("passed_weighted", "weight")}

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Inspections of receipts that are done, and those of other systems."
            ),
            self.env._(
                "Inspections that were corrected: the correction counts. Those by "
                "which nothing was inspected, whose incident turned out to be our, a "
                "carrier's or nobody's fault, or that a manager left out."
            ),
        )

    def action_leave_out(self):
        """Ask why these inspections shall not count."""
        return self.env["supplier.inspection"].browse(self.ids).action_leave_out()

    def _records_left_out(self):
        return {"supplier.inspection": self.ids}
