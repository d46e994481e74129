from odoo import api, fields, models

from ...scoring.scope import CONTEXT_KEY
from ...tools.numbers import number
from ...tools.optional_numbers import OptionalFloat


class SupplierScorecard(models.Model):
    """What our people said about the supplier, and how far apart they are."""

    _inherit = "supplier.scorecard"

    review_ids = fields.Many2many(
        "supplier.review",
        string="Reviews",
        compute="_compute_reviews",
        help="Those of the period that were known at the cut-off.",
    )
    review_count = fields.Integer(
        string="Raters",
        compute="_compute_reviews",
        help="Reviews with at least one answered question.",
    )
    review_lowest = OptionalFloat(
        string="Lowest Review", compute="_compute_reviews", digits=(5, 2)
    )
    review_highest = OptionalFloat(
        string="Highest Review", compute="_compute_reviews", digits=(5, 2)
    )
    review_spread = OptionalFloat(
        string="Disagreement",
        compute="_compute_reviews",
        digits=(5, 2),
        help="Points between the highest and the lowest review.",
    )
    review_summary = fields.Text(compute="_compute_review_summary")

    @api.depends("partner_id", "evaluation_id")
    def _compute_reviews(self):
        """Take the same reviews as the KPI, for all scorecards of a run at once."""
        for evaluation, cards in self.grouped("evaluation_id").items():
            found = cards._reviews_by_supplier(evaluation)
            for scorecard in cards:
                reviews = found.get(scorecard.partner_id, self.env["supplier.review"])
                scores = reviews.mapped("score")
                scorecard.review_ids = reviews
                scorecard.review_count = len(reviews.user_id)
                scorecard.review_lowest = min(scores, default=False)
                scorecard.review_highest = max(scores, default=False)
                scorecard.review_spread = bool(scores) and max(scores) - min(scores)

    @api.depends("review_count", "review_lowest", "review_highest", "review_spread")
    @api.depends_context("lang")
    def _compute_review_summary(self):
        """Say in one sentence how far apart the raters are."""
        for scorecard in self:
            count = scorecard.review_count
            if not count:
                scorecard.review_summary = False
            elif count == 1:
                scorecard.review_summary = self.env._(
                    "One person gave %(score)s of 100 points.",
                    score=number(self.env, scorecard.review_highest),
                )
            else:
                scorecard.review_summary = self.env._(
                    "%(count)s people gave between %(lowest)s and %(highest)s of 100 "
                    "points: they are %(spread)s points apart.",
                    count=count,
                    lowest=number(self.env, scorecard.review_lowest),
                    highest=number(self.env, scorecard.review_highest),
                    spread=number(self.env, scorecard.review_spread),
                )

    def _answers_by_question(self):
        """Return ``[(question, [value, …]), …]``, the lowest average first."""
        answers = self.review_ids.answer_ids.filtered(
            lambda answer: answer.state == "answered"
        )
        groups = answers.grouped("name").items()
        values = [(name, some.mapped("value")) for name, some in groups]
        return sorted(values, key=lambda row: sum(row[1]) / len(row[1]))

    def _reviews_by_supplier(self, evaluation):
        """Return ``{supplier: reviews}`` that count in a run."""
        if not evaluation.date_to:
            return {}
        # Grouped, not fetched: no fact of another scope can be in the cache.
        scope = {CONTEXT_KEY: evaluation._run_scope().to_context()}
        rows = (
            self.env["supplier.review.fact"]
            .with_context(**scope)
            ._read_group(
                [("partner_id", "in", self.partner_id.ids), ("exclusion", "=", False)],
                ["partner_id"],
                ["res_id:array_agg"],
            )
        )
        reviews = self.env["supplier.review"].browse(
            review_id for _partner, review_ids in rows for review_id in review_ids
        )
        return {
            partner: reviews.browse(review_ids).with_prefetch(reviews._prefetch_ids)
            for partner, review_ids in rows
        }
