from odoo import api, fields, models


class SupplierQuestionnaire(models.Model):
    """A questionnaire: what people are asked about a supplier."""

    _name = "supplier.questionnaire"
    _inherit = ["supplier.setup.mixin", "supplier.shared.mixin"]
    _description = "Supplier Questionnaire"
    _check_company_auto = True

    description = fields.Text(
        translate=True, help="Shown to the people who answer, above the questions."
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company uses it."
    )
    comment_threshold = fields.Float(
        string="Comment Below",
        default=4.0,
        required=True,
        digits=(4, 1),
        help="An answer below this, on the scale from 0 to 10, needs a comment. 0: a "
        "comment is never obligatory.",
    )
    question_ids = fields.One2many(
        "supplier.questionnaire.question",
        "questionnaire_id",
        string="Questions",
        copy=True,
    )

    _threshold_in_range = models.Constraint(
        "CHECK (comment_threshold BETWEEN 0 AND 10)",
        "The answer below which a comment is obligatory is between 0 and 10.",
    )

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        """The database would take the questions along, archived ones, too."""
        self.with_context(active_test=False).question_ids._unlink_except_used()
