from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from ..fact.price import TAXES_READ
from ..fact.supplier_fact_mixin import TOLD
from ..history.rows import HISTORY_LINE, ORDER_LINE, TWINS_READ
from ..promise.at_cutoff import CHANGES_READ
from .query import FACT_IDS, HISTORY_RECEIPT, INCIDENT, KINDS, ReceiptFactQuery
from .rows import MOVES_READ


class SupplierReceiptFact(models.Model):
    """One row per receipt move of an order line, per return, and per quality incident.

    A return is reduced by what was undone of it. What is defective of a receipt was
    returned as bad or wrong, scrapped at the receipt, or is the quantity of an
    incident or found by an inspection; each unit counts once: of what went back or was
    scrapped, what incidents say, and what inspections found, the largest. A kit is as
    bad as its worst component, and so is all of it that came.
    """

    _name = "supplier.receipt.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Quality Analysis"
    _auto = False
    _fact_query = ReceiptFactQuery
    _fact_is_found_first = True
    _fact_told = (*TOLD, "order_id")
    _fact_aspects = tuple(KINDS)
    _depends = {
        **MOVES_READ,
        **TAXES_READ,
        **CHANGES_READ,
        "purchase.order": [
            *TWINS_READ["purchase.order"],
            "currency_id",
            "currency_rate",
        ],
        "purchase.order.line": [
            *TWINS_READ["purchase.order.line"],
            "discount",
            "kit_parts",
            "price_promised",
            "price_subtotal",
            "price_unit",
            "product_qty",
            "product_uom_id",
            "product_uom_qty",
            "quantity_promised",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "tax_ids",
        ],
        "stock.move": [*MOVES_READ["stock.move"], "reference"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id", "uom_id"],
        "uom.uom": ["factor"],
        "res.partner": ["commercial_partner_id", "tz"],
        "res.company": [*TAXES_READ["res.company"], "partner_id"],
        "supplier.incident": [
            "commercial_partner_id",
            "company_id",
            "date_opened",
            "incident_type",
            "inspection_id",
            "move_id",
            "name",
            "order_id",
            "picking_id",
            "product_id",
            "purchase_line_id",
            "quantity",
            "reporter_id",
            "responsibility",
            "state",
            "supplier_exclusion",
            "supplier_exclusion_reason",
        ],
        "supplier.inspection": [
            "date_done",
            "move_id",
            "previous_id",
            "quantity_rejected",
            "state",
            "supplier_exclusion",
        ],
        "supplier.history.line": [
            "categ_id",
            "commercial_partner_id",
            "company_id",
            "date_received",
            "date_returned",
            "line_ref",
            "order_ref",
            "product_id",
            "quantity_ordered",
            "quantity_returned",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "value",
        ],
    }

    kind = fields.Selection(
        selection=[
            ("receipt", "Receipt"),
            ("return", "Return"),
            ("incident", "Quality incident"),
        ],
        readonly=True,
    )
    source = fields.Selection(
        selection=[
            ("order", "Purchase order"),
            ("incident", "Incident"),
            ("history", "Imported history"),
            ("transfer", "Transfer without an order"),
        ],
        readonly=True,
    )
    order_id = fields.Many2one("purchase.order", readonly=True)
    purchase_line_id = fields.Many2one(
        "purchase.order.line", string="Order Line", readonly=True
    )
    picking_id = fields.Many2one("stock.picking", string="Transfer", readonly=True)
    return_reason = fields.Selection(
        selection=lambda self: (
            self.env["stock.picking"]
            ._fields["supplier_return_reason"]
            ._description_selection(self.env)
        ),
        readonly=True,
        help="Why the goods went back. Where nobody said: more than ordered as far as "
        "more had come, and bad goods beyond that.",
    )
    quantity_received = OptionalFloat(
        string="Received",
        readonly=True,
        digits="Product Unit",
        help="In the product's own unit of measure.",
        aggregator=None,
    )
    quantity_returned = OptionalFloat(
        string="Returned",
        readonly=True,
        digits="Product Unit",
        help="What a return took back, less what was undone of it.",
        aggregator=None,
    )
    quantity_faulty = OptionalFloat(
        string="Returned as Faulty",
        readonly=True,
        digits="Product Unit",
        help="What of a return counts against the supplier: bad goods and wrong "
        "articles, and what was more than ordered only beyond what had come too much.",
        aggregator=None,
    )
    quantity_defective = OptionalFloat(
        string="Defective",
        readonly=True,
        digits="Product Unit",
        help="Of a receipt: returned as bad or wrong, scrapped, part of an incident "
        "or found bad when inspected, each unit once; of components of a kit as many "
        "as of the worst. Of an incident: the quantity that it names.",
        aggregator=None,
    )
    value_received = OptionalFloat(
        readonly=True,
        digits=(16, 2),
        help="At the order's price, after discount, in company currency.",
    )
    value_returned = OptionalFloat(readonly=True, digits=(16, 2))
    defective_share = OptionalFloat(readonly=True, aggregator="avg")
    defective_weighted = OptionalFloat(readonly=True)
    lot_accepted = OptionalFloat(
        string="Lot Accepted",
        readonly=True,
        aggregator="avg",
        help="1 when nothing of the receipt was defective, else 0.",
    )
    receipt_count = fields.Integer(string="Receipts", readonly=True)
    complaint_count = fields.Integer(string="Complaints", readonly=True)

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Receipts and returns of purchase order lines, scrap at receipts, "
                "inspections of receipts, quality incidents, and imported delivery "
                "history."
            ),
            self.env._(
                "Receipts of order lines that a manager left out with a reason, those "
                "that were entered by mistake, and imported ones of orders that are in "
                "Odoo as well. Returns that were undone, and goods for a supplier that "
                "belong to no order, or to several. Incidents that were cancelled, are "
                "not quality, are not or not yet the supplier's responsibility, or "
                "that a manager left out. Of inspections the same, and those that were "
                "corrected."
            ),
        )

    @property
    def _fact_ratios(self):
        return {"defective_share": ("defective_weighted", "weight")}

    def action_leave_out(self):
        """Ask why these records shall not count: the order lines, or the incidents."""
        return self.env["supplier.exclusion.mixin"]._leave_out_action(
            self._records_left_out()
        )

    def _records_left_out(self):
        sources = FACT_IDS.split(self.ids)
        receipts = self.env[HISTORY_RECEIPT].browse(sources[HISTORY_RECEIPT])
        lines = self.filtered(lambda fact: fact.kind != "incident").purchase_line_id
        targets = {
            ORDER_LINE: lines.ids,
            INCIDENT: sources[INCIDENT],
            HISTORY_LINE: [*receipts.line_id.ids, *sources[HISTORY_LINE]],
        }
        return {model: ids for model, ids in targets.items() if ids}

    def action_change_return_reason(self):
        """Ask why the goods of these returns went back.

        :raises UserError: none of them is a return that was made in this database
        """
        pickings = self.filtered(lambda fact: fact.kind == "return").picking_id
        return pickings.action_change_supplier_return_reason()
