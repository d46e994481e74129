from odoo import fields, models

from ...tools.groups import USER_GROUP


class ProductProduct(models.Model):
    _inherit = "product.product"

    supplier_source_count = fields.Integer(
        string="Approved Sources",
        compute="_compute_supplier_source_count",
        groups=USER_GROUP,
        help="Suppliers in an approved stage, in the current company.",
    )

    def _compute_supplier_source_count(self):
        counts = self.env["supplier.source"]._count_approved(self, "product_id")
        for product in self:
            product.supplier_source_count = counts.get(product._origin, 0)

    def action_open_supplier_sources(self):
        """Open who sells the product, and who could."""
        self.ensure_one()
        return self.env["supplier.source"]._action_list([("product_id", "=", self.id)])
