from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat, OptionalInteger


class SupplierTrialCard(models.Model):
    """How a supplier would have scored. Only the screens of back-tests read it."""

    _name = "supplier.trial.card"
    _inherit = ["supplier.guard.mixin", "supplier.optional.numbers.mixin"]
    _description = "Supplier in a Back-Test"
    _order = "period_id, rank, id"
    _rec_name = "partner_id"
    # Written by the ten thousand; the back-test says who and when.
    _log_access = False

    period_id = fields.Many2one(
        "supplier.trial.period",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    trial_id = fields.Many2one(
        "supplier.trial", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    score = OptionalFloat(readonly=True, digits=(5, 2), aggregator="avg")
    grade_id = fields.Many2one(
        "supplier.grade", readonly=True, index="btree_not_null", ondelete="set null"
    )
    grade_color = fields.Integer(related="grade_id.color")
    provisional = fields.Boolean(readonly=True)
    gated = fields.Boolean(string="Below a Minimum", readonly=True)
    coverage = fields.Float(
        string="Weight with Data (%)", readonly=True, digits=(5, 2), aggregator="avg"
    )
    rank = OptionalInteger(readonly=True, aggregator=None)
    scorecard_id = fields.Many2one(
        "supplier.scorecard",
        string="Published Scorecard",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    before_score = OptionalFloat(
        string="Published Score", readonly=True, digits=(5, 2), aggregator="avg"
    )
    before_grade_id = fields.Many2one(
        "supplier.grade",
        string="Published Grade",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    before_grade_color = fields.Integer(
        string="Published Color", related="before_grade_id.color"
    )
    before_provisional = fields.Boolean(string="Published Provisional", readonly=True)
    before_rank = OptionalInteger(
        string="Published Rank", readonly=True, aggregator=None
    )
    is_compared = fields.Boolean(
        string="Compared",
        readonly=True,
        help="It has a grade that is not provisional, here and as published.",
    )
    shift = OptionalInteger(
        string="Grades Gained",
        readonly=True,
        aggregator="avg",
        help="By so many grades it would have been better; below 0, worse.",
    )
    stopped = fields.Boolean(
        string="Would Have Been Stopped",
        readonly=True,
        help="A purchase policy blocks the grade that it has here.",
    )
    stopped_before = fields.Boolean(
        string="Stopped as Published",
        readonly=True,
        help="A purchase policy blocks the grade that was published.",
    )
    late_share = OptionalFloat(
        string="Late in the Next Period (%)",
        readonly=True,
        digits=(16, 2),
        aggregator="avg",
    )
    return_rate = OptionalFloat(
        string="Returned in the Next Period (%)",
        readonly=True,
        digits=(16, 2),
        aggregator="avg",
    )

    @api.model
    def _guarded_fields(self):
        own = {name for name, field in self._fields.items() if field.store}
        return super()._guarded_fields() | own

    def action_open_scorecard(self):
        """Open the scorecard that was published."""
        self.ensure_one()
        return self.scorecard_id.get_formview_action()
