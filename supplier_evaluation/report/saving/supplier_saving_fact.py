from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring.scope import DAY
from ...tools.optional_numbers import OptionalFloat
from ..fact.hints import days_of, ids_of, words_of
from ..fact.price import TAXES_READ
from ..fact.supplier_fact_mixin import TOLD
from ..price.query import FEW_DAYS
from .query import REFERENCES_KEY, SavingQuery
from .references import REFERENCES, SAVING_IDS

# Sums over several references would count an order line as often as it has some.
GUARDED = frozenset({"value", "reference_value", "saving", "excess", "weight"})

# How many times the prices of a page are compared to fill it, before all are.
PAGES = (1, 20)
# The lines of how many days are counted, before all are.
COUNTED = FEW_DAYS
# What a reference takes to find: the market reads the prices of everybody.
CHEAPEST = ("last", "list", "contract", "index", "market")


class SupplierSavingFact(models.Model):
    """One row per confirmed order line and reference: what it saved against that.

    The lines, what was paid, the last price, the market and the index are those of
    ``supplier.price.fact``. Contract and price list are read here.
    """

    _name = "supplier.saving.fact"
    _inherit = [
        "supplier.newest.fact.mixin",
        "supplier.order.fact.mixin",
        "supplier.priced.fact.mixin",
        "supplier.fact.mixin",
    ]
    _description = "Savings Analysis"
    _auto = False
    _fact_query = SavingQuery
    _fact_is_found_first = True
    _depends = {
        **TAXES_READ,
        "supplier.price.fact": ["price"],
        "purchase.order": ["user_id"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["supplier_taxes_id"],
        "product.supplierinfo": [
            "company_id",
            "currency_id",
            "date_end",
            "date_start",
            "discount",
            "min_qty",
            "partner_id",
            "price",
            "product_id",
            "product_tmpl_id",
            "product_uom_id",
            "sequence",
        ],
        "res.company": [*TAXES_READ["res.company"], "currency_id", "parent_path"],
        "res.currency.rate": ["company_id", "currency_id", "name", "rate"],
        "supplier.contract": [
            "commercial_partner_id",
            "company_id",
            "currency_id",
            "date_closed",
            "date_effective",
            "date_to",
            "state",
        ],
        "supplier.contract.line": [
            "categ_id",
            "contract_id",
            "index_base",
            "index_id",
            "index_share",
            "price",
            "price_kind",
            "product_id",
            "uom_id",
        ],
        "uom.uom": ["factor", "parent_path"],
    }

    reference = fields.Selection(
        selection=[
            ("last", "Last price"),
            ("market", "Market median"),
            ("contract", "Contract"),
            ("list", "List price"),
            ("index", "Index"),
        ],
        string="Compared With",
        readonly=True,
        help="Last price: what the supplier asked for the product before, in the same "
        "currency. Market median: over all suppliers, in the twelve months. Contract: "
        "what was agreed for the day. List price: of the vendor's pricelist, as it is "
        "now, for the day and the quantity, before discount. Index: the last price, "
        "had it followed the price index.",
    )
    date = fields.Date(string="Confirmed On")
    exclusion = fields.Selection(
        selection_add=[
            ("no_rate", "No exchange rate"),
            ("no_unit", "Units cannot be compared"),
        ]
    )
    buyer_id = fields.Many2one("res.users", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    reference_price = OptionalFloat(
        readonly=True,
        digits="Product Price",
        aggregator=None,
        help="What it is compared with, per unit of the product in the order's "
        "currency: at the rate of the order, or that of its day.",
    )
    reference_order_id = fields.Many2one(
        "purchase.order", string="Order With the Price Before", readonly=True
    )
    contract_line_id = fields.Many2one("supplier.contract.line", readonly=True)
    contract_id = fields.Many2one(related="contract_line_id.contract_id")
    value = OptionalFloat(string="Paid Value")
    reference_value = OptionalFloat(
        string="Value at the Reference",
        readonly=True,
        digits=(16, 2),
        help="The same quantity at the reference price, in company currency.",
    )
    saving = OptionalFloat(
        readonly=True,
        digits=(16, 2),
        help="(Reference price − price) × quantity, in company currency; negative: it "
        "cost more than the reference. Empty where there is no reference.",
    )
    excess = OptionalFloat(
        string="Paid Above the Reference",
        readonly=True,
        digits=(16, 2),
        help="The saving with the opposite sign.",
    )
    saving_share = OptionalFloat(
        string="Saved (%)",
        readonly=True,
        aggregator="avg",
        help="The saving as a share of the value at the reference.",
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Lines of confirmed purchase orders, and imported delivery history that"
                " says when it was ordered, each compared with a reference price."
            ),
            self.env._(
                "Lines of cancelled orders, lines with nothing left to order, down "
                "payments, imported lines of orders that are in Odoo as well, lines "
                "that a manager left out with a reason; and lines without the "
                "reference, or with one whose unit or currency cannot be compared."
            ),
        )

    @api.model
    def _is_listed_for_order(self):
        """Return the SQL of whether a price ``listed`` is for the order of ``p``."""
        return SQL("TRUE")

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Tell the query which references are asked for."""
        asked = words_of(list(Domain(domain).optimize(self)), "reference")
        facts = self.with_context(**{REFERENCES_KEY: asked})
        return super(SupplierSavingFact, facts)._search(domain, *args, **kwargs)

    @api.model
    def _find_page(self, find, domain, offset, limit, order):
        """Compare the newest prices only: whether one counts takes its reference."""
        if self._is_newest_first(order):
            for share in PAGES:
                prices = self._newest_prices(domain, share * (offset + limit))
                own = Domain(domain) & self._made_of(prices)
                page = find(own, TOLD, offset, limit, order)
                if len(page) == limit or len(prices) < share * (offset + limit):
                    return page
        return find(domain, TOLD, offset, limit, order)

    @api.model
    def _newest_prices(self, domain, limit):
        """Return the first prices of those of which what is asked for is made."""
        asked = list(Domain(domain).optimize(self))
        first, last = days_of(asked)
        told = Domain("date", ">=", first) & Domain("date", "<=", last)
        for name in ("partner_id", "product_id"):
            ids = ids_of(asked, name)
            if ids is not None:
                told &= Domain(name, "in", ids)
        return self.env["supplier.price.fact"].search_fetch(told, TOLD, limit=limit)

    @api.model
    def _made_of(self, prices):
        """Return the domain of the facts that are made of prices."""
        ids = [
            SAVING_IDS.encode(price_id, place)
            for price_id in prices.ids
            for place in range(len(REFERENCES))
        ]
        return Domain("id", "in", ids) & prices._telling()

    @api.model
    @api.readonly
    def search_count(self, domain, limit=None):
        """Count the newest lines first, and no more than is asked for.

        Each reference by itself, so that those that take most are often not read.
        """
        # Counting has no order: only a scope speaks against it.
        newest = limit and self._is_newest_first(None) and self._newest_day(domain)
        if not newest:
            return super().search_count(domain, limit)
        begin = newest - COUNTED * DAY
        recent = Domain("date", ">", begin) & Domain("date", "<=", newest)
        count = 0
        for name in self._asked_references(domain):
            own = Domain(domain) & recent & Domain("reference", "=", name)
            count += super().search_count(own, limit - count)
            if count >= limit:
                return count
        others = Domain("date", "<=", begin) | Domain("date", ">", newest)
        return count + super().search_count(Domain(domain) & others, limit - count)

    @api.model
    def _asked_references(self, domain):
        """Return the references that are asked for, first what takes least."""
        asked = words_of(list(Domain(domain).optimize(self)), "reference")
        return [name for name in CHEAPEST if asked is None or name in asked]

    def _told_by(self):
        return super()._told_by() & Domain(
            "reference", "in", sorted(set(self._references()))
        )

    def _references(self):
        return [REFERENCES[SAVING_IDS.decode(fact_id)[1]] for fact_id in self.ids]

    @property
    def _fact_ratios(self):
        return {"saving_share": ("saving", "reference_value")}

    def _read_group_select(self, aggregate_spec, query):
        """Add up amounts of one reference only; of several, there is no sum."""
        select = super()._read_group_select(aggregate_spec, query)
        fname, _sep, func = aggregate_spec.partition(":")
        if not (
            (fname in GUARDED and func == "sum")
            or (fname in self._fact_ratios and func == "avg")
        ):
            return select
        reference = self._field_to_sql(self._table, "reference", query)
        return SQL(
            "CASE WHEN MIN(%(reference)s) = MAX(%(reference)s) THEN %(select)s END",
            reference=reference,
            select=select,
        )

    # ------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------

    def _prices(self):
        """Return the price facts of which these are made."""
        ids = [SAVING_IDS.decode(fact_id)[0] for fact_id in self.ids]
        return self.env["supplier.price.fact"].browse(dict.fromkeys(ids))

    def _fact_documents(self):
        return self._prices()._fact_documents()

    def _records_left_out(self):
        return self._prices()._records_left_out()
