from odoo import fields, models


class SupplierCertificationAuditFinding(models.Model):
    _inherit = "supplier.certification.audit.finding"

    corrective_action_ids = fields.One2many(
        "supplier.corrective.action", "finding_id", string="Corrective Actions"
    )

    def action_start_corrective_action(self):
        """Start an 8D of this finding, or open the one that was started."""
        self.ensure_one()
        audit = self.audit_id
        started = self.corrective_action_ids.filtered(
            lambda one: one.state != "cancelled"
        )
        action = started[:1] or self.env["supplier.corrective.action"]._open(
            audit.partner_id, audit.company_id, self.name, finding=self
        )
        return action.get_formview_action()
