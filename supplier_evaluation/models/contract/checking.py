"""What contracts say of orders, for any number of them at once."""

from collections import defaultdict

from odoo import api, models, tools
from odoo.tools import float_compare

from ..gate.verdict import Finding
from .matching import ContractBook
from .pricing import price_digits


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

    def _days(self):
        """Return the first and the last day on which it counts, each False if none."""
        self.ensure_one()
        ends = [end for end in (self.date_to, self.date_closed) if end]
        return self.date_effective, min(ends, default=False)

    def _counts_on(self, day):
        """Whether it counts for what is ordered on a day."""
        begin, end = self._days()
        return bool(begin) and begin <= day and (not end or day <= end)


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
        self.days = {line: line._contract_day() for line in self.orders.order_line}
        self.found = defaultdict(list)

    def findings(self):
        """Return lists of ``Finding`` by order id."""
        terms = self._match() if self.orders else {}
        if not terms:
            return {}
        self.prices = self.env["supplier.contract.line"]._agreed_prices(
            list({(term, self.days[line]) for line, term in terms.items()})
        )
        self._check_payment_terms(terms)
        for line, term in terms.items():
            self._check_price(line, term)
        self._check_quantities(terms)
        return dict(self.found)

    def _match(self):
        """Return the contract line by order line, where one is compared."""
        orders = self.orders
        book = ContractBook(
            self.env,
            orders.company_id,
            orders.partner_id.commercial_partner_id,
            orders.order_line.product_id,
        )
        terms = {}
        for line, day in self.days.items():
            if not line.product_id or line.product_qty <= 0:
                continue
            order = line.order_id
            vendor = order.partner_id.commercial_partner_id
            term = book.line_for(order.company_id, vendor, line.product_id, day)
            if term and term.contract_id.check_level != "none":
                terms[line] = term
        return terms

    def _add(self, order, contract, key, lines, reason):
        level = contract.check_level
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
                contract,
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
            self._add(order, term.contract_id, ("unit", term.id), line, reason)
            return
        day = self.days[line]
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
        asked = line._get_untaxed_price()
        digits = price_digits(self.env, limit)
        if float_compare(asked, limit, precision_digits=digits) <= 0:
            return
        names |= {
            "asked": term._money(asked, order.currency_id),
            "agreed": term._money(price, order.currency_id),
            "unit": unit.name,
        }
        if agreed.text != names["agreed"]:
            names["agreed"] = f"{names['agreed']} ({agreed.text})"
        reason = self._price_reason(term, names)
        self._add(order, term.contract_id, ("price", term.id), line, reason)

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
        used = self._used_of(bought)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        for (order, term), quantity in bought.items():
            # A confirmed order is in what was used; of it, only the others count.
            is_in = order.state == "purchase"
            left = term.quantity - used.get(term.id, 0.0) + (quantity if is_in else 0.0)
            if float_compare(quantity, left, precision_digits=digits) > 0:
                self._add(
                    order,
                    term.contract_id,
                    ("quantity", term.id),
                    lines[order, term],
                    self._quantity_reason(term, quantity, max(left, 0.0)),
                )
            if self.together and not is_in:
                used[term.id] = used.get(term.id, 0.0) + quantity

    def _used_of(self, bought):
        """Return what was ordered by contract line; who buys at once takes turns.

        Who looks at a request only, keeps nobody waiting.
        """
        none = self.env["supplier.contract.line"]
        buying = [
            term for order, term in bought if self.together or order.state == "purchase"
        ]
        none.union(*buying)._take_turns()
        return none.union(*(term for _order, term in bought))._used()

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
