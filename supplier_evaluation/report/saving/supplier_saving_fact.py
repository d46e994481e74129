from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring.scope import CONTEXT_KEY, DAY
from ...tools.optional_numbers import OptionalFloat
from ..fact.hints import days_of, words_of
from .query import REFERENCES_KEY, SavingQuery
from .references import REFERENCES, SAVING_IDS

# Sums over several references would count an order line as often as it has some.
GUARDED = frozenset({"value", "reference_value", "saving", "excess", "weight"})

# Among the lines of how many days a page is looked for, before all are.
NEWEST = (7, 31)


class SupplierSavingFact(models.Model):
    """One row per confirmed order line and reference: what it saved against that.

    The lines, what was paid, the last price, the market and the index are those of
    ``supplier.price.fact``. Contract and price list are read here.
    """

    _name = "supplier.saving.fact"
    _inherit = [
        "supplier.order.fact.mixin",
        "supplier.priced.fact.mixin",
        "supplier.fact.mixin",
    ]
    _description = "Savings Analysis"
    _auto = False
    _fact_query = SavingQuery
    _fact_is_found_first = True
    _depends = {
        "supplier.price.fact": ["price"],
        "purchase.order": ["user_id"],
        "product.product": ["product_tmpl_id"],
        "product.supplierinfo": [
            "company_id",
            "currency_id",
            "date_end",
            "date_start",
            "min_qty",
            "partner_id",
            "price",
            "product_id",
            "product_tmpl_id",
            "product_uom_id",
            "sequence",
        ],
        "res.company": ["currency_id", "parent_path"],
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
        """Look among the newest lines first: whether one counts takes its reference."""
        if order in (None, self._order):
            for since, _until in self._newest_first(domain):
                newest = Domain(domain) & since
                page = super()._find_page(find, newest, offset, limit, order)
                if len(page) == limit:
                    return page
        return super()._find_page(find, domain, offset, limit, order)

    @api.model
    @api.readonly
    def search_count(self, domain, limit=None):
        """Count the newest lines first, and no more than is asked for."""
        count, newer = 0, Domain.TRUE
        if limit:
            for since, until in self._newest_first(domain):
                own = Domain(domain) & since & newer
                count += super().search_count(own, limit - count)
                if count >= limit:
                    return count
                newer = until
        left = limit and limit - count
        return count + super().search_count(Domain(domain) & newer, left)

    @api.model
    def _newest_first(self, domain):
        """Yield the domains of the lines since a day, and of those until it.

        A question with a scope has its days already.
        """
        if not self.env.context.get(CONTEXT_KEY):
            asked = list(Domain(domain).optimize(self))
            newest = min(days_of(asked)[1], self.env.cr.now().date() + DAY)
            for days in NEWEST:
                begin = newest - days * DAY
                yield Domain("date", ">", begin), Domain("date", "<=", begin)

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
