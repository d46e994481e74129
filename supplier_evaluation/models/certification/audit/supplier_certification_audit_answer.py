from odoo import api, fields, models


class SupplierCertificationAuditAnswer(models.Model):
    """One question of the checklist of an audit, and its answer."""

    _name = "supplier.certification.audit.answer"
    _inherit = ["supplier.answer.mixin"]
    _description = "Certification Audit Answer"

    audit_id = fields.Many2one(
        "supplier.certification.audit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="audit_id.company_id", store=True)
    is_answered = fields.Boolean(compute="_compute_is_answered", store=True)

    @api.depends("rating", "choice_id")
    def _compute_is_answered(self):
        for answer in self:
            given = answer.choice_id if answer.kind == "choice" else answer.rating
            answer.is_answered = bool(given)

    def write(self, vals):
        if self._own_fields() & vals.keys():
            self.audit_id._check_open()
        return super().write(vals)
