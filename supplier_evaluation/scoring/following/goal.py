# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a figure should be by now on its way to a goal, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

REACHED, ON_TRACK, BEHIND, MISSED, NO_DATA = (
    "reached",
    "on_track",
    "behind",
    "missed",
    "no_data",
)
#: What is stored has so many digits; a difference behind them is binary noise.
DIGITS = 4


class Actual(NamedTuple):
    """What was measured in one period; ``value`` is ``None`` where nothing was."""

    date_from: date
    date_to: date
    value: float | None


@dataclass(frozen=True, slots=True)
class Path:
    """The straight line from a baseline to a target.

    :param baseline: the figure at the beginning, in the unit of the figure
    :param since: the day of the baseline
    :param target: the figure at the end
    :param until: the day by which it is to be reached, after ``since``
    :param higher_is_better: in which direction the figure gets better

    >>> path = Path(80.0, date(2026, 1, 1), 100.0, date(2026, 12, 31))
    >>> path.expected(date(2026, 7, 2)), path.meets(99.0)
    (90.0, False)
    """

    baseline: float
    since: date
    target: float
    until: date
    higher_is_better: bool = True

    def expected(self, day: date) -> float:
        """Return where the figure should be on a day; before and after, at the ends.

        >>> path = Path(6.0, date(2026, 1, 1), 2.0, date(2026, 1, 5), False)
        >>> [path.expected(date(2026, 1, day)) for day in (1, 2, 5, 9)]
        [6.0, 5.0, 2.0, 2.0]
        """
        way = (day - self.since).days / (self.until - self.since).days
        way = min(max(way, 0.0), 1.0)
        return round(self.baseline + (self.target - self.baseline) * way, DIGITS)

    def meets(self, value: float) -> bool:
        """Whether a figure is as good as the target, or better.

        >>> Path(6.0, date(2026, 1, 1), 2.0, date(2026, 2, 1), False).meets(1.9)
        True
        """
        return self.is_as_good(value, self.target)

    def is_as_good(self, value: float, other: float) -> bool:
        """Whether a figure is at least as good as another one.

        >>> Path(6.0, date(2026, 1, 1), 2.0, date(2026, 2, 1), False).is_as_good(3, 2)
        False
        """
        better = round(value - other, DIGITS)
        return better >= 0 if self.higher_is_better else better <= 0

    def is_on_track(self, actual: Actual) -> bool:
        """Whether a period is where the path is on its last day, or better.

        >>> path = Path(80.0, date(2026, 1, 1), 100.0, date(2026, 12, 31))
        >>> path.is_on_track(Actual(date(2026, 6, 1), date(2026, 7, 2), 89.0))
        False
        """
        return self.is_as_good(actual.value, self.expected(actual.date_to))

    def considered(self, actuals: Iterable[Actual]) -> list[Actual]:
        """Return the periods up to the one in which the goal ends, in their order.

        :param actuals: the oldest first

        >>> path = Path(80.0, date(2026, 1, 1), 90.0, date(2026, 2, 15))
        >>> months = [
        ...     Actual(date(2026, month, 1), date(2026, month, 28), 1.0)
        ...     for month in (1, 2, 3)
        ... ]
        >>> len(path.considered(months))
        2
        """
        chosen: list[Actual] = []
        for actual in actuals:
            if chosen and chosen[-1].date_to >= self.until:
                break
            if actual.date_from > self.until:
                break
            chosen.append(actual)
        return chosen

    def status(self, actuals: list[Actual], is_over: bool) -> str:
        """Return how it stands with the goal by its newest figure.

        :param actuals: of the periods that count, the oldest first
        :param is_over: nothing more is to come that could change it
        :return: ``reached`` while the target is met; else ``missed`` when it is over,
            ``on_track`` or ``behind`` before; ``no_data`` where nothing was measured

        >>> path = Path(80.0, date(2026, 1, 1), 100.0, date(2026, 12, 31))
        >>> july = Actual(date(2026, 6, 1), date(2026, 7, 2), 91.0)
        >>> path.status([july], False), path.status([july], True)
        ('on_track', 'missed')
        >>> path.status([], True)
        'no_data'
        """
        known = [actual for actual in actuals if actual.value is not None]
        if not known:
            return NO_DATA
        newest = known[-1]
        if self.meets(newest.value):
            return REACHED
        if is_over:
            return MISSED
        return ON_TRACK if self.is_on_track(newest) else BEHIND
