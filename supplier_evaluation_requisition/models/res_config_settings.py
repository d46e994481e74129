from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_late_day_percent = fields.Float(
        related="company_id.supplier_late_day_percent", readonly=False
    )
    supplier_defect_percent = fields.Float(
        related="company_id.supplier_defect_percent", readonly=False
    )
