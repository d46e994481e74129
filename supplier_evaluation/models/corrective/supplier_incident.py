from odoo import fields, models


class SupplierIncident(models.Model):
    _inherit = "supplier.incident"

    corrective_action_ids = fields.One2many(
        "supplier.corrective.action", "incident_id", string="Corrective Actions"
    )

    def action_start_corrective_action(self):
        """Start an 8D of this incident, or open the one that was started."""
        self.ensure_one()
        self.check_access("write")
        action = self.corrective_action_ids[:1] or self.env[
            "supplier.corrective.action"
        ]._open(
            self.partner_id,
            self.company_id,
            self.title,
            incident=self,
            description=self.description or "",
            user=self.user_id or None,
        )
        return action.get_formview_action()
