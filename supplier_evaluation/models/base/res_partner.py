from odoo import fields, models

from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = [
        "res.partner",
        "supplier.guard.mixin",
        "supplier.optional.numbers.mixin",
    ]

    supplier_tier_id = fields.Many2one(
        "supplier.tier",
        company_dependent=True,
        groups=USER_GROUP,
    )
