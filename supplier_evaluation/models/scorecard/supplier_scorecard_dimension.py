from odoo import fields, models
from odoo.exceptions import UserError


class SupplierScorecardDimension(models.Model):
    """What a supplier scored in one dimension of one evaluation."""

    _name = "supplier.scorecard.dimension"
    _inherit = ["supplier.scorecard.part.mixin"]
    _description = "Scorecard Dimension"
    _order = "scorecard_id, id"
    _rec_name = "dimension"

    has_score = fields.Boolean(
        string="Has Data", readonly=True, help="No data is neither 0 nor 100."
    )
    weight = fields.Float(
        string="Weight (%)",
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="Share of the scorecard's weight that has data.",
    )
    coverage = fields.Float(
        string="With Data (%)",
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="Share of the dimension's own weight for which there is data.",
    )

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("Scorecards are written by an evaluation."))
        return super().write(vals)
