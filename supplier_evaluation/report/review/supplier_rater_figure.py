from odoo import fields, models
from odoo.tools import SQL

from ...models.review.supplier_scorecard_template_reviewer import ROLES
from ...tools.optional_numbers import OptionalFloat


class SupplierRaterFigure(models.Model):
    """How somebody rates, against the others who rate the same suppliers.

    Who is more lenient than the others by so many points is told to calibrate, not to
    correct: no review is changed by it.
    """

    _name = "supplier.rater.figure"
    _description = "How Reviewers Rate"
    _auto = False
    _order = "leniency desc nulls last, id"
    _rec_name = "user_id"
    _depends = {
        "supplier.review": [
            "company_id",
            "date",
            "evaluation_id",
            "has_score",
            "partner_id",
            "role",
            "score",
            "state",
            "user_id",
        ],
    }

    evaluation_id = fields.Many2one("supplier.evaluation", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Date(string="Period To", readonly=True)
    user_id = fields.Many2one("res.users", string="Evaluator", readonly=True)
    role = fields.Selection(ROLES, readonly=True)
    review_count = fields.Integer(string="Reviews", readonly=True)
    compared_count = fields.Integer(
        string="Compared",
        readonly=True,
        help="Of suppliers that others reviewed in the same evaluation, too.",
    )
    score = OptionalFloat(
        string="Average Given", readonly=True, digits=(5, 2), aggregator="avg"
    )
    leniency = OptionalFloat(
        readonly=True,
        digits=(5, 2),
        aggregator="avg",
        help="Points that this person gives more than the others give the same "
        "suppliers, on the average; less than 0 is stricter.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT MIN(review.id) AS id, review.evaluation_id, review.company_id,
                   review.date, review.user_id, MIN(review.role) AS role,
                   COUNT(*) AS review_count,
                   COUNT(review.others) AS compared_count,
                   AVG(review.score) AS score,
                   AVG(review.score - review.others) AS leniency
              FROM (SELECT id, evaluation_id, company_id, date, user_id, role, score,
                           (SUM(score) OVER same - score)
                               / NULLIF(COUNT(*) OVER same - 1, 0) AS others
                      FROM supplier_review
                     WHERE state = 'done' AND has_score
                    WINDOW same AS (PARTITION BY evaluation_id, partner_id)) review
             GROUP BY review.evaluation_id, review.company_id, review.date,
                      review.user_id
            """
        )
