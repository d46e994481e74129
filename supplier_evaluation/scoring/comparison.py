# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a score is seen beside: the others, and what it lacks."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .composite import LineScore, compose
from .grade import round_score

Key = TypeVar("Key", bound=Hashable)


class Others:
    """Numbers of many, from which each learns the median of what the others have.

    Only the middle of them is kept: whoever leaves, the median is one of these.

    :param numbers: those of all, in any order

    >>> others = Others([0.0, 100.0, 80.0])
    >>> others.median(0.0), others.median(80.0), others.median(None)
    (90.0, 50.0, 80.0)
    """

    def __init__(self, numbers: Iterable[float]):
        ordered = sorted(numbers)
        self._count = len(ordered)
        self._first = max(0, (self._count - 1) // 2 - 1)
        self._middle = ordered[self._first : self._count // 2 + 2]

    def median(self, own: float | None) -> float | None:
        """Return the median of the others.

        Of an even number it is the mean of the middle two, as everywhere in
        statistics.

        :param own: one of the numbers; ``None`` is *no data*, which is no number
        :return: a number; ``None`` where nobody else has one
        """
        count = self._count - (own is not None)
        if not count:
            return None
        # Where the own number stands. Among equal ones it does not matter which it is.
        index = self._count
        if own is not None:
            index = self._first + bisect_left(self._middle, own)

        def at(place):
            return self._middle[place + (place >= index) - self._first]

        middle = count // 2
        if count % 2:
            return at(middle)
        return (at(middle - 1) + at(middle)) / 2


def medians_of_others(values: Mapping[Key, float | None]) -> dict[Key, float | None]:
    """Return for each key the median of what the other keys have.

    All keys are answered after one sort, see :class:`Others`.

    :param values: a number per key, or ``None`` for *no data*, which is no number
    :return: a number per key; ``None`` where no other key has one

    >>> medians_of_others({"a": 0.0, "b": 100.0, "c": 80.0, "d": None})
    {'a': 90.0, 'b': 40.0, 'c': 50.0, 'd': 80.0}
    >>> medians_of_others({"a": 70.0})
    {'a': None}
    """
    others = Others(value for value in values.values() if value is not None)
    return {key: others.median(value) for key, value in values.items()}


def loss(share: float, score: float | None) -> float | None:
    """Return how many points a line costs against a full score.

    :param share: of the weight that has data, in percent
    :param score: 0…100; ``None`` is *no data*, which costs nothing
    :return: points; those of all lines add up to what is missing to 100

    >>> loss(25.0, 40.0), loss(0.0, None)
    (15.0, None)
    """
    return None if score is None else share * (100.0 - score) / 100.0


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """The lines of one dimension, composed like a scorecard.

    :param score: 0…100 with two decimals; ``None`` without data
    :param low: lower bound of its interval, or ``None``
    :param high: its upper bound, or ``None``
    :param weight: what the dimension weighs in the scorecard, in percent of the
        weight that has data
    :param coverage: share of the dimension's own weight that has data, 0…100
    :param loss: points that it costs; ``None`` without data

    >>> DimensionScore(None, None, None, 0.0, 0.0, None).score is None
    True
    """

    score: float | None
    low: float | None
    high: float | None
    weight: float
    coverage: float
    loss: float | None


def compose_dimensions(
    dimensions: Sequence[str],
    lines: Sequence[LineScore],
    shares: Sequence[float],
) -> dict[str, DimensionScore]:
    """Return what each dimension of a scorecard scores.

    :param dimensions: that of each line
    :param lines: scored lines, with and without data
    :param shares: of each line, its share of the weight with data in percent
    :return: by dimension, in the order in which they come

    >>> composed = compose_dimensions(
    ...     ["delivery", "quality", "delivery"],
    ...     [LineScore(40, 90.0), LineScore(40, 50.0), LineScore(20, None)],
    ...     [50.0, 50.0, 0.0],
    ... )
    >>> delivery = composed["delivery"]
    >>> delivery.score, delivery.weight, round(delivery.coverage), delivery.loss
    (90.0, 50.0, 67, 5.0)
    """
    parts: dict[str, list[tuple[LineScore, float]]] = {}
    for dimension, line, share in zip(dimensions, lines, shares, strict=True):
        parts.setdefault(dimension, []).append((line, share))
    return {dimension: _composed(part) for dimension, part in parts.items()}


def _composed(part: list[tuple[LineScore, float]]) -> DimensionScore:
    composite = compose(line for line, _share in part)
    losses = [loss(share, line.score) for line, share in part if line.score is not None]
    return DimensionScore(
        score=_rounded(composite.score),
        low=_rounded(composite.low),
        high=_rounded(composite.high),
        weight=math.fsum(share for _line, share in part),
        coverage=composite.coverage * 100,
        loss=math.fsum(losses) if losses else None,
    )


def _rounded(score: float | None) -> float | None:
    return None if score is None else round_score(score)
