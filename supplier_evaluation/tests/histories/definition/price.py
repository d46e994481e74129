"""Prices: order lines confirmed in the period, and what they are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from statistics import median

from ..records import History, Line, Order, QuantityChanged
from .amounts import gross_price, in_company, net_price
from .flow import begun, cancelled
from .question import DAY, Figure, Question, ratio, variation


@dataclass
class Bought:
    """A line that was agreed, as it stood at the cut-off, per unit of its product."""

    order: Order
    line: Line
    at: datetime
    day: date
    quantity: Fraction
    price: Fraction

    @property
    def value(self) -> Fraction:
        """In the company's currency."""
        return in_company(self.order, self.price * self.quantity)


def bought(history: History, question: Question) -> list[Bought]:
    """What was agreed by the cut-off and still stood, in order of time."""
    found = []
    for order in history.orders:
        if cancelled(history, order, question.cutoff):
            continue
        for line in order.lines:
            at = begun(order, line)
            quantity = _quantity(history, line, question.cutoff) * line.unit.factor
            if at <= question.cutoff and quantity:
                price = net_price(order, line) / line.unit.factor
                day = question.day(at)
                found.append(Bought(order, line, at, day, quantity, price))
    return sorted(found, key=lambda row: (row.at, row.line.key))


def figures(
    history: History, question: Question, market: Iterable[History]
) -> dict[str, Figure]:
    """The KPIs of prices.

    :param market: the histories of all suppliers, this one's included
    """
    rows = bought(history, question)
    asked = [row for row in rows if question.asks_for(row.day)]
    return {
        "price_variance": _change(rows, asked, question),
        "price_competitiveness": _against_market(asked, market, question),
        "price_volatility": _volatility(rows, asked, question),
        "purchase_growth": _growth(rows, asked, question),
        "quotation_volatility": _quoted(history, rows, question),
        "discount_rate": _discount(asked),
    }


def _quantity(history, line, until) -> Fraction:
    """As it stood at an instant."""
    changes = [
        change.quantity
        for change in history.of(QuantityChanged, until)
        if change.line is line
    ]
    return changes[-1] if changes else line.quantity


def _change(rows, asked, question) -> Figure:
    """Against the last price before the period, in the same currency."""
    above = below = Fraction()
    n = 0
    for row in asked:
        before = [
            other.price
            for other in rows
            if other.day < question.first
            and other.price
            and other.line.product == row.line.product
            and other.order.currency == row.order.currency
        ]
        if before:
            n += 1
            difference = (row.price - before[-1]) * row.quantity
            above += in_company(row.order, difference)
            below += in_company(row.order, before[-1] * row.quantity)
    return ratio(above, below, n)


def _quoted(history, rows, question) -> Figure:
    """As of prices, with what was only asked for by then; what is free was not."""
    quoted = [row for row in [*rows, *_requests(history, question)] if row.price]
    asked = [row for row in quoted if question.asks_for(row.day)]
    return _volatility(quoted, asked, question)


def _requests(history: History, question: Question) -> list[Bought]:
    """What was confirmed later: what a request said before, nobody wrote down."""
    found = []
    for order in history.orders:
        if not order.ordered <= question.cutoff < order.confirmed:
            continue
        for line in order.lines:
            price = net_price(order, line) / line.unit.factor
            quantity = _quantity(history, line, datetime.max) * line.unit.factor
            day = question.day(order.ordered)
            found.append(Bought(order, line, order.ordered, day, quantity, price))
    return found


def _growth(rows, asked, question) -> Figure:
    """Against the same days of the year before, up to the cut-off."""
    first, after = question.first, question.year[1] + DAY
    start = first.replace(year=first.year - 1)
    end = after.replace(year=after.year - 1) - DAY
    before = [row for row in rows if start <= row.day <= end]
    base = sum(row.value for row in before)
    n = len(asked) + len(before) if base else 0
    return ratio(sum(row.value for row in asked) - base, base, n)


def _discount(asked) -> Figure:
    gross = net = Fraction()
    for row in asked:
        price = gross_price(row.order, row.line) / row.line.unit.factor
        gross += in_company(row.order, price * row.quantity)
        net += row.value
    return ratio(gross - net, gross, len(asked))


def _in_year(rows, question):
    first, last = question.year
    return [row for row in rows if first <= row.day <= last]


def _mean_prices(rows) -> dict:
    """The quantity-weighted price by product, in the company's currency."""
    sums = defaultdict(lambda: [Fraction(), Fraction()])
    for row in rows:
        sums[row.line.product][0] += row.value
        sums[row.line.product][1] += row.quantity
    return {product: spent / number for product, (spent, number) in sums.items()}


def _against_market(asked, market, question) -> Figure:
    prices = defaultdict(list)
    for history in market:
        year = _in_year(bought(history, question), question)
        for product, price in _mean_prices(year).items():
            if price:
                prices[product].append(price)
    own = _mean_prices(asked)
    above = below = Fraction()
    n = 0
    for row in asked:
        product = row.line.product
        if len(prices[product]) >= 2:
            n += 1
            below += row.value
            above += row.value * (own[product] / median(prices[product]) - 1)
    return ratio(above, below, n)


def _volatility(rows, asked, question) -> Figure:
    """Free deliveries are no prices."""
    prices = defaultdict(list)
    for row in _in_year(rows, question):
        if row.price:
            prices[row.line.product].append(row.price)
    above = below = Fraction()
    n = 0
    for row in asked:
        spread = variation(prices[row.line.product])
        if spread is not None:
            n += 1
            below += row.value
            above += row.value * Fraction(spread)
    return ratio(above, below, n)
