from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_check_months = fields.Integer(
        related="company_id.supplier_check_months", readonly=False
    )
