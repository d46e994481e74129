from bisect import bisect_right
from collections import defaultdict

from odoo import api, fields, models

#: What a line says of what was ordered and sent back.
SAID = (
    "product_id",
    "product_name",
    "uom_id",
    "quantity_ordered",
    "price_unit",
    "currency_id",
    "date_order",
    "date_promised",
    "quantity_returned",
    "date_returned",
    "supplier_exclusion",
)


class SupplierHistoryLine(models.Model):
    """An order line of another system, with what was received of it.

    It feeds the same facts as a purchase order line does, and no purchase order has to
    be invented for it.
    """

    _name = "supplier.history.line"
    _inherit = [
        "supplier.empty.help.mixin",
        "supplier.exclusion.mixin",
        "supplier.subject.mixin",
    ]
    _description = "Imported Delivery History Line"
    _order = "date_promised desc, order_ref, line_ref, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    order_ref = fields.Char(string="Order", required=True, index=True)
    line_ref = fields.Char(string="Order Line", required=True)
    product_id = fields.Many2one(
        comodel_name="product.product", check_company=True, ondelete="set null"
    )
    product_name = fields.Char(
        string="Product in the File", help="The product as the other system names it."
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Category",
        compute="_compute_categ_id",
        store=True,
        readonly=False,
        ondelete="set null",
    )
    category_name = fields.Char(
        string="Category in the File",
        help="The category as the other system names it.",
    )
    uom_id = fields.Many2one(
        comodel_name="uom.uom",
        string="Unit",
        ondelete="restrict",
        help="The unit of all quantities of the line.",
    )
    quantity_ordered = fields.Float(string="Ordered", required=True, default=1.0)
    price_unit = fields.Float(string="Unit Price", help="In the line's currency.")
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        ondelete="restrict",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    value = fields.Float(
        compute="_compute_value",
        store=True,
        help="Ordered quantity at the unit price, in company currency at the rate of "
        "the order date, or of the promised date when there is no order date. It is "
        "the weight of the line in a supplier's score.",
    )
    date_order = fields.Date(
        string="Order Date", help="Without it, the line has no lead time."
    )
    date_promised = fields.Date(string="Promised Date", required=True, index=True)
    quantity_returned = fields.Float(
        string="Returned", help="What was sent back for its quality."
    )
    date_returned = fields.Date(string="Return Date")
    receipt_ids = fields.One2many(
        comodel_name="supplier.history.receipt",
        inverse_name="line_id",
        string="Receipts",
        copy=True,
    )
    quantity_received = fields.Float(
        string="Received", compute="_compute_received", store=True
    )
    quantity_open = fields.Float(
        string="Still Open", compute="_compute_received", store=True
    )
    date_received = fields.Date(
        string="Last Receipt", compute="_compute_received", store=True
    )
    is_received_late = fields.Boolean(
        string="Received Late", compute="_compute_received", store=True
    )
    source = fields.Char(
        readonly=True, copy=False, help="The file that last changed the line."
    )

    _order_line_uniq = models.Constraint(
        "UNIQUE (company_id, partner_id, order_ref, line_ref)",
        "This supplier already has a history line with the same order and line "
        "reference. Change that line, or use another line reference.",
    )
    _quantity_ordered_positive = models.Constraint(
        "CHECK (quantity_ordered > 0)",
        "The ordered quantity of a history line must be greater than zero.",
    )
    _price_unit_not_negative = models.Constraint(
        "CHECK (price_unit >= 0)",
        "The unit price of a history line cannot be negative.",
    )
    _quantity_returned_not_negative = models.Constraint(
        "CHECK (quantity_returned >= 0)",
        "The returned quantity of a history line cannot be negative: enter what was "
        "sent back as a positive number.",
    )
    _company_promise_idx = models.Index("(company_id, date_promised)")

    @api.depends("order_ref", "line_ref")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.order_ref or ''} / {line.line_ref or ''}"

    @api.depends("product_id")
    def _compute_categ_id(self):
        for line in self:
            if line.product_id:
                line.categ_id = line.product_id.categ_id
            else:
                line.categ_id = line.categ_id

    @api.depends(
        "quantity_ordered",
        "price_unit",
        "currency_id",
        "company_id",
        "date_order",
        "date_promised",
    )
    def _compute_value(self):
        rates = self._rates_by_currency()
        for line in self:
            amount = line.price_unit * line.quantity_ordered
            source, target = line.currency_id, line.company_id.currency_id
            if amount and source and target and source != target:
                day = line.date_order or line.date_promised or fields.Date.today()
                root = line.company_id.root_id
                amount *= self._rate_on(rates[root, target], day)
                amount /= self._rate_on(rates[root, source], day)
            line.value = amount

    @api.depends(
        "quantity_ordered", "date_promised", "receipt_ids.quantity", "receipt_ids.date"
    )
    def _compute_received(self):
        for line in self:
            receipts = line.receipt_ids.filtered("quantity")
            days = [receipt.date for receipt in receipts if receipt.date]
            received = sum(receipts.mapped("quantity"))
            last = max(days, default=False)
            line.quantity_received = received
            line.quantity_open = max(0.0, line.quantity_ordered - received)
            line.date_received = last
            line.is_received_late = bool(
                last and line.date_promised and last > line.date_promised
            )

    def _as_said(self):
        """Return what it says of its order line, to be compared with another one."""
        self.ensure_one()
        receipts = [(one.date, one.quantity) for one in self.receipt_ids]
        return [self[name] for name in SAID], sorted(receipts)

    def _rates_by_currency(self):
        """Exchange rates of the lines that need them, read in one query.

        Odoo reads the rates of one day per query; a history has thousands of days.

        :return: (root company, currency) -> sorted pairs of day and rate
        """
        foreign = self.filtered(
            lambda line: line.currency_id != line.company_id.currency_id
        )
        rates = defaultdict(list)
        if not foreign:
            return rates
        currencies = foreign.currency_id | foreign.company_id.currency_id
        roots = foreign.company_id.root_id
        found = self.env["res.currency.rate"].search_fetch(
            [
                ("currency_id", "in", currencies.ids),
                ("company_id", "in", [False, *roots.ids]),
            ],
            ["currency_id", "company_id", "name", "rate"],
            order="name, id",
        )
        for rate in found:
            for root in rate.company_id or roots:
                rates[root, rate.currency_id].append(rate)
        return {
            (root, currency): self._ranked_rates(rates[root, currency])
            for root in roots
            for currency in currencies
        }

    @staticmethod
    def _ranked_rates(records):
        """Rates as Odoo ranks them: the company's own go before shared ones."""
        own = [(rate.name, rate.rate) for rate in records if rate.company_id]
        shared = [(rate.name, rate.rate) for rate in records if not rate.company_id]
        first_own = own[0][0] if own else None
        return [pair for pair in shared if not own or pair[0] < first_own] + own

    @staticmethod
    def _rate_on(rates, day):
        """The last rate up to ``day``, else the first one there is, else 1."""
        if not rates:
            return 1.0
        position = bisect_right(rates, day, key=lambda pair: pair[0])
        return rates[max(0, position - 1)][1] or 1.0
