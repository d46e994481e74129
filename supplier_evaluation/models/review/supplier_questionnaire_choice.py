from odoo import api, fields, models
from odoo.fields import Domain


class SupplierQuestionnaireChoice(models.Model):
    """An answer that can be chosen, and what it is worth."""

    _name = "supplier.questionnaire.choice"
    _inherit = ["supplier.shared.mixin"]
    _description = "Questionnaire Choice"
    _order = "sequence, id"

    question_id = fields.Many2one(
        "supplier.questionnaire.question", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="question_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    score = fields.Float(
        required=True, digits=(4, 1), help="0 is the worst, 10 the best."
    )

    _score_in_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 10)", "A choice is worth between 0 and 10."
    )

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        self.question_id._check_unused(Domain("choice_id", "in", self.ids))
