from odoo import models


class ProductTemplate(models.Model):
    """A product that becomes a service, or a service that becomes goods.

    Odoo allows that whatever was ordered before, and moves nothing for it: nobody
    waits for the goods of what was ordered as a service.
    """

    _inherit = "product.template"

    def write(self, vals):
        if vals.get("type"):
            changed = self.filtered(lambda product: product.type != vals["type"])
            changed._remember_ordered_type()
        return super().write(vals)

    def _remember_ordered_type(self):
        """Remember on confirmed order lines what the products are until now.

        What is remembered from an earlier change is what the line was ordered as.
        """
        lines = self.env["purchase.order.line"].sudo()
        found = lines.search(
            [
                ("product_id.product_tmpl_id", "in", self.ids),
                ("date_promised", "!=", False),
                ("product_type_promised", "=", False),
            ]
        )
        # A variant through which it is written has the new type already.
        by_product = found.grouped(lambda line: line.product_id.product_tmpl_id)
        for kind, products in self.grouped("type").items():
            of_kind = lines.union(*(by_product.get(one, lines) for one in products))
            of_kind._write_guarded({"product_type_promised": kind})
