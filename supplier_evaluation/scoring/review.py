# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a rater's answers are worth together."""

from __future__ import annotations

from collections.abc import Iterable

# The best answer to a question.
BEST = 10.0


def review_score(answers: Iterable[tuple[float, float | None]]) -> float | None:
    """Return the weighted mean of the answers, 0 to 100.

    A question that the rater could not judge neither raises nor lowers the score:
    the others carry its weight.

    :param answers: ``(weight, value)`` per question; a value is 0 to 10, ``None`` where
        the rater could not judge
    :return: ``None`` if no question was judged
    :raise ValueError: a weight is not positive, or a value is out of range

    >>> review_score([(2, 9), (1, 6)])
    80.0
    >>> review_score([(2, 9), (1, None)])
    90.0
    >>> review_score([(2, 0), (1, None)])
    0.0
    >>> review_score([(1, None)]) is None
    True
    """
    total = weights = 0.0
    for weight, value in answers:
        if not weight > 0:
            raise ValueError(f"the weight {weight} is not more than 0")
        if value is None:
            continue
        if not 0 <= value <= BEST:
            raise ValueError(f"the answer {value} is not between 0 and 10")
        total += weight * value
        weights += weight
    return total / weights * (100 / BEST) if weights else None
