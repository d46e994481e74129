from odoo import models

from .purchase_order_line import exclusion_favours


class SupplierHistoryLine(models.Model):
    """Says whether leaving it out makes the supplier look better."""

    _inherit = "supplier.history.line"

    def _exclusion_favours(self, exclusion):
        return super()._exclusion_favours(exclusion) | exclusion_favours(
            self, exclusion
        )
