# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a score to a grade and a rank."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
_CENT = Decimal("0.01")

#: Lower and upper bound of a score.
Interval = tuple[float, float]


def round_score(score: float) -> float:
    """Return a score as it is stored, shown and compared: with two decimals.

    Rounds half up what the number *prints* as: 80.035 is 80.04 for whoever reads it,
    although the binary float is a little less and ``round`` gives 80.03.

    :param score: points
    :return: the nearest float to the score with two decimals
    :raise ValueError: the score is not a finite number

    >>> round_score(80.035), round(80.035, 2)
    (80.04, 80.03)
    >>> round_score(83.754)
    83.75
    """
    score = float(score)
    if not math.isfinite(score):
        raise ValueError(f"a score must be a finite number, not {score}")
    # Adding 0.0 turns the -0.0 of a tiny negative difference into 0.0.
    return float(Decimal(repr(score)).quantize(_CENT, ROUND_HALF_UP)) + 0.0


def grade_index(
    score: float,
    thresholds: Sequence[float],
    gated: bool = False,
    cap: int | None = None,
) -> int:
    """Return which grade a score earns: the best whose minimum it reaches.

    :param score: 0…100, compared as stored: rounded by :func:`round_score`
    :param thresholds: the grades' minimum scores, best grade first, strictly falling,
        the last one 0: so that every score has exactly one grade
    :param gated: a line is below its minimum: the grade is capped
    :param cap: index of the best grade a gated score can have; the worst by default
    :return: an index into ``thresholds``; 0 is the best grade
    :raise ValueError: the score is outside 0…100, the thresholds are not as above,
        or the cap is no index

    >>> [grade_index(score, (90, 80, 60, 0)) for score in (100, 89.995, 89.99, 0)]
    [0, 0, 1, 3]
    >>> grade_index(95, (90, 80, 60, 0), gated=True)
    3
    >>> grade_index(95, (90, 80, 60, 0), gated=True, cap=2)
    2
    """
    _check_thresholds(thresholds)
    if not 0 <= score <= 100:
        raise ValueError(f"a score must be in 0..100, not {score}")
    worst = len(thresholds) - 1
    if cap is not None and not 0 <= cap <= worst:
        raise ValueError(f"the cap must be the index of a grade, not {cap}")
    stored = round_score(score)
    index = next(i for i, minimum in enumerate(thresholds) if minimum <= stored)
    if gated:
        index = max(index, worst if cap is None else cap)
    return index


def _check_thresholds(thresholds: Sequence[float]) -> None:
    falling = all(better > worse for better, worse in pairwise(thresholds))
    if not thresholds or thresholds[-1] != 0 or not falling:
        raise ValueError(f"grades must fall strictly and end at 0: {thresholds}")


def rank(scores: Mapping[Key, float | None]) -> dict[Key, int]:
    """Return competition ranks: 1 is the best, ties share a rank, as in 1, 2, 2, 4.

    :param scores: score per supplier, compared as stored: rounded by
        :func:`round_score`; ``None`` for one that is not ranked (provisional)
    :return: rank per ranked supplier, in the order given
    :raise ValueError: a score is not a finite number

    >>> rank({"a": 70.0, "b": 83.75, "c": None, "d": 83.754, "e": 91.0})
    {'a': 4, 'b': 2, 'd': 2, 'e': 1}
    """
    stored = {
        key: round_score(score) for key, score in scores.items() if score is not None
    }
    ranks = ranks_of(Counter(stored.values()))
    return {key: ranks[score] for key, score in stored.items()}


def ranks_of(board: Mapping[float, int]) -> dict[float, int]:
    """Return the competition rank of each score, see :func:`rank`.

    There are ten thousand scores at most, however many have one.

    :param board: how many have a score, by score as it is stored
    :return: rank per score

    >>> ranks_of({70.0: 1, 83.75: 2, 91.0: 1})
    {91.0: 1, 83.75: 2, 70.0: 4}
    """
    ranks, position = {}, 1
    for score in sorted(board, reverse=True):
        ranks[score] = position
        position += board[score]
    return ranks


def rank_range(own: Interval, others: Iterable[Interval]) -> tuple[int, int]:
    """Return the best and the worst rank that the intervals leave open.

    Only who lies above a supplier with the whole interval is ahead for sure; whoever
    reaches above its lower end may be ahead. Ends that touch leave the order open to
    a tie, and a tie shares the better rank.

    :param own: ``(low, high)`` of the score; both the score where it is exact
    :param others: those of the other suppliers that are ranked
    :return: ``(best, worst)``; both are the rank where nothing overlaps
    :raise ValueError: an interval is not in order

    >>> rank_range((30.2, 40.7), [(88.0, 100.0), (35.0, 45.0), (10.0, 20.0)])
    (2, 3)
    >>> rank_range((50.0, 50.0), [(50.0, 50.0), (70.0, 70.0)])
    (2, 2)
    """
    low, high = _in_order(own)
    best = worst = 1
    for other in others:
        other_low, other_high = _in_order(other)
        best += other_low > high
        worst += other_high > low
    return best, worst


def _in_order(interval: Interval) -> Interval:
    low, high = (round_score(bound) for bound in interval)
    if low > high:
        raise ValueError(f"an interval must be in order: {low}, {high}")
    return low, high
