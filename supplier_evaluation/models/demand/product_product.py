from odoo import models
from odoo.fields import Domain

#: A move that is to come.
TO_COME = ("waiting", "confirmed", "assigned", "partially_available")


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _supplier_arriving(self, company):
        """Return what comes into the stock of a company, by product and month.

        What is late already comes in a month that is past.

        :return: ``{product: {first day of a month: quantity}}``, in the product's unit
        """
        products = self.with_context(
            allowed_company_ids=company.ids, tz=str(company._supplier_tz())
        )
        _there, incoming, _outgoing = products._get_domain_locations()
        rows = products.env["stock.move"]._read_group(
            Domain([("product_id", "in", self.ids), ("state", "in", TO_COME)])
            & Domain(incoming),
            ["product_id", "date:month"],
            ["product_qty:sum"],
        )
        found = {}
        for product, month, quantity in rows:
            found.setdefault(self.browse(product.id), {})[month.date()] = quantity
        return found
