from odoo import api, models
from odoo.tools import SQL


class SupplierSavingFact(models.Model):
    """What a blanket order agrees is the list price of its own orders only."""

    _inherit = "supplier.saving.fact"
    _depends = {
        "product.supplierinfo": ["purchase_requisition_line_id"],
        "purchase.order": ["requisition_id"],
        "purchase.requisition.line": ["requisition_id"],
    }

    @api.model
    def _is_listed_for_order(self):
        return SQL(
            """
            %s
            AND (listed.purchase_requisition_line_id IS NULL
                 OR EXISTS (
                    SELECT FROM purchase_requisition_line agreed
                     WHERE agreed.id = listed.purchase_requisition_line_id
                       AND agreed.requisition_id = bought.requisition_id))
            """,
            super()._is_listed_for_order(),
        )
