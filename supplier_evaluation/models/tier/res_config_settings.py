from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_abc_a = fields.Float(related="company_id.supplier_abc_a", readonly=False)
    supplier_abc_b = fields.Float(related="company_id.supplier_abc_b", readonly=False)
