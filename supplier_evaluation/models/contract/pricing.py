from collections import defaultdict
from math import floor, log10
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...tools.numbers import exact
from ...tools.optional_numbers import OptionalFloat
from ...tools.periods import month_label


class Agreed(NamedTuple):
    """What a unit costs by a contract: in its currency, and how that comes about."""

    price: float
    text: str


class SupplierContractLine(models.Model):
    """What a line costs on a day: fixed, or by the change of a price index.

    By an index, it is the price × (1 + share × change of the index), where the change
    is that from the index at the beginning to the last one until the month of the day.
    """

    _inherit = "supplier.contract.line"

    price_today = OptionalFloat(
        string="Price Today",
        min_display_digits="Product Price",
        compute="_compute_price_today",
    )
    price_text = fields.Char(string="Price in Words", compute="_compute_price_today")

    @api.depends(
        "price_kind", "price", "index_id", "index_base", "index_share", "currency_id"
    )
    @api.depends_context("lang")
    def _compute_price_today(self):
        now = fields.Datetime.now()
        days = {
            line: (line.company_id or self.env.company)._supplier_day(now)
            for line in self
        }
        prices = self._agreed_prices([(line, days[line]) for line in self])
        for line in self:
            agreed = prices.get((line, days[line]))
            line.price_today = agreed.price if agreed else False
            line.price_text = agreed.text if agreed else False

    @api.model
    def _agreed_prices(self, asked):
        """Return what lines cost on days.

        :param list asked: pairs of a line and a day
        :return: ``{(line, day): Agreed}``, without those of which no price is agreed;
            one statement for all of them
        """
        asked = [pair for pair in asked if pair[0].price]
        known = self._known_indices([pair for pair in asked if pair[0].index_id])
        prices = {}
        for line, day in asked:
            if line.price_kind == "fixed":
                prices[line, day] = Agreed(line.price, line._money(line.price))
            elif line.price_kind == "index" and line.index_id and line.index_base:
                prices[line, day] = line._by_index(day, known)
        return prices

    def _known_indices(self, asked):
        """Return the indices of the same series, the newest first, by series."""
        indices = self.env["supplier.price.index"].sudo()
        found = defaultdict(list)
        if not asked:
            return found
        bases = indices.union(*(line.sudo().index_id for line, _day in asked))
        domain = [
            ("company_id", "in", bases.company_id.ids),
            ("source", "in", list(set(bases.mapped("source")))),
            ("month", ">=", min(bases.mapped("month"))),
            ("month", "<=", max(day for _line, day in asked)),
            "|",
            ("product_id", "in", bases.product_id.ids),
            ("categ_id", "in", bases.categ_id.ids),
        ]
        for index in indices.search(domain, order="month desc"):
            found[_series(index)].append(index)
        return found

    def _by_index(self, day, known):
        """Return the price by the index of a day."""
        self.ensure_one()
        base = self.sudo().index_id
        later = (one for one in known[_series(base)] if one.month <= day)
        last = next(later, None)
        # Up to the month that it begins with, nothing has changed.
        now = last.value if last and last != base else self.index_base
        change = now / self.index_base - 1
        price = self.price * (1 + self.index_share / 100 * change)
        month = (last or base).month
        text = self.env._(
            "%(base)s × (1 + %(share)s %% × (%(now)s / %(begin)s − 1)) = %(price)s, "
            "index of %(month)s",
            base=self._money(self.price),
            share=self._number(self.index_share),
            now=self._number(now),
            begin=self._number(self.index_base),
            price=self._money(price),
            month=month_label(self.env, month),
        )
        return Agreed(price, text)

    def _money(self, amount, currency=None):
        """Return a price in words, in a currency or that of the contract."""
        currency = currency or self.currency_id
        digits = shown_digits(self.env, amount)
        if currency:
            digits = max(digits, currency.decimal_places)
            return f"{formatLang(self.env, amount, digits=digits)} {currency.name}"
        return formatLang(self.env, amount, digits=digits)

    def _number(self, value):
        return exact(self.env, value)


def price_digits(env, amount):
    """Return by how many digits prices differ: as usual, or by three that count.

    What is paid for one of many small things can be far below a cent: 12.5 has two
    digits, 0.0149 has four.
    """
    usual = env["decimal.precision"].precision_get("Product Price")
    if not amount:
        return usual
    return max(usual, 2 - floor(log10(abs(amount))))


def shown_digits(env, amount):
    """Return how many digits of a price are shown: no more than tell something."""
    usual = env["decimal.precision"].precision_get("Product Price")
    exact = price_digits(env, amount)
    wanted = round(amount, exact)
    return next(
        (digits for digits in range(usual, exact) if round(amount, digits) == wanted),
        exact,
    )


def _series(index):
    return index.company_id, index.source, index.product_id, index.categ_id
