from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.supplier_evaluation.report.fact.hints import ids_of
from odoo.addons.supplier_evaluation.tools.optional_numbers import OptionalInteger

from .query import FACT_IDS, SALE_LINES_KEY, SALES_KEY, SaleQuery

# Who may see every sales order. Others see what suppliers did for customers, but not
# for which ones, see ``supplier.sale.trace``.
ALL_SALES_GROUP = "sales_team.group_sale_salesman_all_leads"


class SupplierSaleFact(models.Model):
    """One row for each purchase line by which goods of a sales line came.

    What came from stock is traced by first in, first out, for each company, product
    and lot: the goods that came first went first. Where no receipt can be told, the
    row has no supplier, and its origin says why.

    A row counts on the day by which the customer was to have the goods.
    """

    _name = "supplier.sale.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Customer Delivery by Supplier"
    _auto = False
    _fact_query = SaleQuery
    # Goods that went to a customer were bought: the delivery itself enrols.
    _fact_enrols = False
    _depends = {
        "sale.order": [
            "commitment_date",
            "company_id",
            "currency_rate",
            "date_order",
            "name",
            "partner_id",
            "state",
            "user_id",
        ],
        "sale.order.line": [
            "customer_lead",
            "date_customer_promise_frozen",
            "date_customer_promised",
            "display_type",
            "is_downpayment",
            "order_id",
            "price_subtotal",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
        ],
        "supplier.sale.promise.change": [
            "company_id",
            "date",
            "date_to",
            "promised_from",
            "reason",
            "sale_line_id",
        ],
        "purchase.order": [
            "date_approve",
            "dest_address_id",
            "partner_id",
            "state",
        ],
        "purchase.order.line": [
            "date_promise_frozen",
            "date_promised",
            "kit_parts",
            "move_dest_ids",
            "order_id",
            "product_id",
            "product_qty",
            "product_uom_id",
            "product_uom_qty",
            "qty_received",
            "quantity_promised",
            "sale_line_id",
            "supplier_exclusion",
            "supplier_exclusion_reason",
        ],
        "stock.move": [
            "company_id",
            "date",
            "location_dest_id",
            "location_id",
            "move_orig_ids",
            "origin_returned_move_id",
            "picking_id",
            "picking_type_id",
            "product_id",
            "product_qty",
            "product_uom",
            "product_uom_qty",
            "purchase_line_id",
            "quantity",
            "replaces_returned",
            "sale_line_id",
            "scrap_id",
            "state",
        ],
        "stock.move.line": [
            "location_dest_id",
            "location_id",
            "lot_id",
            "move_id",
            "product_id",
            "quantity_product_uom",
            "state",
        ],
        "stock.picking": ["supplier_return_reason"],
        "supplier.incident": [
            "date_opened",
            "incident_type",
            "responsibility",
            "sale_line_id",
            "state",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id", "type", "uom_id"],
        "res.company": ["currency_id", "partner_id"],
        "res.partner": ["commercial_partner_id", "tz"],
    }

    name = fields.Char(string="Sales Order", readonly=True)
    date = fields.Date(
        string="Promised to Customer",
        help="The delivery date of the sales order when it was confirmed, or else its "
        "date and the lead time of the line. Another date counts only where the "
        "customer asked for it.",
    )
    exclusion = fields.Selection(selection_add=[("not_due", "Not due yet")])
    order_id = fields.Many2one("purchase.order", string="Purchase Order", readonly=True)
    purchase_line_id = fields.Many2one(
        "purchase.order.line", string="Purchase Order Line", readonly=True
    )
    sale_line_id = fields.Many2one(
        "sale.order.line", readonly=True, groups=ALL_SALES_GROUP
    )
    late_line_id = fields.Many2one(
        "sale.order.line",
        string="Late Because of the Supplier",
        readonly=True,
        groups=ALL_SALES_GROUP,
    )
    judged_line_id = fields.Many2one(
        "purchase.order.line",
        string="Due Order Line",
        readonly=True,
        help="The purchase order line, when its promised day is over.",
    )
    accurate_line_id = fields.Many2one(
        "purchase.order.line",
        string="Exact Order Line",
        readonly=True,
        help="The purchase order line, when the supplier delivered exactly what, how "
        "much and when it was ordered.",
    )
    origin = fields.Selection(
        selection=[
            ("dropship", "Dropshipped"),
            ("order", "Ordered for the customer"),
            ("stock", "From stock"),
            ("made", "Made by us"),
            ("counted", "From an inventory count"),
            ("returned", "Came back from a customer"),
            ("unknown", "No receipt known"),
        ],
        string="Came From",
        readonly=True,
        help="From stock: the goods that came first went first, for each company, "
        "product and lot. No receipt is known where goods left before any came, or "
        "still wait and nothing was ordered for them.",
    )
    quantity_ordered = fields.Float(
        string="Sold",
        readonly=True,
        digits="Product Unit",
        help="Of the whole sales line, in the product's own unit of measure.",
        aggregator=None,
    )
    quantity_delivered = fields.Float(
        string="Delivered to Customer",
        readonly=True,
        digits="Product Unit",
        help="What came by this purchase order line, up to what was sold.",
        aggregator=None,
    )
    quantity_open = fields.Float(
        string="Still Open", readonly=True, digits="Product Unit", aggregator=None
    )
    quantity_returned = fields.Float(
        string="Returned by Customer",
        readonly=True,
        digits="Product Unit",
        help="Of the whole sales line. It does not change when it was delivered.",
        aggregator=None,
    )
    sold_on = fields.Date(string="Customer Ordered", readonly=True)
    ordered_on = fields.Date(string="We Ordered", readonly=True)
    promised = fields.Date(string="Promised by Supplier", readonly=True)
    came_on = fields.Date(string="Goods Came", readonly=True)
    shipped_on = fields.Date(string="Left for Customer", readonly=True)
    is_open = fields.Boolean(string="Customer Waits", readonly=True)
    days_to_order = OptionalInteger(
        readonly=True,
        aggregator="avg",
        help="From the customer's order to ours; 0 where we had ordered before.",
    )
    days_to_receive = OptionalInteger(
        readonly=True,
        aggregator="avg",
        help="From our order, or the customer's if that is later, to the receipt.",
    )
    days_to_deliver = OptionalInteger(
        readonly=True,
        aggregator="avg",
        help="From the receipt, or the customer's order if that is later, until the "
        "goods left.",
    )
    slowest_step = fields.Selection(
        selection=[
            ("order", "Until we ordered"),
            ("receive", "Until the goods came"),
            ("deliver", "Until the goods left"),
        ],
        readonly=True,
    )
    waiting_step = fields.Selection(
        selection=[
            ("order", "For our order"),
            ("receive", "For the goods"),
            ("deliver", "For the delivery"),
        ],
        string="Waits",
        readonly=True,
        help="What the customer waits for: we have not ordered, the goods have not "
        "come, or they are there and have not left.",
    )
    days_late = OptionalInteger(
        string="Days Late",
        readonly=True,
        aggregator="max",
        help="Days after the day promised to the customer; what is open ages to the "
        "cut-off.",
    )
    days_order_late = OptionalInteger(
        string="Days: We Ordered Late",
        readonly=True,
        aggregator="max",
        help="Of the days late, those until the goods could come as the supplier "
        "promised.",
    )
    days_supplier_late = OptionalInteger(
        string="Days: Supplier Late",
        readonly=True,
        aggregator="max",
        help="Of the days late, those after the supplier's promise until the goods "
        "came.",
    )
    days_stock_late = OptionalInteger(
        string="Days: In Our Stock",
        readonly=True,
        aggregator="max",
        help="Of the days late, those on which the goods were there and had not left.",
    )
    cause = fields.Selection(
        selection=[
            ("not_late", "Not late"),
            ("supplier", "Supplier late"),
            ("order", "We ordered late"),
            ("stock", "Picked late from stock"),
            ("carrier", "Carrier late"),
            ("unknown", "Waits for goods that nobody ordered for it"),
            ("not_due", "Not due yet"),
        ],
        readonly=True,
        help="Who lost most of the days that the customer got it late. Where two lost "
        "equally many, it is not the supplier. A carrier is named when the goods left "
        "in time and an incident says that the carrier was late.",
    )

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Tell the query which sales orders and lines are asked for.

        An identifier tells the sales line, too: who reads what was found asks for it.
        """
        asked = list(Domain(domain).optimize(self))
        found = ids_of(asked, "id")
        if found is not None:
            found = sorted({FACT_IDS.decode(each)[0] for each in found})
        lines = ids_of(asked, "sale_line_id")
        hints = {
            SALES_KEY: ids_of(asked, "sale_id"),
            SALE_LINES_KEY: found if lines is None else lines,
        }
        facts = self.with_context(**hints)
        return super(SupplierSaleFact, facts)._search(domain, *args, **kwargs)

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Lines of confirmed sales orders with goods, what was ordered for "
                "them, the receipts and the deliveries. What came from stock is the "
                "goods that came first."
            ),
            self.env._(
                "Lines that were cancelled, lines that are open and not due yet, goods "
                "of which no receipt is known, and purchase order lines that a manager "
                "left out with a reason."
            ),
        )

    def action_leave_out(self):
        """Ask why the purchase order lines of these rows shall not count."""
        return self.purchase_line_id.action_leave_out()

    def _records_left_out(self):
        return {"purchase.order.line": self.purchase_line_id.ids}

    def _fact_documents(self):
        """Return the sales order, or what a buyer may see: the purchase order."""
        return [*super()._fact_documents(), self.order_id]
