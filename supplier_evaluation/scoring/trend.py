# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a score moved since the scorecard before."""

from __future__ import annotations

from dataclasses import dataclass

from .grade import round_score

#: Points; a smaller movement is not worth an arrow.
DEAD_BAND = 0.5


@dataclass(frozen=True, slots=True)
class Trend:
    """The movement of a score.

    :param delta: points gained (or lost) with two decimals; ``None`` when ``new``
    :param direction: ``up``, ``down``, ``flat``, or ``new``: nothing to compare

    >>> Trend(None, "new").direction
    'new'
    """

    delta: float | None
    direction: str


def trend(
    score: float | None, previous: float | None, dead_band: float = DEAD_BAND
) -> Trend:
    """Return how a score moved against the previous one.

    :param score: 0…100, compared as stored; ``None`` is *no score*
    :param previous: that of the previous published scorecard; ``None`` is none
    :param dead_band: points; a movement of up to this much is ``flat``
    :return: the movement; ``new`` when one of the two scores is missing
    :raise ValueError: a score is not a finite number, or the dead band is negative

    >>> trend(83.75, 80.0)
    Trend(delta=3.75, direction='up')
    >>> trend(80.0, 80.5)
    Trend(delta=-0.5, direction='flat')
    >>> trend(80.0, None)
    Trend(delta=None, direction='new')
    """
    if not dead_band >= 0:
        raise ValueError(f"the dead band cannot be negative: {dead_band}")
    if score is None or previous is None:
        return Trend(None, "new")
    # Rounded again: the difference of two stored scores has binary noise.
    delta = round_score(round_score(score) - round_score(previous))
    if abs(delta) <= dead_band:
        return Trend(delta, "flat")
    return Trend(delta, "up" if delta > 0 else "down")


def exceeds_interval(
    score: float | None,
    previous: float | None,
    low: float | None,
    high: float | None,
) -> bool:
    """Whether a score moved further than it is sure: only that is news.

    :param score: 0…100, as stored; ``None`` is *no score*
    :param previous: that of the scorecard before; ``None`` is nothing to compare
    :param low: lower bound of the score's interval; ``None`` is no interval
    :param high: its upper bound
    :return: whether the score before lies outside the interval of this one; without an
        interval, whether it is another

    >>> exceeds_interval(35.4, 43.0, 30.2, 40.7), exceeds_interval(97.1, 98.0, 82, 100)
    (True, False)
    >>> exceeds_interval(70.0, 67.0, None, None), exceeds_interval(70.0, None, 60, 80)
    (True, False)
    """
    if score is None or previous is None:
        return False
    low = score if low is None else low
    high = score if high is None else high
    # Rounded, as the scores are that are compared: a difference has binary noise.
    return not round_score(low) <= round_score(previous) <= round_score(high)
