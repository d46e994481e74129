from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.optional_numbers import OptionalFloat
from .supplier_evaluation import STATES


class CopiedMany2one(fields.Many2one):
    """A stored copy of the link of the scorecard, which a part cannot be without.

    The scorecard has the foreign key. A second one would have the database look it up
    for every row of what is stored by the ten thousand. Who changes the link by SQL, as
    merging does, changes the copies.
    """

    def update_db_foreign_key(self, model, column):
        """Add none."""


class SupplierScorecardPartMixin(models.AbstractModel):
    """A part of a scorecard, beside what others have and the period before had.

    It is stored with each part, so that a screen of thousands reads one table.
    """

    _name = "supplier.scorecard.part.mixin"
    _inherit = ["supplier.empty.help.mixin", "supplier.optional.numbers.mixin"]
    _description = "Part of a Scorecard"
    _check_company_auto = True

    scorecard_id = fields.Many2one(
        "supplier.scorecard",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    evaluation_id = fields.Many2one(related="scorecard_id.evaluation_id")
    is_latest = fields.Boolean(
        string="Latest",
        compute="_compute_is_latest",
        search="_search_is_latest",
        help="Of its template and company, nothing later is published.",
    )
    company_id = CopiedMany2one(related="scorecard_id.company_id", store=True)
    partner_id = CopiedMany2one(
        related="scorecard_id.partner_id", store=True, index=True
    )
    region_group_id = fields.Many2one(related="partner_id.supplier_region_group_id")
    template_id = CopiedMany2one("supplier.scorecard.template", readonly=True)
    date_to = fields.Date(string="Period End", readonly=True)
    period_label = fields.Char(string="Period", related="scorecard_id.period_label")
    state = fields.Selection(STATES, readonly=True)
    dimension = fields.Selection(
        lambda self: self.env["supplier.dimension"]._choices(),
        readonly=True,
        help="That of the KPI when it was evaluated.",
    )
    score = OptionalFloat(readonly=True, digits=(5, 2), aggregator="avg")
    score_low = OptionalFloat(readonly=True, digits=(5, 2), aggregator="avg")
    score_high = OptionalFloat(readonly=True, digits=(5, 2), aggregator="avg")
    previous_score = OptionalFloat(
        string="Previous",
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="In the previous published scorecard of the same template.",
    )
    peer_median = OptionalFloat(
        string="Others' Score",
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="Median score of the other suppliers of the evaluation.",
    )
    loss = OptionalFloat(
        string="Points Lost",
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="What it costs against a full score: its share of the weight × what is "
        "missing to 100. All that is lost adds up to what the score lacks.",
    )

    _published_idx = models.Index(
        "(template_id, date_to, company_id) WHERE state = 'published'"
    )

    @api.depends("scorecard_id.evaluation_id.is_latest")
    def _compute_is_latest(self):
        for part in self:
            part.is_latest = part.scorecard_id.evaluation_id.is_latest

    @api.model
    def _search_is_latest(self, operator, value):
        """Find them by what is stored with them first: of millions, by an index."""
        if operator != "in":
            return NotImplemented
        # Odoo asks for the latest ones, or for all.
        if False in value:
            return Domain.TRUE
        runs = self.env["supplier.evaluation"].sudo()
        runs = runs.browse(runs._latest_ids())
        periods = {(run.template_id.id, run.date_to) for run in runs}
        return (
            Domain("state", "=", "published")
            & Domain.OR(
                Domain("template_id", "=", template_id) & Domain("date_to", "=", day)
                for template_id, day in periods
            )
            & Domain("scorecard_id.evaluation_id", "in", runs.ids)
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Scorecards are made by an evaluation."))
        return super().create(vals_list)

    def write(self, vals):
        self.scorecard_id._check_not_sealed()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_sealed(self):
        if not self.env.su:
            raise UserError(self.env._("The lines of a scorecard stay."))
        self.scorecard_id._check_not_sealed()

    def action_open_scorecard(self):
        """Open the scorecard that it is a part of."""
        self.ensure_one()
        return self.scorecard_id.get_formview_action()
