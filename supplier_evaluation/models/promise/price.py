from typing import NamedTuple

from odoo import fields, models


class Prices(NamedTuple):
    """What an order line costs; prices are ``False`` where nothing is ordered."""

    # What was agreed: it tells whether the price was changed.
    terms: tuple
    # Of the line's unit and of the product's unit, without tax.
    of_line: float
    of_product: float
    # What the promise weighs, of the product's unit.
    weighed: float
    # Whether its order has bills, drafts as well.
    is_billed: bool


class PurchaseOrderLine(models.Model):
    """What a promise weighs: the price of the promised day, like its quantity."""

    _inherit = "purchase.order.line"

    def _get_terms(self):
        """Return what was agreed on the price: it tells whether that was changed."""
        self.ensure_one()
        line = self.sudo()
        price = line.product_uom_id._compute_price(
            line.price_unit, line.product_id.uom_id
        )
        return price, line.discount, line.tax_ids

    def _get_prices(self):
        """Return what tells whether the price was changed, and what it is.

        :rtype: Prices
        """
        self.ensure_one()
        line = self.sudo()
        own = line.product_id.uom_id
        unit = line.product_uom_id
        price = bool(line.product_qty) and line._get_untaxed_price()
        weighed = price if line.price_weighed is False else line.price_weighed
        return Prices(
            line._get_terms(),
            price,
            price and unit._compute_price(price, own),
            weighed and unit._compute_price(weighed, own),
            bool(line.order_id.invoice_count),
        )

    def _get_untaxed_price(self):
        """Return what a unit costs after discount: as typed, unless tax is inside."""
        self.ensure_one()
        typed = self.price_unit * (1 - self.discount / 100)
        amount = typed * self.product_qty
        if not self.currency_id.compare_amounts(self.price_subtotal, amount):
            return typed
        return self.price_subtotal / self.product_qty

    def _remember_prices(self, before):
        """Remember what lines cost before, where the present price does not count.

        Up to the promised day a price is what both sides agree upon. What is changed
        later does not change the weight of what was promised; and of what is not
        ordered any more, Odoo says that it costs nothing.

        :param dict before: what :meth:`_get_prices` told of each line
        """
        now = fields.Datetime.now()
        for line in self.sudo():
            prices = before[line]
            price, weighed = prices.of_line, prices.weighed
            vals = {}
            if not line.product_qty and price is not False:
                vals["price_promised"] = price
            known = line.price_weighed
            if line._is_ordered() and not line._is_promise_over(now):
                weighed = False
            elif line._is_ordered() and known is False:
                weighed = prices.terms != line._get_terms() and weighed
            if weighed:
                own = line.product_id.uom_id
                weighed = own._compute_price(weighed, line.product_uom_id)
            # Free is a price, and nothing known is none.
            if weighed != known or (weighed is False) != (known is False):
                vals["price_weighed"] = weighed
            if vals:
                line._write_guarded(vals)
