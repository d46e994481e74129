from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    supplier_open_to_applications = fields.Boolean(
        string="Open to Applications",
        help="Who applies as a supplier on the public page can choose this category.",
    )
