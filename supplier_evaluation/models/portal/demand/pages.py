from dateutil.relativedelta import relativedelta

from odoo import api, models

from ....tools.periods import period_label

LAST_DAY = relativedelta(day=31)


class SupplierPortal(models.AbstractModel):
    """What we expect to need, as its supplier may know it."""

    _inherit = "supplier.portal"

    @api.model
    def _demand_months(self, rows):
        """Return what a supplier sees of demand, as plain values by month.

        Why we expect it, and what we noted, is for us only. A product is called as the
        supplier calls it, where the vendor list of its company says so.

        :param rows: as :meth:`_find` returns them, the first month first
        :return: list of dicts with ``label`` and ``rows``
        """
        names = self._names_of_products(rows)
        return [
            {
                "label": period_label(self.env, month, month + LAST_DAY),
                "rows": [self._demand_row(row, names) for row in own],
            }
            for month, own in rows.grouped("month").items()
        ]

    def _demand_row(self, row, names):
        changed = row.date_changed
        return {
            "product": names[row.company_id, row.product_id],
            "quantity": row.quantity,
            "unit": row.uom_id.name,
            "company": row.company_id.name,
            "before": row.quantity_before,
            "date_changed": changed and row.company_id._supplier_day(changed),
        }

    def _names_of_products(self, rows):
        """Return ``{(company, product): name}``."""
        supplier = self._supplier()
        return {
            (company, product): product.with_context(
                partner_id=supplier.id, company_id=company.id
            ).display_name
            for company, own in rows.grouped("company_id").items()
            for product in own.product_id
        }
