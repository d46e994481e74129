from odoo import models

from ...tools.transaction import doing

UNIT_REPLACED = "supplier_unit_replaced"


class ProductProduct(models.Model):
    """A product that gets another unit: what was ordered is the same number of it.

    Odoo allows that as long as the product is in no posted bill. It puts the new unit
    in the place of the old one, on orders and moves, and converts nothing.
    """

    _inherit = "product.product"

    def _update_uom(self, to_uom_id):
        with doing(self.env, UNIT_REPLACED):
            return super()._update_uom(to_uom_id)
