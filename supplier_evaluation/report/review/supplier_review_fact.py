from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from .query import ReviewQuery


class SupplierReviewFact(models.Model):
    """One row per review about the period, answered by the cut-off or not.

    A template that asks people counts what they answered it; one that does not ask
    counts all that was answered about its period.
    """

    _name = "supplier.review.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Review Analysis"
    _auto = False
    _fact_query = ReviewQuery
    _depends = {
        "supplier.review": [
            "company_id",
            "date",
            "date_done",
            "evaluation_id",
            "has_score",
            "partner_id",
            "role",
            "score",
            "state",
            "user_id",
        ],
        "supplier.evaluation": ["template_id"],
        "res.partner": ["commercial_partner_id"],
    }

    # In the language of the reader, so not in the query.
    name = fields.Char(related="evaluation_id.name")
    date = fields.Date(string="About the Period Until")
    evaluation_id = fields.Many2one("supplier.evaluation", readonly=True)
    user_id = fields.Many2one("res.users", string="Evaluator", readonly=True)
    role = fields.Selection(
        selection=lambda self: self._roles(),
        readonly=True,
    )
    date_done = fields.Datetime(string="Answered On", readonly=True)
    score = OptionalFloat(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="0 to 100; empty when nothing could be judged.",
    )
    rater_part = OptionalFloat(
        readonly=True,
        aggregator=None,
        help="The score, divided by how often this person answered about the supplier: "
        "each rater counts once.",
    )

    def _roles(self):
        return (
            self.env["supplier.review"]._fields["role"]._description_selection(self.env)
        )

    def _asks(self, template_id):
        """Whether the template asks people itself.

        :param int template_id: of an evaluation, or 0
        """
        template = self.env["supplier.scorecard.template"].sudo().browse(template_id)
        return bool(template.exists().questionnaire_id)

    @api.model
    def _fact_definition(self):
        return (
            self.env._("Reviews that an evaluation asked for and people handed in."),
            self.env._(
                "Open and cancelled reviews, reviews handed in after the cut-off, "
                "questions marked “Cannot judge”, and reviews in which nothing could be"
                " judged."
            ),
        )
