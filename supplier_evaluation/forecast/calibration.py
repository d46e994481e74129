# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether forecasts come true, on deliveries of which it is known how they went.

It goes forward in time. Each delivery is forecast on the day it was ordered, or where
that is not known, ``AHEAD`` days before it was promised, from deliveries that were
received on earlier days and from nothing else. What it was compared with knew the same.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .history import Book, Tally
from .lateness import HALF_LIFE, Key, Learned, recency

#: How many days before the promise it is forecast, if nobody knows when it was ordered.
AHEAD = 60
#: How alike suppliers are is estimated anew after so many days.
REFIT_DAYS = 30
#: Of a rate of 0 or 1 the logarithm knows no bounds.
EDGE = 0.001
#: Where the lines of a table of reliability begin: forecasts are small, mostly.
BANDS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6)


@dataclass(frozen=True, slots=True)
class Promise:
    """A delivery that is over.

    :param key: of whom and what
    :param promised: the day it was promised for
    :param received: the day it came
    :param ordered: the day it was ordered; ``None``: not known
    """

    key: Key
    promised: date
    received: date
    ordered: date | None = None

    @property
    def days_late(self) -> int:
        """Days after the promise; 0 is on time."""
        return max(0, (self.received - self.promised).days)

    @property
    def asked(self) -> date:
        """The day on which it is forecast.

        Who orders after the promised day cannot be promised anything.
        """
        if self.ordered and self.ordered <= self.promised:
            return self.ordered
        return self.promised - timedelta(days=AHEAD)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was forecast of a delivery, and what came of it.

    :param asked: the day of the forecast
    :param is_late: what came of it
    :param ours: the forecast
    :param own_rate: how often the supplier had been late; where nothing of it had been
        received, how often all had been
    :param overall_rate: how often all suppliers had been late
    :param days: days late that were expected; ``None``: nothing was ever late
    :param days_late: days late it was
    """

    asked: date
    is_late: bool
    ours: float
    own_rate: float
    overall_rate: float
    days: float | None = None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """How good forecasts were.

    :param count: how many
    :param brier: mean squared difference (G. W. Brier, 1950, Monthly Weather Review 78
        (1), 1-3); less is better
    :param log_loss: mean of minus the logarithm of what was given to what came, a
        forecast below ``EDGE`` taken as it, for 0 has no logarithm; less is better
    """

    count: int
    brier: float
    log_loss: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """A line of a table of reliability: what was forecast, and how often it came.

    :param low: forecasts from here on
    :param high: up to here, not included
    :param count: how many
    :param expected: the mean of them
    :param observed: the share that came late
    """

    low: float
    high: float
    count: int
    expected: float
    observed: float


def forecasts(
    promises: Iterable[Promise],
    half_life: float | None = HALF_LIFE,
    tolerance: int = 0,
) -> list[Forecast]:
    """Forecast each delivery from what was received before, in the order of time.

    What is forecast before anything was received is left out: there is no rate to
    compare it with.

    :param half_life: days after which a delivery weighs half; ``None``: never
    :param tolerance: days after the promise that are not late yet

    >>> ajax = Key("Ajax", "bolt", "metal")
    >>> first = Promise(ajax, date(2026, 1, 9), date(2026, 1, 10), date(2026, 1, 1))
    >>> second = Promise(ajax, date(2026, 2, 9), date(2026, 2, 9), date(2026, 1, 10))
    >>> third = Promise(ajax, date(2026, 2, 9), date(2026, 2, 9), date(2026, 1, 11))
    >>> [(one.asked.day, one.own_rate) for one in forecasts([third, first, second])]
    [(11, 1.0)]
    """
    promises = sorted(promises, key=_order)
    received = sorted(promises, key=lambda promise: (promise.received, _order(promise)))
    days = [promise.received for promise in received]
    epoch = promises[0].promised if promises else date.min
    walk = _Walk(half_life, epoch, tolerance)
    known, result = 0, []
    for promise in promises:
        until = bisect_right(days, promise.asked - timedelta(days=1))
        for one in received[known:until]:
            walk.receive(one)
        known = max(known, until)
        if known:
            result.append(walk.forecast(promise))
    return result


def _order(promise):
    return (
        promise.asked,
        promise.promised,
        promise.received,
        tuple(map(str, promise.key)),
    )


class _Walk:
    """What is known, day by day."""

    def __init__(self, half_life, epoch, tolerance):
        self.half_life = half_life
        self.epoch = epoch
        self.tolerance = tolerance
        self.book = Book()
        self.plain = Book()
        self.learned = None
        self.refit_on = date.min

    def receive(self, promise):
        age = (self.epoch - promise.promised).days
        for book, weight in (
            (self.book, recency(age, self.half_life)),
            (self.plain, 1.0),
        ):
            tally = Tally()
            tally.add(promise.days_late, weight, self.tolerance)
            book.add(promise.key, tally)

    def forecast(self, promise):
        self.book.factor = recency((promise.asked - self.epoch).days, self.half_life)
        self.learned = self.learned or Learned(self.book)
        if promise.asked >= self.refit_on:
            self.learned.refit()
            self.refit_on = promise.asked + timedelta(days=REFIT_DAYS)
        own = self.plain.suppliers.get(promise.key.supplier, self.plain.all)
        ours = self.learned.forecast(promise.key, with_interval=False)
        return Forecast(
            promise.asked,
            promise.days_late > self.tolerance,
            ours.probability,
            own.rate,
            self.plain.all.rate,
            ours.expected_days,
            promise.days_late,
        )


def score(pairs: Sequence[tuple[float, bool]]) -> Score:
    """Return how good forecasts were.

    :param pairs: what was forecast, and whether it came; at least one

    >>> score([(0.0, False), (0.5, True)])
    Score(count=2, brier=0.125, log_loss=0.3470738404467644)
    """
    count = len(pairs)
    brier = sum((p - came) ** 2 for p, came in pairs) / count
    log_loss = -sum(map(_log, pairs)) / count
    return Score(count, brier, log_loss)


def _log(pair):
    p, came = pair
    given = p if came else 1 - p
    return math.log(min(1 - EDGE, max(EDGE, given)))


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[Reliability]:
    """Return how often it came, by what was forecast; empty lines are left out.

    >>> [(line.low, line.count, line.observed) for line in reliability(
    ...     [(0.03, False), (0.04, True), (0.7, True)])]
    [(0.02, 2, 0.5), (0.6, 1, 1.0)]
    """
    lines = []
    for low, high in zip(BANDS, (*BANDS[1:], 1.0), strict=True):
        own = [(p, came) for p, came in pairs if low <= p < high or p == high == 1.0]
        if own:
            expected = sum(p for p, _came in own) / len(own)
            observed = sum(came for _p, came in own) / len(own)
            lines.append(Reliability(low, high, len(own), expected, observed))
    return lines


def report(found: Sequence[Forecast]) -> dict:
    """Return what a table shows of forecasts.

    :param found: at least one
    :return: ``{"scores": {name: Score}, "reliability": lines of ours, "late": how many
        were late, "days_expected": mean, "days_late": mean}``
    """
    by_name = {
        name: [(getattr(one, name), one.is_late) for one in found]
        for name in ("ours", "own_rate", "overall_rate")
    }
    with_days = [one for one in found if one.days is not None]
    return {
        "scores": {name: score(pairs) for name, pairs in by_name.items()},
        "reliability": reliability(by_name["ours"]),
        "late": sum(one.is_late for one in found),
        "days_expected": _mean([one.days for one in with_days]),
        "days_late": _mean([one.days_late for one in with_days]),
    }


def _mean(values):
    return sum(values) / len(values) if values else None
