"""How suppliers price, bill and answer: plain functions of a `Moment`.

A price is a factor, a discount per cent, an answer the hours that it takes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Bill:
    """What comes some days after the last delivery.

    :param factor: of the ordered prices
    :param step: prices are rounded up to its multiples
    """

    days: int
    factor: float = 1.0
    step: float = 0.0

    def price(self, ordered: float) -> float:
        price = round(ordered * self.factor, 2)
        if self.step:
            price = math.ceil(round(price / self.step, 6)) * self.step
        return round(price, 2)


# ---- prices: factors of the catalogue's ----------------------------------------------


def stable(_moment):
    return 1.0


def usual(moment):
    """Up and down a little."""
    return 1 + moment.rng.uniform(-0.01, 0.015)


def rising(moment):
    """Two per cent every month."""
    return 1 + 0.02 * round(11 * moment.progress)


def falling(moment):
    return 1.08 - 0.15 * moment.progress


def erratic(moment):
    return moment.rng.choice((0.92, 0.97, 1.0, 1.04, 1.09))


def tempting(_moment):
    return 0.85


def dear(_moment):
    return 1.12


# ---- discounts: per cent of the price ------------------------------------------------


def none(_moment):
    return 0


def for_quantity(moment):
    return moment.rng.choice((5, 8, 10))


# ---- bills ---------------------------------------------------------------------------


def as_ordered(moment):
    return Bill(moment.rng.choice((2, 3, 5)))


def rounded_up(_moment):
    """To full five cents, which are many for what costs less than a dollar."""
    return Bill(2, step=0.05)


def often_too_much(moment):
    """On more than half of the bills a few per cent."""
    return Bill(3, factor=moment.rng.choice((1, 1, 1.02, 1.04, 1.06)))


# ---- answers: hours, None is never ---------------------------------------------------


def at_once(moment):
    return moment.rng.choice((1, 2, 3))


def next_day(moment):
    return moment.rng.choice((5, 20, 24, 28))


def two_days(moment):
    """Two days to the minute; now and then it takes a little longer."""
    return 48 if moment.rng.random() < 0.8 else 53


def slow(moment):
    return moment.rng.choice((30, 46, 60, 90))


def slower_and_slower(moment):
    return 10 + round(80 * moment.progress) + moment.rng.choice((0, 4, 9))


def quicker_and_quicker(moment):
    left = max(0, 1 - moment.progress)
    return 6 + round(70 * left) + moment.rng.choice((0, 4, 9))


def never(_moment):
    return None
