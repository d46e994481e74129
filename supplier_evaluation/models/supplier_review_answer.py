from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

# What the evaluator writes; the rest was copied from the questionnaire.
OWN_FIELDS = frozenset({"rating", "choice_id", "cannot_judge", "comment"})


class SupplierReviewAnswer(models.Model):
    """One question put to one evaluator about one supplier.

    Text, weight and kind of the question are copied when it is asked, and what the
    answer is worth when it is given: a questionnaire changed later changes no answer.
    """

    _name = "supplier.review.answer"
    _inherit = ["supplier.guard.mixin"]
    _description = "Review Answer"
    _order = "sequence, id"

    review_id = fields.Many2one(
        "supplier.review", required=True, readonly=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "supplier.review.question",
        string="Asked From",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Question", required=True, readonly=True)
    help = fields.Text(string="Explanation", readonly=True)
    weight = fields.Float(required=True, readonly=True, aggregator=None)
    kind = fields.Selection(
        selection=[("rating", "0 to 10"), ("choice", "Choice")],
        required=True,
        readonly=True,
    )
    rating = fields.Selection(
        selection=[(str(value), str(value)) for value in range(11)],
        help="0 is the worst, 10 the best.",
    )
    choice_id = fields.Many2one(
        "supplier.review.choice",
        domain="[('question_id', '=', question_id)]",
        index="btree_not_null",
        ondelete="set null",
    )
    choice_name = fields.Char(
        string="Chosen", compute="_compute_value", store=True, readonly=True
    )
    options = fields.Json(
        compute="_compute_options",
        help="The choices as id, name and score, for the form of the evaluator.",
    )
    cannot_judge = fields.Boolean()
    comment = fields.Text()
    value = fields.Float(
        compute="_compute_value",
        store=True,
        readonly=True,
        digits=(4, 1),
        aggregator="avg",
        help="From 0, the worst, to 10, the best.",
    )
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

    @api.depends("rating", "choice_id")
    def _compute_value(self):
        """Keep what a choice was worth when it was made."""
        for answer in self:
            if answer.kind == "choice":
                choice = answer.choice_id.sudo()
                answer.value = choice.score
                answer.choice_name = choice.name
            else:
                answer.value = float(answer.rating or 0)
                answer.choice_name = False

    @api.depends("rating", "choice_id", "cannot_judge")
    def _compute_state(self):
        for answer in self:
            given = answer.choice_id if answer.kind == "choice" else answer.rating
            if answer.cannot_judge:
                answer.state = "cannot_judge"
            else:
                answer.state = "answered" if given else "open"

    @api.depends("question_id")
    def _compute_options(self):
        for answer in self:
            choices = answer.question_id.sudo().choice_ids
            answer.options = (
                [[choice.id, choice.name, choice.score] for choice in choices]
                if answer.kind == "choice"
                else False
            )

    @api.constrains("choice_id", "kind", "rating")
    def _check_kind(self):
        for answer in self:
            choice = answer.choice_id.sudo()
            wrong = choice and choice.question_id != answer.question_id
            if wrong or (answer.rating if answer.kind == "choice" else choice):
                raise ValidationError(
                    self.env._(
                        "This is no answer to the question “%s”: take one of those "
                        "that it offers.",
                        answer.name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        stored = {name for name, field in self._fields.items() if field.store}
        return super()._guarded_fields() | (stored - OWN_FIELDS)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Questions come from the questionnaire of the evaluation.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if OWN_FIELDS & vals.keys():
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
