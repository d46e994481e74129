from odoo import api, fields, models
from odoo.exceptions import AccessError


class SupplierReviewAnswer(models.Model):
    """One question put to one evaluator about one supplier."""

    _name = "supplier.review.answer"
    _inherit = ["supplier.judgement.mixin", "supplier.answer.mixin"]
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

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

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
