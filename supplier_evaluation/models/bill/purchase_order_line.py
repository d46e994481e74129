from odoo import models


class PurchaseOrderLine(models.Model):
    """A posted bill is compared with what was ordered until then."""

    _inherit = "purchase.order.line"

    def _remember_prices(self, before):
        """Remember, too, for how much the goods of posted bills had been ordered.

        Until a bill is posted the price is what both sides agree upon. Whoever changes
        the order to what was billed does not make a wrong bill a right one.
        """
        super()._remember_prices(before)
        for line in self.sudo():
            prices = before[line]
            if prices.of_product is False or prices.terms == line._get_prices().terms:
                continue
            line.invoice_lines.filtered(
                lambda billed: (
                    billed.parent_state == "posted"
                    and billed.move_id.move_type == "in_invoice"
                    and billed.price_ordered is False
                )
            ).price_ordered = prices.of_product
