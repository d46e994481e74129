from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_8d_alone = fields.Boolean(
        related="company_id.supplier_8d_alone", readonly=False
    )
