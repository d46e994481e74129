from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat, OptionalInteger
from .flexibility import FlexibilityQuery
from .supplier_delivery_fact import SupplierDeliveryFact


class SupplierFlexibilityFact(models.Model):
    """One row per order line that was urgent or that we changed: whether it was met.

    What was promised and received is what ``supplier.delivery.fact`` says.
    """

    _name = "supplier.flexibility.fact"
    _inherit = ["supplier.order.fact.mixin", "supplier.fact.mixin"]
    _description = "Flexibility Analysis"
    _auto = False
    _fact_query = FlexibilityQuery
    _fact_is_found_first = True
    _depends = {
        **SupplierDeliveryFact._depends,
        "purchase.order.line": [
            *SupplierDeliveryFact._depends["purchase.order.line"],
            "urgent_promised",
        ],
        "product.supplierinfo": [
            "company_id",
            "date_end",
            "date_start",
            "delay",
            "partner_id",
            "product_id",
            "product_tmpl_id",
        ],
        "supplier.promise.change": [
            *SupplierDeliveryFact._depends["supplier.promise.change"],
            "date_to",
            "is_late",
            "quantity_to",
        ],
    }

    date = fields.Date(string="Promised")
    date_confirmed = fields.Date(string="Confirmed On", readonly=True)
    date_received = fields.Date(string="Last Received", readonly=True)
    is_urgent = fields.Boolean(
        string="Urgent",
        readonly=True,
        help="The order was marked as urgent when it was confirmed, or was promised "
        "sooner than the supplier's delivery lead time says.",
    )
    is_changed = fields.Boolean(
        string="Changed by Us",
        readonly=True,
        help="We moved the date or changed the quantity by the promised day.",
    )
    usual_days = OptionalInteger(
        string="Delivery Lead Time",
        readonly=True,
        aggregator=None,
        help="Days, the shortest of the supplier's price list for the product.",
    )
    on_time_share = OptionalFloat(
        string="On Time",
        readonly=True,
        aggregator=None,
        help="Share of the ordered quantity that came by the promise.",
    )
    met_share = OptionalFloat(
        string="Met",
        readonly=True,
        aggregator="avg",
        help="1 when all of it came by the promise, as it was agreed at last.",
    )
    met_weighted = OptionalFloat(readonly=True)

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Lines of confirmed purchase orders with a promised date that were "
                "urgent, or that we changed by the promised day, and their receipts."
            ),
            self.env._(
                "Lines that were neither urgent nor changed are not asked about. Lines "
                "that were cancelled by the promised day, or later by our decision; "
                "services, down payments, and what a manager left out with a reason."
            ),
        )

    @property
    def _fact_ratios(self):
        return {"met_share": ("met_weighted", "weight")}
