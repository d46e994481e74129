from odoo import fields, models

from ....tools.optional_numbers import OptionalFloat


class SupplierScorecard(models.Model):
    """Whether the records behind it say something else since it was published."""

    _inherit = "supplier.scorecard"

    is_stale = fields.Boolean(
        string="Records Changed Since",
        readonly=True,
        help="Records of before the cut-off were booked, changed or deleted after "
        "publishing, and it would say something else now. It stays as it is until a "
        "manager revises its evaluation.",
    )
    score_now = OptionalFloat(
        string="Score Now",
        readonly=True,
        digits=(5, 2),
        aggregator=None,
        help="What a revision with the same cut-off would say, what was overridden "
        "staying so.",
    )
    score_difference = OptionalFloat(
        string="Difference",
        compute="_compute_score_difference",
        digits=(5, 2),
        help="Of the score now to what was published.",
    )

    def _compute_score_difference(self):
        for card in self:
            both = card.is_stale and card.score_now is not False and card.has_score
            card.score_difference = both and card.score_now - card.score
