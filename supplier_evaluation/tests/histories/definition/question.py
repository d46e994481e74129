"""What is asked of a history: a period, a cut-off and the rules of a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
# A cut-off in the last minute of a day means the whole day.
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Question:
    """
    :param late, early: tolerances in days; ``early`` None: early is on time
    :param under, over: tolerances in percent
    """

    tz: str
    first: date
    last: date
    cutoff: datetime
    weighting: str = "value"
    late: int = 0
    early: int | None = None
    under: Fraction = Fraction()
    over: Fraction = Fraction(10)

    def __str__(self):
        early = "" if self.early is None else f", {self.early} days early at most"
        return (
            f"{self.first} to {self.last} in {self.tz}, as known at "
            f"{self.cutoff:%Y-%m-%d %H:%M} UTC, by {self.weighting}; tolerance "
            f"{self.late} days, -{float(self.under):g} % +{float(self.over):g} %{early}"
        )

    def day(self, instant: datetime) -> date:
        """The day of the company to which an instant belongs."""
        there = instant.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(self.tz))
        return there.date()

    @property
    def today(self) -> date:
        return self.day(self.cutoff)

    @property
    def last_known_day(self) -> date:
        """The last day of which something had passed at the cut-off."""
        return self.day(self.cutoff - timedelta(seconds=1))

    @property
    def year(self) -> tuple[date, date]:
        """First and last of the twelve months that end with the period."""
        last = min(self.last, self.last_known_day)
        after = last + DAY
        return after.replace(year=after.year - 1), last

    def asks_for(self, day: date) -> bool:
        return self.first <= day <= self.last

    def is_due(self, promised: date) -> bool:
        """Whether the promised day, and the tolerance after it, are over."""
        over = self.day(self.cutoff + MINUTE) - DAY
        return promised + self.late * DAY <= over


@dataclass
class Figure:
    """A KPI of a supplier; no value is no data.

    :param n: counted records; ``None``: the definition does not say
    :param n_eff: how many equally weighted records carry as much; as ``n``
    """

    value: float | None
    n: int | None = None
    n_eff: float | None = None


def ratio(above, below, n, factor=100) -> Figure:
    """``above ÷ below``; nothing counted, or nothing to divide by, is no data."""
    if not n or not below:
        return Figure(None, n)
    return Figure(float(factor * above / below), n)


def mean(values, factor=1) -> Figure:
    """The mean of values that count the same."""
    values = list(values)
    return ratio(sum(values), len(values), len(values), factor)


def weighted(pairs, factor=100) -> Figure:
    """The mean of ``(weight, value)``; if nothing weighs, all weigh the same."""
    pairs = list(pairs)
    if not sum(weight for weight, _value in pairs):
        pairs = [(1, value) for _weight, value in pairs]
    above = sum(weight * value for weight, value in pairs)
    below = sum(weight for weight, _value in pairs)
    found = ratio(above, below, len(pairs), factor)
    squares = sum(weight**2 for weight, _value in pairs)
    found.n_eff = float(below**2 / squares) if squares else 0.0
    return found


def variation(values) -> float | None:
    """Sample standard deviation ÷ mean; two values are needed."""
    values = list(values)
    if len(values) < 2 or not sum(values):
        return None
    centre = Fraction(sum(values)) / len(values)
    square = sum((value - centre) ** 2 for value in values) / (len(values) - 1)
    return float(square) ** 0.5 / float(centre)
