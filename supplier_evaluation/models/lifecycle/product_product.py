from odoo import models


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "supplier.sourced.mixin"]

    _supplier_source_field = "product_id"
