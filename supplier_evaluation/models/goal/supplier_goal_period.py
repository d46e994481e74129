from odoo import fields, models

from ...tools.optional_numbers import OptionalFloat


class SupplierGoalPeriod(models.Model):
    """What a goal's figure was in one published period. Made anew, never by hand."""

    _name = "supplier.goal.period"
    _inherit = ["supplier.empty.help.mixin", "supplier.optional.numbers.mixin"]
    _description = "Period of a Supplier Goal"
    _order = "goal_id, date_to, id"
    _rec_name = "evaluation_id"
    _log_access = False

    goal_id = fields.Many2one(
        "supplier.goal", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    evaluation_id = fields.Many2one(
        "supplier.evaluation", required=True, readonly=True, ondelete="cascade"
    )
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    period_label = fields.Char(string="Period", related="evaluation_id.period_label")
    value = OptionalFloat(
        string="Actual", readonly=True, aggregator="avg", digits=(16, 4)
    )
    expected = fields.Float(
        string="Path",
        readonly=True,
        aggregator="avg",
        digits=(16, 4),
        help="Where a straight line from the baseline to the target is on the last "
        "day of the period.",
    )
    supplier_count = fields.Integer(
        string="Suppliers", readonly=True, aggregator=None, help="That count in it."
    )
    left_out_count = fields.Integer(
        string="Left Out",
        readonly=True,
        aggregator=None,
        help="Suppliers with a scorecard that do not count: without data, provisional, "
        "or without spend where spend weighs.",
    )

    def action_open_figures(self):
        """Open the scorecards, or their lines, that the figure was made of."""
        self.ensure_one()
        return self.goal_id.action_open_period(self.evaluation_id.id)
