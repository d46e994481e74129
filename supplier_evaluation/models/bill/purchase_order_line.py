from odoo import models

from ...tools.bulk import bulk_update


class PurchaseOrderLine(models.Model):
    """A posted bill is compared with what was ordered until then."""

    _inherit = "purchase.order.line"

    def _remember_prices(self, before):
        """Remember, too, for how much the goods of posted bills had been ordered.

        Until a bill is posted, also anew, the price is what both sides agree upon.
        Whoever changes the order to what was billed makes no wrong bill a right one.
        """
        res = super()._remember_prices(before)
        ordered = []
        for line in self.sudo():
            prices = before[line]
            if prices.of_product is False or not prices.is_billed:
                continue
            if prices.terms == line._get_terms():
                continue
            for billed in line.invoice_lines:
                if billed.move_id.move_type != "in_invoice":
                    continue
                is_posted = billed.parent_state == "posted"
                is_known = billed.price_ordered is not False
                if is_posted != is_known:
                    ordered.append(
                        (billed.id, prices.of_product if is_posted else None)
                    )
        # Written one by one, each bill would look for what else depends on it.
        if ordered:
            lines = self.env["account.move.line"]
            bulk_update(lines, {"price_ordered": "float8"}, ordered)
        return res
