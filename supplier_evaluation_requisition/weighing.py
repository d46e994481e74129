# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the figures of candidates to weighted scores and ranks: pure functions.

Each criterion turns the figures of all candidates into scores of 0…100:

``points``
    ``100 * points / maximum``.
``lowest``
    ``100 * lowest / figure``: the lowest gets 100, who is twice as dear 50. So tenders
    weigh prices: Ministry of Finance of China, Order No. 87 (2017), article 55.
``highest``
    ``100 * figure / highest``: the same the other way round.
``limits``
    0 at one figure and 100 at another, linear between them, and no more beyond.

The weighted sum is that of scorecards: ``scoring.compose``. A criterion without a score
is never 0. Whoever lacks one has no rank: a sum of other weights is no sum to compare.
"""

from __future__ import annotations

from collections.abc import Sequence

from odoo.addons.supplier_evaluation.scoring import (
    Composite,
    LineScore,
    Scale,
    compose,
    rank,
)

RATINGS = ("points", "lowest", "highest", "limits")


def rate(
    rating: str,
    figures: Sequence[float | None],
    worst: float = 0.0,
    best: float = 0.0,
) -> list[float | None]:
    """Return the scores of the figures of one criterion, in their order.

    :param rating: one of ``RATINGS``
    :param figures: of each candidate; ``None``: not known
    :param worst: the figure that gets 0, of ``limits``
    :param best: the figure that gets 100, of ``limits``; the maximum, of ``points``
    :return: 0…100, or ``None`` where nothing is known or there is no proportion
    :raise ValueError: there is no such rating, or its two limits are the same

    >>> rate("lowest", [200, None, 100, 0])
    [50.0, None, 100.0, None]
    >>> rate("highest", [200, None, 100, 0])
    [100.0, None, 50.0, 0.0]
    >>> rate("points", [4, 7], best=5)
    [80.0, 100.0]
    >>> rate("limits", [0, 4, 11], worst=10, best=0)
    [100.0, 60.0, 0.0]
    """
    if rating == "lowest":
        positive = [figure for figure in figures if figure is not None and figure > 0]
        lowest = min(positive, default=None)
        return [
            None if figure is None or figure <= 0 else 100.0 * lowest / figure
            for figure in figures
        ]
    if rating == "highest":
        highest = max((figure for figure in figures if figure is not None), default=0)
        return [
            None
            if figure is None or figure < 0 or highest <= 0
            else 100.0 * figure / highest
            for figure in figures
        ]
    if rating not in RATINGS:
        raise ValueError(f"not a rating: {rating!r}")
    scale = Scale(tuple(sorted([(0 if rating == "points" else worst, 0), (best, 100)])))
    return [None if figure is None else scale.score(figure) for figure in figures]


def weigh(weights: Sequence[float], scores: Sequence[float | None]) -> Composite:
    """Return the weighted score of one candidate.

    :param weights: of the criteria, above 0; only the proportions matter
    :param scores: the candidate's, in the order of the weights

    >>> weigh([60, 40], [50, 100]).score
    70.0
    >>> weigh([60, 40], [50, None]).coverage
    0.6
    """
    return compose(
        LineScore(weight=weight, score=score)
        for weight, score in zip(weights, scores, strict=True)
    )


def ranks(composites: Sequence[Composite]) -> list[int | None]:
    """Return the rank of each candidate; ``None``: one of its scores is missing.

    Compared is what is shown: with two decimals. Who has the same shares a rank.

    >>> ranks([weigh([1], [80]), weigh([1], [90]), weigh([1, 1], [99, None])])
    [2, 1, None]
    >>> ranks([weigh([1], [80]), weigh([1], [80.001]), weigh([1], [70])])
    [1, 1, 3]
    """
    ranked = rank(
        {
            number: one.score if one.coverage >= 1 else None
            for number, one in enumerate(composites)
        }
    )
    return [ranked.get(number) for number in range(len(composites))]
