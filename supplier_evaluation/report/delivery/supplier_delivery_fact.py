from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from ..fact.supplier_fact_mixin import TOLD
from ..promise.at_cutoff import CHANGES_READ
from ..receipt.rows import MOVES_READ
from .query import NEEDS, DeliveryQuery


class SupplierDeliveryFact(models.Model):
    """One row per order line with a promise, native or imported.

    Sources: purchase order lines with their receipts, and
    ``supplier.history.line``. Of plain receipts ``scoring.delivery_measures`` defines
    the measures; of all that happens to orders, ``tests/histories/definition`` does:
    changes, kits, returns, units. What the SQL says is compared with both.

    A kit came on the day on which the last of its components did: parts that came too
    early wait for it. In another unit than its own, a product comes as its unit can be
    cut: less than one rounding above the upper tolerance is not too much.
    """

    _name = "supplier.delivery.fact"
    _inherit = ["supplier.order.fact.mixin", "supplier.fact.mixin"]
    _description = "Delivery Analysis"
    _auto = False
    _fact_query = DeliveryQuery
    _fact_is_found_first = True
    _fact_told = (*TOLD, "order_id")
    _fact_aspects = tuple(NEEDS)
    _fact_is_delivery = True
    _depends = {
        **MOVES_READ,
        "purchase.order": [
            "acknowledged",
            "acknowledged_on_receipt",
            "date_acknowledged",
            "date_order",
        ],
        "purchase.order.line": [
            "company_id",
            "date_promise_broken",
            "date_promise_cancelled",
            "date_promise_excused",
            "date_promise_rebased_late",
            "date_promised",
            "has_twin_line",
            "is_downpayment",
            "kit_parts",
            "price_weighed",
            "product_qty",
            "product_type_promised",
            "product_uom_id",
            "quantity_promised",
        ],
        **CHANGES_READ,
        "product.template": ["type"],
        "supplier.history.line": [
            "date_promised",
            "date_returned",
            "quantity_returned",
        ],
    }

    acknowledged_order_id = fields.Many2one("purchase.order", readonly=True)
    date = fields.Date(string="Promised")
    date_confirmed = fields.Date(string="Confirmed On", readonly=True)
    date_received = fields.Date(
        string="Last Received",
        readonly=True,
        help="Day of the last receipt that counted toward the ordered quantity.",
    )
    quantity_ordered = OptionalFloat(
        string="Ordered",
        readonly=True,
        digits="Product Unit",
        help="As promised, in the product's own unit of measure: what was changed "
        "after the promised day does not count.",
        aggregator=None,
    )
    quantity_received = OptionalFloat(
        string="Received",
        readonly=True,
        digits="Product Unit",
        help="Up to the cut-off; a return does not lower it.",
        aggregator=None,
    )
    quantity_on_time = OptionalFloat(
        string="Received on Time",
        readonly=True,
        digits="Product Unit",
        aggregator=None,
    )
    quantity_returned = OptionalFloat(
        string="Returned",
        readonly=True,
        digits="Product Unit",
        aggregator=None,
    )
    quantity_faulty = OptionalFloat(
        string="Returned as Faulty",
        readonly=True,
        digits="Product Unit",
        help="What of the returned quantity counts against the supplier: bad goods and "
        "wrong articles. Our own decisions do not, nor what was more than ordered.",
        aggregator=None,
    )
    on_time_share = OptionalFloat(
        string="On Time",
        readonly=True,
        aggregator="avg",
        help="Share of the ordered quantity that came by the promise.",
    )
    on_time_weighted = OptionalFloat(readonly=True)
    otif_share = OptionalFloat(
        string="On Time and in Full",
        readonly=True,
        aggregator="avg",
        help="1 when all of it came on time, in full and nothing went back as faulty.",
    )
    otif_weighted = OptionalFloat(readonly=True)
    fill_share = OptionalFloat(
        string="Fill Rate",
        readonly=True,
        aggregator="avg",
        help="Share of the ordered quantity that came by the cut-off.",
    )
    fill_weighted = OptionalFloat(readonly=True)
    days_late = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="Quantity-weighted days after the promise; what is still open ages "
        "to the cut-off.",
    )
    days_late_weighted = OptionalFloat(readonly=True)
    days_behind = OptionalFloat(
        readonly=True,
        digits=(16, 0),
        aggregator="max",
        help="Days after the promise until all of it was there; what is still open "
        "waits to the cut-off. Not below 0.",
    )
    has_receipt = fields.Boolean(string="Something Received", readonly=True)
    is_complete = fields.Boolean(string="Fully Received", readonly=True)
    lead_time = OptionalFloat(
        string="Lead Time (days)",
        readonly=True,
        aggregator="avg",
        help="Quantity-weighted days from confirmation to receipt.",
    )
    lead_time_square = OptionalFloat(readonly=True)
    cycle_time = OptionalFloat(
        string="Order Cycle Time (days)",
        readonly=True,
        aggregator="avg",
        help="Days from confirmation to the receipt that completed the line.",
    )
    is_changed_late = fields.Boolean(
        string="Promise Moved Afterwards",
        readonly=True,
        help="A manager moved the promise for us although its day was over or the "
        "goods had come.",
    )
    promise_kept = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="0 when the supplier moved the promise, else 1.",
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Lines of confirmed purchase orders with their promised date, the "
                "receipts and returns of these lines, and imported delivery history."
            ),
            self.env._(
                "Lines that were cancelled by the promised day, or later where a "
                "reason says that it was our decision; services, down payments, lines "
                "promised outside the period, imported lines of orders that are in "
                "Odoo as well, and lines that a manager left out with a reason."
            ),
        )

    @property
    def _fact_ratios(self):
        return {
            "on_time_share": ("on_time_weighted", "weight"),
            "otif_share": ("otif_weighted", "weight"),
            "fill_share": ("fill_weighted", "weight"),
            "days_late": ("days_late_weighted", "weight"),
        }
