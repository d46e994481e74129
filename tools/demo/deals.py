"""A supplier's year: which orders are due when, and what becomes of each.

What is bought and delivered, and what is said, billed and complained about, are two
streams of random numbers: a change of one leaves the other as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from . import behaviour
from .behaviour import Moment, Plan
from .catalogue import PRODUCTS
from .suppliers import Supplier
from .terms import Bill
from .trouble import Trouble

# How often a month has an order more, which is cancelled before it is due.
CANCELLED = 0.12
# How often we write to the supplier; on the first order of a month we always do.
ASKED = 0.5


@dataclass(frozen=True)
class Deal:
    """One order.

    :param lines: product code, whether in its other unit, quantity, price factor
    :param discount: per cent
    :param asked: whether we write to the supplier
    :param answer: hours until it answers; None is never
    """

    supplier: Supplier
    company: str
    ordered: date
    promised: date
    lines: tuple[tuple[str, bool, int, float], ...]
    plan: Plan
    discount: float = 0
    bill: Bill | None = None
    asked: bool = False
    answer: float | None = None
    incident: Trouble | None = None


class Year:
    """Makes the deals of all suppliers.

    :param months: first days of the months in which orders are due
    :param evaluated: how many of these months are closed
    """

    def __init__(self, months: list[date], evaluated: int, rng: Random):
        self.months = months
        self.evaluated = evaluated
        self.rng = rng
        self.business = Random(rng.random())

    def deals(self, supplier: Supplier) -> Iterator[Deal]:
        for company, orders in supplier.orders:
            for index, month in enumerate(self.months):
                progress = min(1, index / (self.evaluated - 1))
                for position in range(orders):
                    moment = Moment(progress, position, orders, self.rng)
                    due = self._due(month, position, orders)
                    plan = supplier.deliver(moment)
                    deal = self._deal(supplier, company, due, plan)
                    # Prices go on where deliveries have become as they are.
                    going_on = index / (self.evaluated - 1)
                    yield self._business(deal, replace(moment, progress=going_on))
                yield from self._extras(supplier, company, index, month)

    def _extras(self, supplier, company, index, month):
        """Orders that do not count: cancelled ones, and a strike for everybody."""
        if self.rng.random() < CANCELLED:
            due = self._due(month, 0, 1)
            yield self._deal(supplier, company, due, behaviour.CANCELLED)
        is_strike = index == self.evaluated - 3 and supplier.currency
        if is_strike:
            due = self._due(month, 0, 3)
            yield self._deal(supplier, company, due, behaviour.on_strike(None))

    def _business(self, deal, moment):
        """Add what belongs to an order besides its goods."""
        moment = replace(moment, rng=self.business)
        supplier = deal.supplier
        price = supplier.price(moment)
        return replace(
            deal,
            lines=tuple((*line[:3], round(price, 4)) for line in deal.lines),
            discount=supplier.discount(moment),
            bill=supplier.bill(moment),
            asked=moment.position == 0 or self.business.random() < ASKED,
            answer=supplier.answer(moment),
            incident=supplier.incident(moment),
        )

    def _due(self, month: date, position: int, orders: int) -> date:
        """A working day of the month; the orders spread over it."""
        day = int((position + self.rng.random()) * 27 / orders)
        due = month + timedelta(days=day)
        if due.weekday() > 4:
            due += timedelta(days=2 if day < 2 else 4 - due.weekday())
        return due

    def _deal(self, supplier, company, due, plan):
        ordered = due - timedelta(days=supplier.lead_days + self.rng.randrange(4))
        if ordered.weekday() > 4:
            ordered -= timedelta(days=ordered.weekday() - 4)
        number = self.rng.randint(*supplier.lines)
        codes = self.rng.sample(supplier.products, min(number, len(supplier.products)))
        codes.sort(key=supplier.products.index)
        lines = tuple(self._line(code) for code in codes)
        return Deal(supplier, company, ordered, due, lines, plan)

    def _line(self, code):
        product = PRODUCTS[code]
        in_other_unit = bool(product.buy_uom) and self.rng.random() < 0.6
        factor = self.rng.choice((0.5, 0.75, 1, 1, 1.25, 1.5))
        quantity = max(1, round(product.quantity * factor))
        return code, in_other_unit, quantity, 1.0
