from odoo import api, fields, models


class SupplierCertificationAuditFinding(models.Model):
    """What an auditor found wrong."""

    _name = "supplier.certification.audit.finding"
    _inherit = ["supplier.guard.mixin"]
    _description = "Certification Audit Finding"
    _order = "audit_id, severity, id"

    audit_id = fields.Many2one(
        "supplier.certification.audit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="audit_id.company_id", store=True)
    severity = fields.Selection(
        selection=[("minor", "Minor"), ("major", "Major"), ("critical", "Critical")],
        required=True,
        default="minor",
    )
    name = fields.Char(string="Finding", required=True)
    date_due = fields.Date(string="To Be Mended By")
    date_closed = fields.Date(string="Mended On")

    @api.model_create_multi
    def create(self, vals_list):
        findings = super().create(vals_list)
        findings.audit_id._check_open()
        return findings

    def write(self, vals):
        # After the audit, people only enter when a finding is due and mended.
        if vals.keys() - {"date_closed", "date_due"}:
            # Both the audit that it leaves and the one that it goes to.
            audit = self.audit_id.browse(vals.get("audit_id"))
            (self.audit_id | audit)._check_open()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_done(self):
        self.audit_id._check_open()
