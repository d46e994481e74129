from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.optional_numbers import OptionalFloat
from ..fact.price import TAXES_READ
from .payment import SETTLEMENTS_READ
from .query import BILLS_READ, NEEDS, BillQuery


class SupplierBillFact(models.Model):
    """One row per product line of a posted vendor bill or refund."""

    _name = "supplier.bill.fact"
    _inherit = ["supplier.priced.fact.mixin", "supplier.fact.mixin"]
    _description = "Bill Analysis"
    _auto = False
    _fact_query = BillQuery
    _fact_aspects = tuple(NEEDS)
    _depends = {
        **TAXES_READ,
        "account.move": [*BILLS_READ["account.move"], "name"],
        "account.move.line": [*BILLS_READ["account.move.line"], "tax_ids"],
        "account.partial.reconcile": SETTLEMENTS_READ["account.partial.reconcile"],
        "purchase.order": ["currency_id", "currency_rate"],
        "purchase.order.line": [
            "discount",
            "is_downpayment",
            "order_id",
            "price_subtotal",
            "price_unit",
            "product_id",
            "product_qty",
            "product_uom_id",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "tax_ids",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id", "uom_id"],
        "res.company": [*TAXES_READ["res.company"], "currency_id", "parent_path"],
        "res.currency.rate": ["company_id", "currency_id", "name", "rate"],
        "res.partner": ["commercial_partner_id"],
        "uom.uom": ["factor"],
    }

    date = fields.Date(string="Accounting Date")
    move_id = fields.Many2one("account.move", string="Bill", readonly=True)
    move_type = fields.Selection(
        selection=[("in_invoice", "Vendor bill"), ("in_refund", "Refund")],
        string="Type",
        readonly=True,
    )
    order_id = fields.Many2one("purchase.order", readonly=True)
    price = OptionalFloat(
        string="Billed Price",
        help="Per unit of the product, after discount, in the order's currency; in "
        "company currency when the bill is in another one.",
    )
    order_price = OptionalFloat(
        string="Ordered Price",
        readonly=True,
        digits="Product Price",
        aggregator=None,
    )
    value = OptionalFloat(string="Billed", help="In company currency.")
    difference = OptionalFloat(
        readonly=True,
        digits=(16, 2),
        help="Billed price against the ordered one, either way, times the quantity, in "
        "company currency.",
    )
    is_other_price = fields.Boolean(
        string="Billed Otherwise",
        readonly=True,
        help="The difference is more than half of the smallest coin of the company's "
        "currency.",
    )
    order_value = OptionalFloat(
        string="Value at Ordered Price", readonly=True, digits=(16, 2)
    )
    payment_days = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="From the date of the bill to its due date; of several instalments, "
        "weighted with their amounts. Empty where no payment term was agreed.",
    )
    payment_days_weighted = OptionalFloat(readonly=True)
    terms_value = OptionalFloat(readonly=True)

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Lines of posted vendor bills; their prices where they are linked to a "
                "purchase order line."
            ),
            self.env._(
                "Bill lines without a purchase order or without a quantity, where they "
                "would be compared: shown as without reference. Refunds, and bills "
                "that a refund reversed. Down payments, on their own bill and on the "
                "final one. Lines of orders that a manager left out with a reason."
            ),
        )

    @property
    def _fact_ratios(self):
        return {"payment_days": ("payment_days_weighted", "terms_value")}

    def _fact_documents(self):
        """Who may not open bills sees the order."""
        return [*super()._fact_documents(), self.order_id]

    def action_leave_out(self):
        """Ask why the order lines that were billed shall not count.

        :raises UserError: none of the bill lines has one
        """
        lines = self._billed_order_lines()
        if not lines:
            raise UserError(
                self.env._(
                    "What is left out is a line of a purchase order, and these bill "
                    "lines have none."
                )
            )
        return lines.action_leave_out()

    def _records_left_out(self):
        lines = self._billed_order_lines()
        return {lines._name: lines.ids}

    def _billed_order_lines(self):
        bill_lines = self.env["account.move.line"].browse(self.ids)
        return bill_lines.sudo().purchase_line_id.sudo(False)
