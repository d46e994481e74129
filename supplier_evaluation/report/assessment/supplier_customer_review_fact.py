from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from .query import AssessmentQuery


class SupplierCustomerReviewFact(models.Model):
    """One row per person asked about a supplier; its identifier is the assessment's.

    What was answered counts by its day. What was not is shown on the day until which
    it should have been.
    """

    _name = "supplier.customer.review.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Customer Assessment Analysis"
    _auto = False
    _fact_query = AssessmentQuery
    _depends = {
        "supplier.customer.review": [
            "about",
            "company_id",
            "date_done",
            "date_due",
            "has_score",
            "name",
            "partner_id",
            "respondent_id",
            "score",
            "state",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "user_id",
        ],
        "res.partner": ["commercial_partner_id", "tz"],
        "res.company": ["partner_id"],
    }

    date = fields.Date(
        string="Answered, or Due",
        help="The day of the answer, by which it counts; without one, when it is due.",
    )
    respondent_id = fields.Many2one("res.partner", readonly=True)
    about = fields.Char(string="What It Is About", readonly=True)
    user_id = fields.Many2one("res.users", string="Asked By", readonly=True)
    date_done = fields.Datetime(string="Answered On", readonly=True)
    score = OptionalFloat(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="0 to 100; empty when nothing could be judged.",
    )
    respondent_part = OptionalFloat(
        readonly=True,
        aggregator=None,
        help="The score, divided by how often this person answered about the supplier: "
        "each counts once.",
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "What customers and others outside answered by the link that they got."
            ),
            self.env._(
                "What was not answered, was cancelled or came after the cut-off; "
                "questions marked “Cannot judge”, assessments in which nothing could be"
                " judged, and what a manager left out with a reason."
            ),
        )

    def action_leave_out(self):
        """Ask why these assessments shall not count."""
        return self.env["supplier.customer.review"].browse(self.ids).action_leave_out()

    def _records_left_out(self):
        return {"supplier.customer.review": self.ids}
