from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat, OptionalInteger
from ..fact.price import TAXES_READ
from ..promise.at_cutoff import CHANGES_READ
from .query import NEEDS, PriceQuery


class SupplierPriceFact(models.Model):
    """One row per confirmed order line, native or imported: its price, compared.

    Compared with the supplier's last price before the period, with the market of the
    twelve months that end with it, and with the supplier's own prices in these.
    Without a scope: with the price before the line, and the last twelve months.
    """

    _name = "supplier.price.fact"
    _inherit = [
        "supplier.newest.fact.mixin",
        "supplier.order.fact.mixin",
        "supplier.priced.fact.mixin",
        "supplier.fact.mixin",
    ]
    _description = "Price Analysis"
    _auto = False
    _fact_query = PriceQuery
    _fact_is_found_first = True
    _fact_aspects = tuple(NEEDS)
    _depends = {
        **TAXES_READ,
        **CHANGES_READ,
        "purchase.order": ["currency_id"],
        "purchase.order.line": [
            "date_promise_cancelled",
            "discount",
            "is_downpayment",
            "price_promised",
            "price_unit",
            "product_qty",
            "product_uom_id",
            "quantity_promised",
            "tax_ids",
        ],
        "supplier.price.index": [
            "categ_id",
            "company_id",
            "month",
            "product_id",
            "source",
            "value",
        ],
        "product.category": ["parent_path"],
        "supplier.history.line": [
            "currency_id",
            "price_unit",
            "product_name",
            "uom_id",
        ],
    }

    date = fields.Date(
        string="Confirmed On",
        help="When the order was confirmed for the first time, or the line was added "
        "to a confirmed order.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    gross_value = OptionalFloat(string="Before Discount", readonly=True, digits=(16, 2))
    discount_value = OptionalFloat(string="Discount", readonly=True, digits=(16, 2))
    reference_price = OptionalFloat(
        string="Price Before",
        readonly=True,
        digits="Product Price",
        aggregator=None,
        help="The supplier's last confirmed price of the product in the same currency, "
        "before the period of the evaluation; in an analysis, before the line.",
    )
    reference_date = fields.Date(string="Price Before, From", readonly=True)
    reference_order_id = fields.Many2one(
        "purchase.order", string="Order With the Price Before", readonly=True
    )
    price_change = OptionalFloat(readonly=True, aggregator="avg")
    price_difference = OptionalFloat(
        readonly=True,
        digits=(16, 2),
        help="What the change of the price costs, in company currency.",
    )
    index_change = OptionalFloat(
        string="Market Index",
        readonly=True,
        aggregator="avg",
        help="By how much the market moved from the month of the price before to the "
        "month of the line: the price index of the product, or else of its category.",
    )
    index_gap = OptionalFloat(
        string="Above the Index",
        readonly=True,
        aggregator="avg",
        help="Price change less that of the market; negative: the supplier stayed "
        "below it.",
    )
    reference_value = OptionalFloat(
        string="Value at the Price Before", readonly=True, digits=(16, 2)
    )
    market_price = OptionalFloat(
        readonly=True,
        digits="Product Price",
        aggregator=None,
        help="Median over all suppliers of what they asked for the product in the "
        "twelve months that end with the period, in company currency.",
    )
    market_suppliers = OptionalInteger(
        string="Suppliers in the Market", readonly=True, aggregator="max"
    )
    market_gap = OptionalFloat(
        string="Against the Market",
        readonly=True,
        aggregator="avg",
        help="The supplier's average price of the product in the period of the "
        "evaluation against the market price; in an analysis, the price of the line.",
    )
    market_gap_weighted = OptionalFloat(readonly=True)
    market_value = OptionalFloat(readonly=True)
    price_variation = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="Standard deviation over mean of the supplier's prices of the product in "
        "the twelve months that end with the period.",
    )
    price_variation_weighted = OptionalFloat(readonly=True)
    varied_value = OptionalFloat(readonly=True)

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Lines of confirmed purchase orders, and imported delivery history that"
                " says when it was ordered. Services count as goods do."
            ),
            self.env._(
                "Lines of cancelled orders, lines with nothing left to order, down "
                "payments, imported lines of orders that are in Odoo as well, and lines"
                " that a manager left out with a reason."
            ),
        )

    @property
    def _fact_ratios(self):
        return {
            "price_change": ("price_difference", "reference_value"),
            "market_gap": ("market_gap_weighted", "market_value"),
            "price_variation": ("price_variation_weighted", "varied_value"),
        }
