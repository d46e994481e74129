from odoo import models

from ..sourcing import Need


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_find_candidates(self):
        """Open who could deliver the product: of several variants, each of them."""
        self.ensure_one()
        return self.product_variant_ids.action_find_candidates()


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_find_candidates(self):
        """Open who could deliver one of each."""
        return self.env["supplier.sourcing"]._open(
            [Need(product, 1, product.uom_id) for product in self]
        )


class ProductCategory(models.Model):
    _inherit = "product.category"

    def action_find_candidates(self):
        """Open who sells something of the category, or is certified for it."""
        self.ensure_one()
        return self.env["supplier.sourcing"]._open([], categ_id=self.id)
