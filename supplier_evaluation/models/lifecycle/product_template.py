from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "supplier.sourced.mixin"]

    _supplier_source_field = "product_tmpl_id"
