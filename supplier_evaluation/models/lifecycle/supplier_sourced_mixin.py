from odoo import fields, models

from ...tools.groups import USER_GROUP


class SupplierSourcedMixin(models.AbstractModel):
    """A product or its template: who is approved to sell it."""

    _name = "supplier.sourced.mixin"
    _description = "Product With Approved Suppliers"

    # The field of a source that names such a product.
    _supplier_source_field = None

    supplier_source_count = fields.Integer(
        string="Approved Sources",
        compute="_compute_supplier_source_count",
        groups=USER_GROUP,
        help="Suppliers in an approved stage, in the current company.",
    )

    def _compute_supplier_source_count(self):
        sources = self.env["supplier.source"]
        counts = sources._count_approved(self, self._supplier_source_field)
        for product in self:
            product.supplier_source_count = counts.get(product._origin, 0)

    def action_open_supplier_sources(self):
        """Open who sells the product, and who could."""
        self.ensure_one()
        return self.env["supplier.source"]._action_list(
            [(self._supplier_source_field, "=", self.id)]
        )
