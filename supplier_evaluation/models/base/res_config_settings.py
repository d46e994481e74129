from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_tz = fields.Selection(related="company_id.supplier_tz", readonly=False)
    supplier_evidence_required = fields.Boolean(
        related="company_id.supplier_evidence_required", readonly=False
    )
    supplier_tz_proposal = fields.Char(related="company_id.supplier_tz_proposal")
