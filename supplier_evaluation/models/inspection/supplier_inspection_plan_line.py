from odoo import fields, models

from ...tools.optional_numbers import OptionalFloat

#: How a characteristic is judged.
KINDS = [("measure", "Measured"), ("look", "Good or bad")]


class SupplierInspectionPlanLine(models.Model):
    """One characteristic that is checked."""

    _name = "supplier.inspection.plan.line"
    _inherit = ["supplier.guard.mixin", "supplier.optional.numbers.mixin"]
    _description = "Inspection Plan Line"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "supplier.inspection.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Characteristic", required=True)
    kind = fields.Selection(KINDS, string="Judged By", required=True, default="measure")
    limit_min = OptionalFloat(
        string="At Least", digits=(16, 4), help="Empty: no limit."
    )
    limit_max = OptionalFloat(string="At Most", digits=(16, 4), help="Empty: no limit.")
    unit = fields.Char(string="Measured In", help="For example mm.")
    instruction = fields.Char(help="How it is checked.")

    _limits_fit = models.Constraint(
        "CHECK (kind = 'look' OR limit_min IS NOT NULL OR limit_max IS NOT NULL)",
        "What is measured needs a limit: enter the least or the most that is good.",
    )
    _limits_ordered = models.Constraint(
        "CHECK (limit_min <= limit_max)",
        "The upper limit is below the lower one: correct one of them.",
    )

    def _value_vals(self):
        """Return what the row of an inspection takes from the plan."""
        self.ensure_one()
        return {
            "is_planned": True,
            "sequence": self.sequence,
            "name": self.name,
            "kind": self.kind,
            "limit_min": self.limit_min,
            "limit_max": self.limit_max,
            "unit": self.unit,
            "instruction": self.instruction,
        }
