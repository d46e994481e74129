from odoo import models
from odoo.tools import float_compare


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    def _supplier_covers(self, quantity):
        """Whether it holds for so much, in the product's unit."""
        own, unit = self.product_tmpl_id.uom_id, self.product_uom_id or False
        if unit and own._has_common_reference(unit):
            quantity = own._compute_quantity(quantity, unit, round=False)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return float_compare(quantity, self.min_qty, precision_digits=digits) >= 0
