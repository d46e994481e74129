from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_incident_user_id = fields.Many2one(
        related="company_id.supplier_incident_user_id", readonly=False
    )
    supplier_incident_escalation_user_id = fields.Many2one(
        related="company_id.supplier_incident_escalation_user_id", readonly=False
    )
