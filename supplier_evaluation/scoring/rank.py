# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The order of the suppliers in one run."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from .grade import round_score

Key = TypeVar("Key", bound=Hashable)


def rank(scores: Mapping[Key, float | None]) -> dict[Key, int]:
    """Return competition ranks: 1 is the best, ties share a rank, as in 1, 2, 2, 4.

    :param scores: score per supplier, compared as stored: rounded by
        :func:`~.grade.round_score`; ``None`` for one that is not ranked (provisional)
    :return: rank per ranked supplier, in the order given
    :raise ValueError: a score is not a finite number

    >>> rank({"a": 70.0, "b": 83.75, "c": None, "d": 83.754, "e": 91.0})
    {'a': 4, 'b': 2, 'd': 2, 'e': 1}
    """
    stored = {
        key: round_score(score) for key, score in scores.items() if score is not None
    }
    first: dict[float, int] = {}
    for position, score in enumerate(sorted(stored.values(), reverse=True), start=1):
        first.setdefault(score, position)
    return {key: first[score] for key, score in stored.items()}
