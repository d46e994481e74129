from odoo import api, models


class SupplierPortal(models.AbstractModel):
    """Of customer orders, a supplier sees our order and what it promised itself."""

    _inherit = "supplier.portal"

    @api.model
    def _columns(self):
        shown = ("order_id", "product_id", "promised", "came_on", "days_supplier_late")
        return {**super()._columns(), "supplier.sale.fact": shown}
