from odoo import models

#: In the context: number of an index -> name of the system that goes first there.
FIRST = "supplier_exchange_first"


class SupplierPriceIndex(models.Model):
    """Of two systems that tell of one month, that with the higher priority counts."""

    _inherit = "supplier.price.index"

    def _intake_changes(self, vals):
        if self.id in self.env.context.get(FIRST, ()):
            return {}
        return super()._intake_changes(vals)
