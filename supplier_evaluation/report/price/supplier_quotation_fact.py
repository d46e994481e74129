from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from ..fact.price import TAXES_READ
from ..promise.at_cutoff import CHANGES_READ
from .quotation import NEEDS, QuotationQuery
from .supplier_price_fact import SupplierPriceFact


class SupplierQuotationFact(models.Model):
    """One row per line of a request for quotation or an order: the price asked for.

    Compared with all that the supplier asked for the product in the twelve months.
    """

    _name = "supplier.quotation.fact"
    _inherit = [
        "supplier.newest.fact.mixin",
        "supplier.order.fact.mixin",
        "supplier.priced.fact.mixin",
        "supplier.fact.mixin",
    ]
    _description = "Quotation Analysis"
    _auto = False
    _fact_query = QuotationQuery
    _fact_is_found_first = True
    # Who was only asked for a price did not supply anything.
    _fact_enrols = False
    _fact_aspects = tuple(NEEDS)
    _depends = {
        **TAXES_READ,
        **CHANGES_READ,
        **SupplierPriceFact._depends,
        "purchase.order": ["currency_id", "date_order"],
    }

    date = fields.Date(
        string="Quoted On",
        help="When the order was confirmed; the deadline of a request that was not.",
    )
    kind = fields.Selection(
        selection=[
            ("request", "Request for quotation"),
            ("order", "Purchase order"),
        ],
        readonly=True,
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    price_variation = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="Standard deviation over mean of all that the supplier asked for the "
        "product in the twelve months that end with the period.",
    )
    price_variation_weighted = OptionalFloat(readonly=True)
    varied_value = OptionalFloat(readonly=True)

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Lines of requests for quotation that were sent, also where somebody "
                "else got the order, of confirmed purchase orders, and imported "
                "delivery history that says when it was ordered."
            ),
            self.env._(
                "Requests that were not sent yet, lines without a price, lines of "
                "orders that were cancelled after they had been confirmed, down "
                "payments, imported lines of orders that are in Odoo as well, and "
                "lines that a manager left out with a reason. Products quoted only "
                "once in these twelve months, shown as without reference."
            ),
        )

    @property
    def _fact_ratios(self):
        return {"price_variation": ("price_variation_weighted", "varied_value")}
