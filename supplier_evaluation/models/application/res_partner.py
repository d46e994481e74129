from odoo import fields, models

from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_offer_category_ids = fields.Many2many(
        "product.category",
        "res_partner_supplier_offer_category_rel",
        string="Offered Product Categories",
        groups=USER_GROUP,
        help="What the supplier says it can supply.",
    )
