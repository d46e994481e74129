from odoo import fields, models


class SupplierScorecardTemplatePoint(models.Model):
    """One point of a scale: a KPI value and the score it earns."""

    _name = "supplier.scorecard.template.point"
    _inherit = ["supplier.shared.mixin"]
    _description = "Scale Point"
    _order = "value, id"

    line_id = fields.Many2one(
        "supplier.scorecard.template.line",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True)
    value = fields.Float(required=True, digits=(16, 4))
    score = fields.Float(required=True, digits=(5, 2))

    _score_in_range = models.Constraint(
        "CHECK (score >= 0 AND score <= 100)", "A score is between 0 and 100."
    )
    _value_unique = models.Constraint(
        "UNIQUE (line_id, value)", "A value has one score only."
    )
