from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class SupplierQuestionnaireQuestion(models.Model):
    """One question of a questionnaire."""

    _name = "supplier.questionnaire.question"
    _inherit = ["supplier.shared.mixin"]
    _description = "Questionnaire Question"
    _order = "sequence, id"

    questionnaire_id = fields.Many2one(
        "supplier.questionnaire", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="questionnaire_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="What is archived is asked no more.")
    name = fields.Char(string="Question", required=True, translate=True)
    help = fields.Text(
        string="Explanation",
        translate=True,
        help="What deserves a high answer and what a low one.",
    )
    weight = fields.Float(
        required=True,
        default=1.0,
        help="How much it counts beside the other questions; any positive number.",
    )
    kind = fields.Selection(
        selection=[("rating", "0 to 10"), ("choice", "Choice")],
        string="Answer",
        required=True,
        default="rating",
    )
    choice_ids = fields.One2many(
        "supplier.questionnaire.choice", "question_id", string="Choices", copy=True
    )

    _weight_positive = models.Constraint(
        "CHECK (weight > 0)", "The weight of a question is more than 0."
    )

    @api.constrains("choice_ids")
    def _check_choices(self):
        """Refuse a choice between nothing; also asked again before people are."""
        for question in self:
            if question.kind == "choice" and len(question.choice_ids) < 2:
                raise ValidationError(
                    self.env._(
                        "The question “%s” has fewer than two choices: add some, or "
                        "ask for an answer from 0 to 10.",
                        question.name,
                    )
                )

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        self._check_unused(Domain("question_id", "in", self.ids))

    @api.model
    def _check_unused(self, domain):
        """Refuse to delete what somebody was asked, or chose.

        :param Domain domain: of answers
        """
        for name in self._answer_models():
            answer = self.env[name].sudo().search(domain, limit=1)
            if answer:
                raise UserError(
                    self.env._(
                        "The question “%s” has been asked, and its answers are read "
                        "with it: it is not deleted, nor is a choice of it that was "
                        "made. Archive the question instead.",
                        answer.question_id.name,
                    )
                )

    @api.model
    def _answer_models(self):
        """Return the models of answers; higher rooms have theirs."""
        return sorted(self.pool["supplier.answer.mixin"]._inherit_children)
