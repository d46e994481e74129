from odoo import api, fields, models


class SupplierScorecardDimension(models.Model):
    """What a supplier scored in one dimension of one evaluation."""

    _name = "supplier.scorecard.dimension"
    _inherit = ["supplier.scorecard.part.mixin"]
    _description = "Scorecard Dimension"
    # Written by the ten thousand; the evaluation and an override say who and when.
    _log_access = False
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

    @api.depends("dimension")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["dimension"]._description_selection(self.env))
        for part in self:
            part.display_name = names.get(part.dimension, "")
