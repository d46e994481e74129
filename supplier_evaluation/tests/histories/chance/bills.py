"""Bills of an order, their credit notes and their payments."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from ..catalogue import TERMS
from ..records import Billed, BillItem, Cancelled, Paid, Refunded


class BillTeller:
    def __init__(self, inventor, order):
        self.inventor = inventor
        self.rng = inventor.rng
        self.order = order
        self.lines = [line for line in order.lines if not line.tax]

    def tell(self, start: datetime) -> None:
        """Write what is billed after an instant, unless the order is cancelled."""
        if not self.lines or self._is_cancelled(start) or not self.inventor.chance(0.3):
            return
        now = self.inventor.later(start, 0, 14)
        for number in range(self.rng.choice((1, 1, 2))):
            now = self._write_bill(f"{self.order.key}b{number + 1}", now)

    def _is_cancelled(self, start):
        return any(
            isinstance(deed, Cancelled) and deed.order is self.order and deed.at > start
            for deed in self.inventor.history.deeds
        )

    def _add(self, deed):
        self.inventor.history.deeds.append(deed)

    def _write_bill(self, key, now):
        items = tuple(
            BillItem(
                line,
                self.rng.choice((line.quantity, Fraction(1))),
                self._price(line),
                line.discount,
            )
            for line in self.lines
            if self.inventor.chance(0.8)
        )
        if not items:
            return now
        day = now.date() - timedelta(days=self.rng.choice((0, 0, 1, 9)))
        bill = Billed(
            key,
            self.order,
            items,
            day,
            self._currency(),
            self.rng.choice(TERMS),
            at=now,
        )
        self._add(bill)
        return self._settle(bill, now)

    def _price(self, line):
        return line.price + self.rng.choice((0, 0, 1, Fraction(1, 2)))

    def _currency(self):
        if self.inventor.chance(0.1):
            return self.inventor.can.euro
        return self.order.currency

    def _settle(self, bill, now):
        way = self.rng.random()
        if not any(item.price and item.discount < 100 for item in bill.items):
            return now
        if way < 0.1:
            now = self.inventor.later(now, 0, 5)
            self._add(Refunded(bill, now.date(), Fraction(1), at=now))
        elif way < 0.5:
            now = self.inventor.later(now, 0, 12)
            self._add(Paid(bill, now.date(), Fraction(1), at=now))
        elif way < 0.7:
            share = Fraction(1, 2)
            first = self.rng.choice((Paid, Paid, Refunded))
            for kind in (first, Paid) if self.inventor.chance(0.7) else (first,):
                now = self.inventor.later(now, 0, 8)
                self._add(kind(bill, now.date(), share, at=now))
        return now
