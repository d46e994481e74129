from odoo import api, fields, models
from odoo.exceptions import UserError


class SupplierCertificationAnswer(models.Model):
    """One question of the questionnaire of a certification, and its answer."""

    _name = "supplier.certification.answer"
    _inherit = ["supplier.answer.mixin"]
    _description = "Certification Answer"

    certification_id = fields.Many2one(
        "supplier.certification", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certification_id.company_id", store=True)
    is_knockout = fields.Boolean(string="Must Be Passed", readonly=True)
    is_answered = fields.Boolean(compute="_compute_is_answered", store=True)

    @api.depends("rating", "choice_id")
    def _compute_is_answered(self):
        for answer in self:
            given = answer.choice_id if answer.kind == "choice" else answer.rating
            answer.is_answered = bool(given)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        if self._own_fields() & vals.keys():
            for certification in self.certification_id:
                if certification.state != "draft":
                    raise UserError(
                        self.env._(
                            "The answers of %(certification)s were submitted: have it "
                            "sent back before they are changed.",
                            certification=certification.display_name,
                        )
                    )
        return super().write(vals)
