# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the scores of the lines to the score of the supplier."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .grade import round_score

#: Beyond this, the sum of weight times score would leave the range of a float.
_HEAVIEST = 1e300


@dataclass(frozen=True, slots=True)
class LineScore:
    """One line of a scorecard as the composite sees it.

    :param weight: any positive number; only the proportions matter
    :param score: 0…100; ``None`` is *no data*
    :param low: lower bound of the score's interval, already through the scale
    :param high: its upper bound
    :param minimum: the gate: a lower score caps the grade; ``None`` is no gate
    :raise ValueError: the weight is not a positive number, the score is outside
        0…100, or the interval is upside down

    >>> LineScore(weight=0, score=50.0)
    Traceback (most recent call last):
    ...
    ValueError: a weight must be a positive number, not 0
    """

    weight: float
    score: float | None
    low: float | None = None
    high: float | None = None
    minimum: float | None = None

    def __post_init__(self):
        if not 0 < self.weight <= _HEAVIEST:
            raise ValueError(f"a weight must be a positive number, not {self.weight}")
        if self.score is not None and not 0 <= self.score <= 100:
            raise ValueError(f"a score must be in 0..100, not {self.score}")
        if self.has_interval and not self.low <= self.high:
            raise ValueError(f"an interval must be in order: {self.low}, {self.high}")

    @property
    def has_interval(self) -> bool:
        """Whether both bounds are known."""
        return self.low is not None and self.high is not None

    @property
    def half_width(self) -> float:
        """Half of the interval in points of score; 0 without an interval."""
        return (self.high - self.low) / 2 if self.has_interval else 0.0

    @property
    def is_below_gate(self) -> bool:
        """Whether the score, as stored and shown, is below the line's minimum."""
        if self.score is None or self.minimum is None:
            return False
        return round_score(self.score) < self.minimum


@dataclass(frozen=True, slots=True)
class Composite:
    """The score of one supplier in one run.

    :param score: 0…100, not rounded; ``None`` when no line has data
    :param low: lower bound of its interval in 0…100, or ``None``
    :param high: its upper bound, or ``None``
    :param coverage: share of the weight that has data, 0…1
    :param gated: a line with data is below its minimum
    :param effective_weights: per line, its share of the weight with data in percent
    :param contributions: per line, the points it brings; they sum up to the score

    >>> Composite(None, None, None, 0.0, False, (), ()).score is None
    True
    """

    score: float | None
    low: float | None
    high: float | None
    coverage: float
    gated: bool
    effective_weights: tuple[float, ...]
    contributions: tuple[float, ...]


def compose(lines: Iterable[LineScore]) -> Composite:
    """Return the weighted composite of the lines that have data.

    Score = Σ(w·s) / Σw and coverage = Σ(w with data) / Σw. The interval is
    score ∓ √Σ(w·h)² / Σw, with h a line's half-width: the errors of the lines are
    taken as independent (JCGM 100:2008, "Guide to the expression of uncertainty in
    measurement", 5.1.2). A line without an interval counts as exact.

    Sums are exact (``math.fsum``): the order of the lines changes no digit.

    :param lines: the lines of the scorecard, with and without data
    :return: the composite; effective weights and contributions in the lines' order
    :raise ValueError: only through :class:`LineScore`, which refuses bad lines

    >>> composite = compose(
    ...     [
    ...         LineScore(weight=40, score=90.0),
    ...         LineScore(weight=30, score=80.0),
    ...         LineScore(weight=20, score=None),
    ...         LineScore(weight=10, score=70.0),
    ...     ]
    ... )
    >>> composite.score, composite.coverage
    (83.75, 0.8)
    >>> composite.effective_weights
    (50.0, 37.5, 0.0, 12.5)
    >>> composite.contributions
    (45.0, 30.0, 0.0, 8.75)
    """
    lines = tuple(lines)
    scored = [line for line in lines if line.score is not None]
    if not scored:
        none = (0.0,) * len(lines)
        return Composite(None, None, None, 0.0, False, none, none)
    weight = math.fsum(line.weight for line in scored)
    score = _weighted_mean(scored, weight)
    half = _combined_half_width(scored, weight)
    shares = [0.0 if line.score is None else line.weight / weight for line in lines]
    return Composite(
        score=score,
        low=max(0.0, score - half),
        high=min(100.0, score + half),
        coverage=weight / math.fsum(line.weight for line in lines),
        gated=any(line.is_below_gate for line in scored),
        effective_weights=tuple(100 * share for share in shares),
        contributions=tuple(
            share * (line.score or 0.0)
            for share, line in zip(shares, lines, strict=True)
        ),
    )


def _weighted_mean(scored: list[LineScore], weight: float) -> float:
    mean = math.fsum(line.weight * line.score for line in scored) / weight
    # A mean lies among its records; rounding must not push it out, nor beyond 100.
    lowest = min(line.score for line in scored)
    highest = max(line.score for line in scored)
    return min(max(mean, lowest), highest)


def _combined_half_width(scored: list[LineScore], weight: float) -> float:
    # The share, not the weight, is squared: tiny weights would vanish.
    return math.sqrt(
        math.fsum((line.weight / weight * line.half_width) ** 2 for line in scored)
    )
