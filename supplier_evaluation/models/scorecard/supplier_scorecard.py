from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring import exceeds_interval
from ...tools.actions import open_records
from ...tools.automation import told
from ...tools.bulk import bulk_update_company_values
from ...tools.counts import count_by
from ...tools.optional_numbers import OptionalFloat, OptionalInteger
from .supplier_evaluation import SEALED, STATES

VENDOR_COLUMNS = (
    "supplier_score",
    "supplier_grade_id",
    "supplier_score_provisional",
    "supplier_scorecard_id",
)


class SupplierScorecard(models.Model):
    """One supplier in one evaluation. Written by the run, never by hand."""

    _name = "supplier.scorecard"
    _inherit = [
        "supplier.empty.help.mixin",
        "supplier.evaluated.mixin",
        "supplier.days.mixin",
        "supplier.optional.numbers.mixin",
    ]
    _description = "Supplier Scorecard"
    _order = "date_to desc, provisional, has_score desc, score desc, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    template_id = fields.Many2one(
        related="evaluation_id.template_id", store=True, index=True
    )
    date_from = fields.Date(related="evaluation_id.date_from", store=True)
    date_to = fields.Date(related="evaluation_id.date_to", store=True, index=True)
    state = fields.Selection(STATES, readonly=True, index=True)
    period_label = fields.Char(string="Period", compute="_compute_period_label")
    is_latest = fields.Boolean(related="evaluation_id.is_latest")
    cutoff = fields.Datetime(related="evaluation_id.cutoff")
    is_preview = fields.Boolean(related="evaluation_id.is_preview")
    late_change_count = fields.Integer(
        string="Promises Moved Afterwards",
        compute="_compute_late_change_count",
        help="How often a manager said, after the promised day or after all had come, "
        "that we had asked for another date or quantity.",
    )
    partner_name = fields.Char(
        string="Supplier When Evaluated",
        readonly=True,
        help="Stays as it was, also when the vendor is renamed or merged.",
    )
    score = OptionalFloat(readonly=True, digits=(5, 2), aggregator="avg")
    score_low = OptionalFloat(
        readonly=True, digits=(5, 2), aggregator="avg", string="At Least"
    )
    score_high = OptionalFloat(
        readonly=True, digits=(5, 2), aggregator="avg", string="At Most"
    )
    has_score = fields.Boolean(readonly=True)
    coverage = fields.Float(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        string="Weight with Data (%)",
        help="Share of the template's weight for which there is data.",
    )
    grade_id = fields.Many2one(
        "supplier.grade", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    grade_color = fields.Integer(related="grade_id.color")
    gated = fields.Boolean(
        string="Below a Minimum",
        readonly=True,
        help="A KPI is below its minimum score, so the grade is capped.",
    )
    provisional = fields.Boolean(
        readonly=True,
        help="Too few records or KPIs with data: shown, but not ranked and without "
        "consequence.",
    )
    rank = OptionalInteger(
        readonly=True,
        aggregator=None,
        help="Place among the suppliers of this evaluation; the same score shares it.",
    )
    ranked_count = fields.Integer(
        string="Ranked Suppliers", compute="_compute_ranked_count"
    )
    delivery_lines = fields.Integer(
        readonly=True, help="Order lines that count in the delivery figures."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    spend = OptionalFloat(
        readonly=True,
        digits=(16, 2),
        # Cards of two currencies, templates or rolling periods do not add up.
        aggregator=None,
        help="What was ordered in the period, without tax, in company currency at the "
        "rate of the order; what was cancelled by the cut-off is left out.",
    )
    previous_id = fields.Many2one(
        "supplier.scorecard",
        string="Previous Scorecard",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    trend = OptionalFloat(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        string="Change",
        help="Points gained or lost since the previous published scorecard of the "
        "same template.",
    )
    trend_direction = fields.Selection(
        selection=[
            ("up", "Better"),
            ("flat", "Steady"),
            ("down", "Worse"),
            ("new", "New"),
        ],
        string="Trend",
        readonly=True,
    )
    is_trend_firm = fields.Boolean(
        string="Certain Change",
        compute="_compute_is_trend_firm",
        help="The score moved by more than half of its interval, so it is no chance.",
    )
    line_ids = fields.One2many(
        "supplier.scorecard.line", "scorecard_id", string="KPIs", readonly=True
    )
    dimension_ids = fields.One2many(
        "supplier.scorecard.dimension",
        "scorecard_id",
        string="Dimensions",
        readonly=True,
    )
    seal_number = fields.Integer(string="Proof Number", readonly=True, aggregator=None)
    seal_edition = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Which figures the seal is made of: those that there were at that time.",
    )
    seal = fields.Char(
        string="Proof Against Changes",
        readonly=True,
        help="A seal: SHA-256 of this scorecard and of the seal before it. Whoever "
        "changes a published figure breaks every later seal.",
    )

    _partner_unique = models.Constraint(
        "UNIQUE (evaluation_id, partner_id)",
        "A supplier has one scorecard in an evaluation.",
    )
    _published_idx = models.Index(
        "(template_id, company_id, date_to) WHERE state = 'published'"
    )

    @api.depends("partner_id", "period_label")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for scorecard in self:
            scorecard.display_name = self.env._(
                "%(supplier)s, %(period)s",
                supplier=scorecard.partner_id.sudo().display_name,
                period=scorecard.period_label,
            )

    @api.depends("evaluation_id.period_label")
    @api.depends_context("lang")
    def _compute_period_label(self):
        for scorecard in self:
            scorecard.period_label = scorecard.evaluation_id.period_label

    @api.depends("evaluation_id")
    def _compute_ranked_count(self):
        counts = count_by(self, "evaluation_id", self.evaluation_id, [("rank", ">", 0)])
        for scorecard in self:
            scorecard.ranked_count = counts.get(scorecard.evaluation_id, 0)

    @api.depends("score", "trend", "trend_direction", "score_low", "score_high")
    def _compute_is_trend_firm(self):
        for scorecard in self:
            has_moved = scorecard.trend_direction in ("up", "down")
            has_interval = scorecard.score_low is not False
            scorecard.is_trend_firm = has_moved and exceeds_interval(
                scorecard.score,
                scorecard.score - scorecard.trend,
                scorecard.score_low if has_interval else None,
                scorecard.score_high if has_interval else None,
            )

    def _compute_late_change_count(self):
        for scorecard, changes in self._find_late_changes().items():
            scorecard.late_change_count = len(changes)

    def _find_late_changes(self):
        """Return what managers moved for us afterwards of the promises of the period.

        Who reads a scorecard need not be a buyer, so orders are read for them.

        :return: ``{scorecard: changes of promises}``, with all rights
        """
        changes = (
            self.env["supplier.promise.change"]
            .sudo()
            .search(
                Domain.OR(
                    Domain(
                        "order_id.partner_id.commercial_partner_id",
                        "=",
                        card.partner_id.id,
                    )
                    & Domain("company_id", "=", card.company_id.id)
                    & Domain("date", "<=", card.cutoff or fields.Datetime.now())
                    for card in self
                )
                & Domain("is_late", "=", True)
            )
        )
        return {card: changes.filtered(card._concerns_change) for card in self}

    def _concerns_change(self, change):
        """Whether a change took a promise of this supplier from the period, or into it.

        The register says so, whatever became of the promise since.
        """
        days = {
            self.company_id._supplier_day(instant)
            for instant in (change.date_from, change.date_to)
            if instant
        }
        return (
            change.order_id.partner_id.commercial_partner_id == self.partner_id
            and change.company_id == self.company_id
            # What was changed before, another supplier had promised.
            and change.date >= (change.line_id.date_promise_frozen or change.date)
            and change.date <= (self.cutoff or fields.Datetime.now())
            and any(self.date_from <= day <= self.date_to for day in days)
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Scorecards are made by an evaluation."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("Scorecards are written by an evaluation."))
        self._check_not_sealed()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_sealed(self):
        if not self.env.su:
            raise UserError(
                self.env._("Scorecards go with their evaluation, not one by one.")
            )
        self._check_not_sealed()

    def _check_not_sealed(self):
        sealed = self.filtered(lambda scorecard: scorecard.state in SEALED)
        if sealed:
            raise UserError(
                self.env._(
                    "The scorecard %s is published and stays as it is. "
                    "Make a new revision of its evaluation.",
                    sealed[0].display_name,
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_partner(self):
        """Open the supplier."""
        self.ensure_one()
        return self.partner_id.get_formview_action()

    def action_open_history(self):
        """Show how the supplier's score moved, by template."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_scorecard_action",
            [
                ("partner_id", "=", self.partner_id.id),
                ("template_id", "=", self.template_id.id),
                ("state", "=", "published"),
            ],
            name=self.partner_id.sudo().display_name,
            modes=("graph", "list", "form"),
        )

    def action_open_late_changes(self):
        """Show which promises were moved afterwards, by whom and why."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_promise_change_action",
            [("id", "in", self._find_late_changes()[self].ids)],
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _spend_text(self):
        """Return the spend as the reader writes it, nothing where there is none."""
        return "" if self.spend is False else self.currency_id.format(self.spend)

    def _rank_ranges(self):
        """Return ``{scorecard id: (best, worst rank)}`` that the intervals leave open.

        Those that are not ranked are left out. ``scoring.rank_range`` says the rule.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH ranked AS (
                    SELECT id, evaluation_id,
                           COALESCE(score_low, score) AS low,
                           COALESCE(score_high, score) AS high
                      FROM supplier_scorecard
                     WHERE rank > 0 AND evaluation_id = ANY(%(runs)s)
                )
                SELECT card.id,
                       1 + COUNT(*) FILTER (WHERE other.low > card.high),
                       COUNT(*) FILTER (WHERE other.id = card.id
                                           OR other.high > card.low)
                  FROM ranked card
                  JOIN ranked other USING (evaluation_id)
                 WHERE card.id = ANY(%(cards)s)
                 GROUP BY card.id
                """,
                runs=self.evaluation_id.ids,
                cards=self.ids,
            )
        )
        return {card_id: (best, worst) for card_id, best, worst in rows}

    @api.model
    def _refresh_vendors(self, partners, company):
        """Write each vendor's newest published score, or clear it.

        Of templates with the same last day, the first in the list counts.
        """
        self.env.flush_all()
        vendors = self.env["res.partner"].with_company(company).browse(partners.ids)
        newest = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (card.partner_id)
                       card.partner_id,
                       CASE WHEN card.has_score THEN card.score::float8 END,
                       card.grade_id, card.provisional, card.id
                  FROM supplier_scorecard card
                  JOIN supplier_evaluation run ON run.id = card.evaluation_id
                  JOIN supplier_scorecard_template t ON t.id = run.template_id
                 WHERE run.state = 'published'
                   AND run.company_id = %(company)s
                   AND t.sets_vendor_score
                   AND card.partner_id = ANY(%(partners)s)
                 ORDER BY card.partner_id, run.date_to DESC, t.sequence, t.id, run.id
                """,
                company=company.id,
                partners=partners.ids,
            )
        )
        scored = {row[0] for row in newest}
        cleared = [
            (partner_id, None, None, None, None)
            for partner_id in partners.ids
            if partner_id not in scored
        ]
        rows = [*newest, *cleared]
        if rows:
            with told(vendors, VENDOR_COLUMNS):
                bulk_update_company_values(vendors, VENDOR_COLUMNS, rows, company)
