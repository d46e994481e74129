"""Who could deliver what is needed, and at what price: read once for all of them."""

from collections import defaultdict
from typing import NamedTuple

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.supplier_evaluation.models.certification.status import IN_FORCE
from odoo.addons.supplier_evaluation.models.contract.matching import ContractBook
from odoo.addons.supplier_evaluation.models.contract.supplier_contract import HELD


class Need(NamedTuple):
    """So much of a product, in a unit."""

    product: object
    quantity: float
    unit: object


class Offers:
    """What vendors asked last, agreed and list for some needs of a company.

    :param company: who buys
    :param vendors: commercial partners
    :param list needs: of :class:`Need`
    """

    def __init__(self, company, vendors, needs):
        self.company = company.sudo()
        self.env = self.company.env
        self.vendors = vendors.sudo()
        self.needs = [
            Need(need.product.sudo(), need.quantity, need.unit.sudo()) for need in needs
        ]
        self.products = self.env["product.product"].union(
            *(need.product for need in self.needs)
        )
        self.today = self.company._supplier_day(fields.Datetime.now())
        self._last = self._last_lines()
        self._terms = self._contract_terms()
        self._agreed = self.env["supplier.contract.line"]._agreed_prices(
            [(term, self.today) for term in set(self._terms.values())]
        )

    # ------------------------------------------------------------
    # What they cost
    # ------------------------------------------------------------

    def last_amount(self, vendor):
        """Return what the needs cost by the last orders, or ``None``.

        ``None`` unless there is a price of each: a part would look cheap beside others.
        """
        return self._amount(vendor, self._last_price)

    def contract_amount(self, vendor):
        """Return what the needs cost by the contracts in force, or ``None``."""
        return self._amount(vendor, self._contract_price)

    def list_amount(self, vendor):
        """Return what the needs cost by the vendor's price lists, or ``None``."""
        return self._amount(vendor, self._list_price)

    def lead_time(self, vendor):
        """Return the longest lead time of the needs, or ``None``.

        By the contract, else the vendor's price list. ``None`` unless that of each is
        known: a part would look fast beside others.
        """
        days = [self._lead_time(vendor, need) for need in self.needs]
        return None if None in days else max(days, default=None)

    def _lead_time(self, vendor, need):
        term = self._terms.get((vendor, need.product))
        if term and term.lead_time is not False:
            return term.lead_time
        seller = self._seller(vendor, need)
        return seller.delay if seller else None

    def _amount(self, vendor, price_of):
        """Return the sum of the needs in the currency of the company, or ``None``."""
        prices = [price_of(vendor, need) for need in self.needs]
        if not prices or not all(prices):
            return None
        return sum(
            price * need.quantity
            for price, need in zip(prices, self.needs, strict=True)
        )

    def _last_price(self, vendor, need):
        """Return the last price of the unit, or ``None``; 0 is one nobody entered."""
        line = self._last.get((vendor.id, need.product.id))
        if not line:
            return None
        price = line._get_untaxed_price() / (line.order_id.currency_rate or 1.0)
        return self._in_unit(price, line.product_uom_id, need)

    def _contract_price(self, vendor, need):
        term = self._terms.get((vendor, need.product))
        agreed = term and self._agreed.get((term, self.today))
        if not agreed:
            return None
        price = term.currency_id._convert(
            agreed.price,
            self.company.currency_id,
            self.company,
            self.today,
            round=False,
        )
        return self._in_unit(price, term.uom_id, need)

    def _list_price(self, vendor, need):
        seller = self._seller(vendor, need)
        if not seller or seller.price_discounted <= 0:
            return None
        price = seller.currency_id._convert(
            seller._get_untaxed_price(need.product, self.company),
            self.company.currency_id,
            self.company,
            self.today,
            round=False,
        )
        return self._in_unit(price, need.product.uom_id, need)

    def _in_unit(self, price, unit, need):
        if not unit._has_common_reference(need.unit):
            return None
        return unit._compute_price(price, need.unit)

    # ------------------------------------------------------------
    # What is read
    # ------------------------------------------------------------

    def _last_lines(self):
        """Return ``{(vendor id, product id): order line}`` of the last orders."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (vendor.commercial_partner_id, line.product_id)
                       line.id, vendor.commercial_partner_id
                  FROM purchase_order_line line
                  JOIN purchase_order po ON po.id = line.order_id
                  JOIN res_partner vendor ON vendor.id = po.partner_id
                 WHERE po.company_id = %(company)s
                   AND po.state = 'purchase'
                   AND line.product_id = ANY(%(products)s)
                   AND vendor.commercial_partner_id = ANY(%(vendors)s)
                   AND line.product_qty > 0
                   AND line.price_subtotal > 0
                 ORDER BY vendor.commercial_partner_id, line.product_id,
                          po.date_approve DESC, line.id DESC
                """,
                company=self.company.id,
                products=self.products.ids,
                vendors=self.vendors.ids,
            )
        )
        lines = self.env["purchase.order.line"].browse([row[0] for row in rows])
        return {
            (vendor_id, line.product_id.id): line
            for line, (_line_id, vendor_id) in zip(lines, rows, strict=True)
        }

    def _contract_terms(self):
        """Return ``{(vendor, product): contract line}`` of what counts today."""
        book = ContractBook(self.env, self.company, self.vendors, self.products)
        found = {}
        for vendor in self.vendors:
            for product in self.products:
                term = book.line_for(self.company, vendor, product, self.today)
                if term:
                    found[vendor, product] = term
        return found

    def _seller(self, vendor, need):
        """Return the price list of the vendor, or of one of its contacts."""
        product = need.product.with_company(self.company)
        known = product.seller_ids.partner_id.filtered(
            lambda one: one.commercial_partner_id == vendor
        )
        for partner in vendor | known:
            seller = product._select_seller(
                partner_id=partner,
                quantity=need.quantity,
                date=self.today,
                uom_id=need.unit,
            )
            if seller:
                return seller
        return product.seller_ids.browse()


def vendors_for(company, products, category):
    """Return ``{vendor: products it sells}``, also who is approved but sold nothing.

    Known are the sources of the products, or of those of the category; who is certified
    for a category of them, named as such; and who has a contract about them.

    :param company: who buys
    :param products: what is needed; may be empty
    :param category: what is needed where no product is, or an empty record
    """
    company = company.sudo()
    env = company.env
    env.flush_all()
    sources = Domain("company_id", "=", company.id) & (
        Domain("product_id", "in", products.ids)
        if products
        else Domain("categ_id", "child_of", category.ids)
    )
    found = defaultdict(set)
    for source in env["supplier.source"].search(sources):
        found[source.partner_id].add(source.product_id.id)
    categories = _with_parents(products.sudo().categ_id or category.sudo())
    for vendor in _certified(company, categories) | _under_contract(
        company, products, categories
    ):
        found.setdefault(vendor, set())
    return dict(found)


def _with_parents(categories):
    ids = {
        int(part)
        for category in categories
        for part in (category.parent_path or "").split("/")
        if part
    }
    return categories.browse(sorted(ids))


def _certified(company, categories):
    found = company.env["supplier.certification"].search(
        [
            # What a company above certified, a branch buys too.
            ("company_id", "in", company.parent_ids.ids),
            ("state", "in", IN_FORCE),
            ("category_ids", "in", categories.ids),
        ]
    )
    return found.filtered(lambda one: one._is_in_force()).partner_id


def _under_contract(company, products, categories):
    lines = company.env["supplier.contract.line"].search(
        Domain("contract_id.company_id", "=", company.id)
        & Domain("contract_id.state", "in", HELD)
        & (
            Domain("product_id", "in", products.ids)
            | Domain("categ_id", "in", categories.ids)
        )
    )
    today = company._supplier_day(fields.Datetime.now())
    contracts = lines.contract_id.filtered(lambda one: one._counts_on(today))
    return contracts.commercial_partner_id
