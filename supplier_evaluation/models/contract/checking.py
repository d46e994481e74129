"""What contracts say of orders, for any number of them at once."""

from collections import defaultdict

from odoo import api, models, tools
from odoo.tools import float_compare
from odoo.tools.misc import formatLang

from ..gate.gate import Finding
from .matching import ContractBook


class SupplierContract(models.Model):
    _inherit = "supplier.contract"

    @api.model
    @tools.ormcache("company_id", cache="default")
    def _checks_orders(self, company_id):
        """Tell whether orders of the company are compared with a contract.

        Every order asks, and contracts hardly ever change: the answer is kept.
        """
        contracts = self.sudo().with_context(active_test=False)
        domain = [("company_id", "=", company_id), ("date_effective", "!=", False)]
        return bool(
            contracts.search_count([*domain, ("check_level", "!=", "none")], limit=1)
        )

    def _counts_on(self, day):
        """Whether it counts for what is ordered on a day."""
        self.ensure_one()
        ends = [end for end in (self.date_to, self.date_closed) if end]
        begin = self.date_effective
        return bool(begin) and begin <= day and all(day <= end for end in ends)


class SupplierContractLine(models.Model):
    _inherit = "supplier.contract.line"

    def _covers(self, product):
        """Whether the line is about a product."""
        self.ensure_one()
        if self.product_id:
            return self.product_id == product
        path = product.categ_id.parent_path or ""
        return path.startswith(self.categ_id.parent_path)


class ContractCheck:
    """Compares orders with the contracts that they are under.

    :param orders: purchase orders with full rights, also unsaved ones
    :param bool together: whether they are confirmed at once
    """

    def __init__(self, orders, together):
        self.env = orders.env
        self.together = together
        contracts = self.env["supplier.contract"]
        self.orders = orders.filtered(
            lambda order: (
                order.partner_id and contracts._checks_orders(order.company_id.id)
            )
        )
        self.days = {order: order._contract_day() for order in self.orders}
        self.found = defaultdict(list)

    def findings(self):
        """Return lists of ``Finding`` by order id."""
        terms = self._match() if self.orders else {}
        if not terms:
            return {}
        self.prices = self.env["supplier.contract.line"]._agreed_prices(
            list({(term, self.days[line.order_id]) for line, term in terms.items()})
        )
        self._check_payment_terms(terms)
        for line, term in terms.items():
            self._check_price(line, term)
        self._check_quantities(terms)
        return dict(self.found)

    def _match(self):
        """Return the contract line by order line, where one is compared."""
        vendors = self.orders.partner_id.commercial_partner_id
        book = ContractBook(self.env, self.orders.company_id, vendors)
        self.orders.order_line.product_id.categ_id.mapped("parent_path")
        terms = {}
        for order in self.orders:
            vendor = order.partner_id.commercial_partner_id
            for line in order.order_line:
                if not line.product_id or line.product_qty <= 0:
                    continue
                term = book.line_for(
                    order.company_id, vendor, line.product_id, self.days[order]
                )
                if term and term.contract_id.check_level != "none":
                    terms[line] = term
        return terms

    def _add(self, order, term, key, lines, reason):
        level = term.contract_id.check_level
        self.found[order.id].append(Finding(level, reason, ("contract", *key), lines))

    # ------------------------------------------------------------
    # Payment terms
    # ------------------------------------------------------------

    def _check_payment_terms(self, terms):
        under = {}
        for line, term in terms.items():
            key = line.order_id, term.contract_id
            under[key] = under.get(key, line.browse()) | line
        for (order, contract), lines in under.items():
            agreed = contract.payment_term_id
            if not agreed or order.payment_term_id == agreed:
                continue
            self._add(
                order,
                contract.line_ids[0],
                ("term", contract.id),
                lines,
                self.env._(
                    "%(contract)s agrees the payment terms “%(agreed)s”; this order "
                    "has %(given)s.",
                    contract=contract.display_name,
                    agreed=agreed.display_name,
                    given=f"“{order.payment_term_id.display_name}”"
                    if order.payment_term_id
                    else self.env._("none"),
                ),
            )

    # ------------------------------------------------------------
    # Prices
    # ------------------------------------------------------------

    def _check_price(self, line, term):
        """Compare in the unit and the currency of the order, without tax."""
        order = line.order_id
        # Who is not shown units gets the product's own when the order is saved.
        unit = line.product_uom_id or line.product_id.uom_id
        names = {
            "product": line.product_id.display_name,
            "contract": term.contract_id.display_name,
        }
        if term.uom_id and not unit._has_common_reference(term.uom_id):
            reason = self.env._(
                "%(product)s is ordered in %(unit)s, which cannot be turned into "
                "%(own)s of %(contract)s: price and quantity are not compared.",
                unit=unit.name,
                own=term.uom_id.name,
                **names,
            )
            self._add(order, term, ("unit", term.id), line, reason)
            return
        day = self.days[order]
        agreed = self.prices.get((term, day))
        if not agreed:
            return
        price = term.currency_id._convert(
            term.uom_id._compute_price(agreed.price, unit),
            order.currency_id,
            order.company_id,
            day,
            round=False,
        )
        limit = price * (1 + term.contract_id.price_tolerance / 100)
        digits = self.env["decimal.precision"].precision_get("Product Price")
        asked = line._get_untaxed_price()
        if float_compare(asked, limit, precision_digits=digits) <= 0:
            return
        names |= {
            "asked": self._money(asked, order, digits),
            "agreed": self._money(price, order, digits),
            "unit": unit.name,
        }
        if agreed.text != names["agreed"]:
            names["agreed"] = f"{names['agreed']} ({agreed.text})"
        self._add(
            order, term, ("price", term.id), line, self._price_reason(term, names)
        )

    def _price_reason(self, term, names):
        if tolerance := term.contract_id.price_tolerance:
            return self.env._(
                "%(product)s costs %(asked)s per %(unit)s; %(contract)s agrees "
                "%(agreed)s, and %(tolerance)s %% more is tolerated.",
                tolerance=term._number(tolerance),
                **names,
            )
        return self.env._(
            "%(product)s costs %(asked)s per %(unit)s; %(contract)s agrees %(agreed)s.",
            **names,
        )

    def _money(self, amount, order, digits):
        digits = max(digits, order.currency_id.decimal_places)
        number = formatLang(self.env, amount, digits=digits)
        return f"{number} {order.currency_id.name}"

    # ------------------------------------------------------------
    # Quantities
    # ------------------------------------------------------------

    def _check_quantities(self, terms):
        """Compare what an order buys with what others left of the agreed quantity."""
        bought = defaultdict(float)
        lines = {}
        for line, term in terms.items():
            if not term.quantity:
                continue
            key = line.order_id, term
            quantity = term._in_own_unit(line.product_id.uom_id, line.product_uom_qty)
            bought[key] += quantity or 0.0
            lines[key] = lines.get(key, line.browse()) | line
        used = (
            self.env["supplier.contract.line"]
            .union(*(term for _order, term in bought))
            ._used()
        )
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        for (order, term), quantity in bought.items():
            # A confirmed order is in what was used; of it, only the others count.
            is_in = order.state == "purchase"
            left = term.quantity - used.get(term.id, 0.0) + (quantity if is_in else 0.0)
            if float_compare(quantity, left, precision_digits=digits) > 0:
                self._add(
                    order,
                    term,
                    ("quantity", term.id),
                    lines[order, term],
                    self._quantity_reason(term, quantity, max(left, 0.0)),
                )
            if self.together and not is_in:
                used[term.id] = used.get(term.id, 0.0) + quantity

    def _quantity_reason(self, term, quantity, left):
        return self.env._(
            "%(quantity)s %(unit)s of %(thing)s are ordered; of the %(agreed)s in "
            "%(contract)s, %(left)s are left.",
            quantity=term._number(quantity),
            unit=term.uom_id.name,
            thing=term.display_name,
            agreed=term._number(term.quantity),
            contract=term.contract_id.display_name,
            left=term._number(left),
        )
