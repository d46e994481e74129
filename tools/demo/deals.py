"""A supplier's year: which orders are due when, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from . import behaviour
from .behaviour import Moment, Plan
from .catalogue import PRODUCTS
from .suppliers import Supplier

# How often a month has an order more, which is cancelled before it is due.
CANCELLED = 0.12


@dataclass(frozen=True)
class Deal:
    """One order.

    :param lines: product code, whether in its other unit, quantity, price factor
    """

    supplier: Supplier
    company: str
    ordered: date
    promised: date
    lines: tuple[tuple[str, bool, int, float], ...]
    plan: Plan


class Year:
    """Makes the deals of all suppliers.

    :param months: first days of the months in which orders are due
    :param evaluated: how many of these months are closed
    """

    def __init__(self, months: list[date], evaluated: int, rng: Random):
        self.months = months
        self.evaluated = evaluated
        self.rng = rng

    def deals(self, supplier: Supplier) -> Iterator[Deal]:
        for company, orders in supplier.orders:
            for index, month in enumerate(self.months):
                progress = min(1, index / (self.evaluated - 1))
                for position in range(orders):
                    moment = Moment(progress, position, orders, self.rng)
                    due = self._due(month, position, orders)
                    yield self._deal(supplier, company, due, supplier.deliver(moment))
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
        price = 1 + self.rng.uniform(-0.03, 0.05)
        return code, in_other_unit, quantity, price
