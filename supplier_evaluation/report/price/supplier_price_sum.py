from dataclasses import replace

from odoo import fields, models

from .sums import PriceSums


class SupplierPriceSum(models.Model):
    """What an order line cost. The id is the line's."""

    _name = "supplier.price.sum"
    _inherit = ["supplier.order.sum.mixin"]
    _description = "Sums of a Price"
    _log_access = False

    currency_id = fields.Integer()
    confirmed = fields.Datetime(required=True, index=True)
    day = fields.Date(index=True)
    rate = fields.Float()
    quantity = fields.Float()
    price = fields.Float()
    gross_value = fields.Float()
    value = fields.Float()
    exclusion = fields.Char()

    # In the order in which the price before is looked for: it is the first one.
    _series_idx = models.Index("(product_id, partner_id, confirmed, id)")

    def _refresh(self, pending):
        """What was moved of a line changes nothing that it cost."""
        if pending.ordered is None:
            return super()._refresh(pending)
        if pending.ordered:
            return super()._refresh(replace(pending, lines=pending.ordered))
        return None

    def _live(self, pending):
        return PriceSums(self.env, pending).sql()
