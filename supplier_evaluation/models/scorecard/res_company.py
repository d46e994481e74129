from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_seal_number = fields.Integer(
        readonly=True, help="How many supplier scorecards have been sealed."
    )
    supplier_seal_hash = fields.Char(
        readonly=True, help="Seal of the last published supplier scorecard."
    )
