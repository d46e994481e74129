from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SupplierAnswerMixin(models.AbstractModel):
    """One question copied from a questionnaire, and its answer.

    Text, weight and kind of the question are copied when it is asked: a questionnaire
    changed later changes no answer.
    """

    _name = "supplier.answer.mixin"
    _inherit = ["supplier.guard.mixin"]
    _description = "Answer To A Question"
    _order = "sequence, id"

    question_id = fields.Many2one(
        "supplier.questionnaire.question",
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
        "supplier.questionnaire.choice",
        domain="[('question_id', '=', question_id)]",
        index="btree_not_null",
        ondelete="set null",
    )
    choice_name = fields.Char(
        string="Chosen", compute="_compute_value", store=True, readonly=True
    )
    options = fields.Json(
        compute="_compute_options",
        help="The choices as id, name and score, for the form of who answers.",
    )
    comment = fields.Text()
    value = fields.Float(
        compute="_compute_value",
        store=True,
        readonly=True,
        digits=(4, 1),
        aggregator="avg",
        help="From 0, the worst, to 10, the best.",
    )

    @api.depends("rating", "choice_id")
    def _compute_value(self):
        """Keep what an answer was worth, and was called, when it was given."""
        for answer in self:
            answer.choice_name = answer.choice_id.sudo().name
            if answer.kind == "choice":
                answer.value = answer.choice_id.sudo().score
            else:
                answer.value = float(answer.rating or 0)

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

    @api.model
    def _asked(self, question):
        """Return what is copied of a question when it is asked."""
        return {
            "question_id": question.id,
            "sequence": question.sequence,
            "name": question.name,
            "help": question.help,
            "weight": question.weight,
            "kind": question.kind,
        }

    @api.model
    def _own_fields(self):
        """Return the names of what people fill in; the rest was copied."""
        return {"rating", "choice_id", "comment"}

    @api.model
    def _guarded_fields(self):
        stored = {name for name, field in self._fields.items() if field.store}
        return super()._guarded_fields() | (stored - self._own_fields())
