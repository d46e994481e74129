from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_application_open = fields.Boolean(
        related="company_id.supplier_application_open", readonly=False
    )
    supplier_application_type_ids = fields.Many2many(
        related="company_id.supplier_application_type_ids", readonly=False
    )
    supplier_application_days = fields.Integer(
        related="company_id.supplier_application_days", readonly=False
    )
    supplier_application_idle_days = fields.Integer(
        related="company_id.supplier_application_idle_days", readonly=False
    )
