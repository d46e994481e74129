from odoo import api, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    @api.readonly
    def retrieve_supplier_alternatives(self):
        """Put preferred vendors first, among those that sell as much of the order."""
        offers = super().retrieve_supplier_alternatives()
        return sorted(
            offers,
            key=lambda offer: (
                offer["level"] == "block",
                -offer["covered"],
                not offer["preferred"],
            ),
        )
