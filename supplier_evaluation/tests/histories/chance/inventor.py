"""A supplier's history, at random; the same seed makes the same one."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from ..catalogue import (
    ADVICE,
    BICYCLE,
    BOLT,
    CLOTH,
    DOZEN,
    METRE,
    NUT,
    PLACES,
    TANDEM,
    TAX,
    TRAILER,
    UNIT,
    YARD,
)
from ..records import (
    Acknowledged,
    Cancelled,
    ConfirmedAgain,
    History,
    Line,
    Money,
    Order,
    PromiseChanged,
)
from .bills import BillTeller
from .goods import GoodsTeller

# In UTC: some of these hours are of another day where the company is.
HOURS = (1, 4, 9, 13, 17, 21)
PRICES = ("0", "1.5", "3", "5", "6", "7.25", "9.5", "10", "12", "24", "60", "120")


@dataclass(frozen=True)
class Can:
    """What Odoo can do where the histories happen.

    :param kits: whether products can be kits
    """

    own: Money
    euro: Money
    kits: bool = True


def invent(seed: int, key: str, can: Can) -> History:
    """Make up what happened with one supplier."""
    rng = random.Random(f"{seed} {key}")
    return Inventor(rng, key, can).tell()


class Inventor:
    def __init__(self, rng, key, can):
        self.rng = rng
        self.can = can
        self.history = History(key, can.own)
        # A supplier sells in one currency.
        self.currency = can.euro if rng.random() < 0.25 else can.own

    def tell(self) -> History:
        for number in range(self.rng.choice((1, 1, 2, 2, 3))):
            self._write_order(f"{self.history.key}-{number + 1}")
        if self.rng.random() < 0.5:
            self._write_earlier_order()
        if self.rng.random() < 0.4:
            self._write_order_of_last_year()
        self._write_what_is_urgent()
        return self.history

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def moment(self, day: date) -> datetime:
        """Some time of a day."""
        return datetime(day.year, day.month, day.day, self.rng.choice(HOURS)) + (
            timedelta(minutes=self.rng.randrange(60), seconds=self.rng.randrange(60))
        )

    def later(self, moment: datetime, least=0, most=4) -> datetime:
        """Some time after an instant."""
        seconds = self.rng.randrange(60, 86400)
        days = self.rng.randint(least, most)
        return moment + timedelta(days=days, seconds=seconds)

    # ------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------

    def _write_order(self, key):
        confirmed = self.moment(date(2026, 2, 18) + timedelta(self.rng.randrange(32)))
        order = self._order(key, confirmed)
        self._write_lines(order)
        self.history.orders.append(order)
        now = self._write_before_goods(order)
        goods = GoodsTeller(self, order)
        goods.tell(now)
        BillTeller(self, order).tell(now)

    def _order(self, key, confirmed):
        before = self.rng.choice((0, 0, 1, 3))
        return Order(
            key,
            self.currency,
            ordered=confirmed - timedelta(days=before),
            confirmed=confirmed,
            place=self.rng.choice((*PLACES, "one_step", "one_step")),
            by_contact=self.chance(0.2),
        )

    def _write_earlier_order(self):
        """Something bought in the year before, and not looked at otherwise."""
        confirmed = self.moment(date(2025, 6, 1) + timedelta(self.rng.randrange(240)))
        order = self._order(f"{self.history.key}-0", confirmed)
        self._write_lines(order)
        self.history.orders.append(order)

    def _write_order_of_last_year(self):
        """Something bought in about the same days of the year before."""
        confirmed = self.moment(date(2025, 2, 24) + timedelta(self.rng.randrange(50)))
        order = self._order(f"{self.history.key}-9", confirmed)
        self._write_lines(order)
        self.history.orders.append(order)

    def _write_what_is_urgent(self):
        """Orders that are marked, and how long the supplier says that it takes."""
        for order in self.history.orders:
            order.is_urgent = self.chance(0.2)
            for line in order.lines:
                if self.chance(0.3):
                    days = self.rng.choice((3, 7, 10, 15))
                    self.history.usual_days[line.product] = days

    def _write_lines(self, order):
        kind = self.rng.random()
        if kind < 0.12 and self.can.kits:
            order.lines.append(self._line(order, 1, BICYCLE, UNIT))
        elif kind < 0.20 and self.can.kits:
            kit = self.rng.choice((TANDEM, TANDEM, TRAILER))
            order.lines.append(self._line(order, 1, kit, UNIT))
        elif kind < 0.30:
            order.keeps_unit = self.chance(0.5)
            order.lines.append(self._line(order, 1, CLOTH, YARD))
        elif kind < 0.45:
            # Two lines of one product: their goods may be typed on one.
            for number in (1, 2):
                order.lines.append(self._line(order, number, BOLT, UNIT))
        else:
            self._write_plain_lines(order)

    def _write_plain_lines(self, order):
        choices = ((BOLT, UNIT), (NUT, UNIT), (CLOTH, METRE), (NUT, DOZEN))
        chosen = self.rng.sample(choices, self.rng.choice((1, 1, 2)))
        if {product for product, _unit in chosen} == {NUT}:
            chosen = chosen[:1]
        for number, (product, unit) in enumerate(chosen, 1):
            order.lines.append(self._line(order, number, product, unit))
        if self.chance(0.1):
            order.lines.append(self._line(order, 8, ADVICE, UNIT))
        if self.chance(0.15):
            added = self.later(order.confirmed, 0, 2)
            line = self._line(order, 9, self.rng.choice((BOLT, NUT)), UNIT, added)
            if line.product not in {other.product for other in order.lines}:
                order.lines.append(line)

    def _line(self, order, number, product, unit, added=None):
        start = added or order.confirmed
        promised = self.moment(start.date() + timedelta(days=self.rng.randrange(2, 18)))
        quantity = self.rng.choice((1, 2, 3, 4, 7, 10, 12, 30))
        tax = TAX if self.chance(0.12) and order.place == "one_step" else 0
        return Line(
            f"{order.key}/{number}",
            product,
            Fraction(quantity),
            unit,
            Fraction(self.rng.choice(PRICES)),
            promised,
            discount=Fraction(self.rng.choice((0, 0, 0, 10, 50, 100))),
            tax=Fraction(tax),
            added=added,
        )

    # ------------------------------------------------------------
    # Before the goods come
    # ------------------------------------------------------------

    def _write_before_goods(self, order) -> datetime:
        """What happens to a confirmed order at first; when that is over."""
        now = max(line.added or order.confirmed for line in order.lines)
        if self.chance(0.4):
            now = self.later(now, 0, 0)
            self._add(Acknowledged(order, at=now))
        if self.chance(0.12):
            now = self.later(now, 0, 1)
            self._add(Cancelled(order, at=now))
            now = self.later(now, 0, 1)
            self._add(ConfirmedAgain(order, at=now))
        for line in order.lines:
            if self.chance(0.2):
                now = self.later(now, 0, 1)
                days = timedelta(days=self.rng.choice((-2, 1, 3, 6)))
                reason = self.rng.choice(("buyer", "supplier"))
                moved = line.promised + days
                self._add(PromiseChanged(line, moved, reason, at=now))
        return now

    def _add(self, deed):
        self.history.deeds.append(deed)
