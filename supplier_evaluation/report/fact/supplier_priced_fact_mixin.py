from odoo import models

from ...tools.optional_numbers import OptionalFloat


class SupplierPricedFactMixin(models.AbstractModel):
    """Facts of lines with a price: what was offered, ordered or billed."""

    _name = "supplier.priced.fact.mixin"
    _description = "Fact With a Price"

    quantity = OptionalFloat(
        readonly=True,
        digits="Product Unit",
        help="In the product's own unit of measure.",
        aggregator=None,
    )
    price = OptionalFloat(
        string="Unit Price",
        readonly=True,
        digits="Product Price",
        aggregator=None,
        help="Per unit of the product, after discount, in the order's currency.",
    )
    value = OptionalFloat(
        readonly=True,
        digits=(16, 2),
        help="After discount, in company currency at the order's rate.",
    )
