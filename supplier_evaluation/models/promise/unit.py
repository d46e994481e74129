from contextlib import contextmanager

from odoo import models

# Kept with the transaction while a product gets another unit: a context could be sent
# by any client, and quantities would change without a trace.
UNIT_REPLACED = "supplier_unit_replaced"


class ProductProduct(models.Model):
    """A product that gets another unit: what was ordered is the same number of it.

    Odoo allows that as long as the product is in no posted bill. It puts the new unit
    in the place of the old one, on orders and moves, and converts nothing.
    """

    _inherit = "product.product"

    def _update_uom(self, to_uom_id):
        with unit_replaced(self.env):
            return super()._update_uom(to_uom_id)


@contextmanager
def unit_replaced(env):
    """Take units that are written within it for the old ones by another name.

    :param env: of the transaction
    """
    data = env.cr.postcommit.data
    before = data.get(UNIT_REPLACED, False)
    data[UNIT_REPLACED] = True
    try:
        yield
    finally:
        data[UNIT_REPLACED] = before


def is_unit_replaced(env):
    """Return whether a product gets another unit just now.

    :param env: of the transaction
    """
    return bool(env.cr.postcommit.data.get(UNIT_REPLACED))
