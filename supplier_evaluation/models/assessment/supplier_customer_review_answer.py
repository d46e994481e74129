from odoo import api, fields, models
from odoo.exceptions import AccessError


class SupplierCustomerReviewAnswer(models.Model):
    """One question put to somebody outside about one supplier."""

    _name = "supplier.customer.review.answer"
    _inherit = ["supplier.judgement.mixin", "supplier.answer.mixin"]
    _description = "Answer of a Customer"

    review_id = fields.Many2one(
        "supplier.customer.review",
        string="Assessment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="review_id.company_id")

    @api.model
    def _guarded_fields(self):
        """Also what people fill in: they do it by their link."""
        return super()._guarded_fields() | self._own_fields()

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_unguarded():
            raise AccessError(
                self.env._("Questions come from the questionnaire, answers by a link.")
            )
        return super().create(vals_list)
