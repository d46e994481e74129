from odoo import fields, models

from odoo.addons.supplier_evaluation.tools.optional_numbers import OptionalFloat


class SupplierSaleTrace(models.Model):
    """What :class:`SupplierSaleFact` says, with the customer: rights as in sales."""

    _name = "supplier.sale.trace"
    _inherit = ["supplier.sale.fact"]
    _description = "Trace of a Customer Order"
    _auto = False

    sale_id = fields.Many2one("sale.order", string="Customer Order", readonly=True)
    sale_line_id = fields.Many2one(string="Customer Order Line", groups="")
    late_line_id = fields.Many2one(groups="")
    customer_id = fields.Many2one("res.partner", readonly=True)
    salesman_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(
        string="Sales",
        readonly=True,
        help="Without taxes, in company currency: what of the sales line came by this "
        "purchase order line.",
    )
    margin = OptionalFloat(
        readonly=True,
        digits="Product Price",
        help="Of these sales, in company currency, where Odoo's margins in sales "
        "orders are installed.",
    )
