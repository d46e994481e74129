from odoo import api, fields, models
from odoo.exceptions import AccessError


class SupplierReviewAnswer(models.Model):
    """One question put to one evaluator about one supplier."""

    _name = "supplier.review.answer"
    _inherit = ["supplier.answer.mixin"]
    _description = "Review Answer"

    review_id = fields.Many2one(
        "supplier.review", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="review_id.partner_id", string="Supplier")
    company_id = fields.Many2one(related="review_id.company_id")
    evaluation_id = fields.Many2one(related="review_id.evaluation_id")
    user_id = fields.Many2one(related="review_id.user_id", string="Evaluator")
    role = fields.Selection(related="review_id.role")
    date = fields.Date(related="review_id.date")
    review_state = fields.Selection(
        related="review_id.state", string="Status of the Review"
    )
    cannot_judge = fields.Boolean()
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("answered", "Answered"),
            ("cannot_judge", "Cannot Judge"),
        ],
        compute="_compute_state",
        store=True,
        precompute=True,
        readonly=True,
    )

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.depends("rating", "choice_id", "cannot_judge")
    def _compute_state(self):
        for answer in self:
            given = answer.choice_id if answer.kind == "choice" else answer.rating
            if answer.cannot_judge:
                answer.state = "cannot_judge"
            else:
                answer.state = "answered" if given else "open"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _own_fields(self):
        return super()._own_fields() | {"cannot_judge"}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Questions come from the questionnaire of the evaluation.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if self._own_fields() & vals.keys():
            self.review_id._check_answerable()
        return super().write(vals)

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _problem(self, threshold):
        """Return why the review cannot be submitted with this answer, or False.

        :param float threshold: an answer below it needs a comment
        """
        self.ensure_one()
        if self.state == "open":
            return self.env._(
                "“%s” is not answered: answer it, or choose “Cannot judge”.", self.name
            )
        needs_comment = self.state == "answered" and self.value < threshold
        if needs_comment and not (self.comment or "").strip():
            return self.env._(
                "“%(question)s” has an answer below %(threshold)g: say why in its "
                "comment.",
                question=self.name,
                threshold=threshold,
            )
        return False
