# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How well one number foretells the order of another: rank correlation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: With fewer pairs than these, an order says nothing.
FEWEST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Correlation:
    """A rank correlation, and of how many pairs it is.

    :param rho: -1…1; ``None`` where there are too few pairs, or all are the same
    :param pairs: how many have both numbers

    >>> Correlation(None, 2).rho is None
    True
    """

    rho: float | None
    pairs: int


def rank_correlation(
    pairs: Iterable[tuple[float | None, float | None]],
) -> Correlation:
    """Return Spearman's rank correlation; who lacks a number is left out.

    Equal numbers share the mean of their places, and the correlation is Pearson's of
    these places. Source: M. G. Kendall (1948), "Rank Correlation Methods", Griffin,
    chapters 1 and 3; C. Spearman (1904), "The Proof and Measurement of Association
    between Two Things", American Journal of Psychology 15 (1), 72-101.

    :param pairs: two numbers each; ``None`` is *no data*, which is no number
    :return: 1 where both have the same order, -1 where they have the opposite one
    :raise ValueError: a number is not finite

    >>> rank_correlation([(90, 95), (80, 70), (70, 71), (60, 20), (None, 5)])
    Correlation(rho=0.8, pairs=4)
    >>> rank_correlation([(90, 1), (80, 1), (70, 1)])
    Correlation(rho=None, pairs=3)
    """
    both = [
        (float(one), float(other))
        for one, other in pairs
        if one is not None and other is not None
    ]
    if not all(map(math.isfinite, (number for pair in both for number in pair))):
        raise ValueError("only finite numbers have an order")
    if len(both) < FEWEST_PAIRS:
        return Correlation(None, len(both))
    places = [_places(numbers) for numbers in zip(*both, strict=True)]
    return Correlation(_pearson(*places), len(both))


def mean_correlation(correlations: Iterable[Correlation]) -> Correlation:
    """Return the mean of correlations, each weighing as many pairs as it has.

    One that is unknown, and its pairs, are left out.

    >>> mean_correlation([Correlation(0.5, 30), Correlation(0.1, 10),
    ...                   Correlation(None, 2)])
    Correlation(rho=0.4, pairs=40)
    >>> mean_correlation([]).rho is None
    True
    """
    known = [each for each in correlations if each.rho is not None]
    pairs = sum(each.pairs for each in known)
    if not pairs:
        return Correlation(None, 0)
    return Correlation(
        math.fsum(each.rho * each.pairs for each in known) / pairs, pairs
    )


def _places(numbers: Sequence[float]) -> list[float]:
    """Return the place of each number, the lowest first; equal ones share theirs."""
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    places = [0.0] * len(numbers)
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and numbers[order[stop]] == numbers[order[start]]:
            stop += 1
        for index in order[start:stop]:
            places[index] = (start + stop + 1) / 2
        start = stop
    return places


def _pearson(ones: Sequence[float], others: Sequence[float]) -> float | None:
    middle = (len(ones) + 1) / 2
    spread = math.fsum((place - middle) ** 2 for place in ones)
    other_spread = math.fsum((place - middle) ** 2 for place in others)
    if not spread or not other_spread:
        return None
    together = math.fsum(
        (one - middle) * (other - middle)
        for one, other in zip(ones, others, strict=True)
    )
    rho = together / math.sqrt(spread * other_spread)
    return min(1.0, max(-1.0, rho))
