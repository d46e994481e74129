# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a figure of a running period is expected to end with.

**What counts.** What was measured stays: a sum ``a`` over a weight ``b``; what came
already but counts only when its promised day is over, is added to both. Each line that
is still to come counts with its weight ``w`` and with what is expected of it: in a
share of what comes in time ``x = 1 - p``, with ``p`` the probability that it is late,
and where there is a tolerance, that it is late by more (see ``lateness``); in a mean of
days late, which knows no tolerance, ``x = p * d``, with ``d`` the days of a late
delivery::

    value = (a + sum of w * x) / (b + sum of w)

**Interval.** Each line is late or it is not, each on its own. So the variance of the
sum is the sum of ``w² * d² * p * (1 - p)``, where ``d`` is 1 in a share, and 95 % are
within 1.96 standard deviations; never beyond what it were if all came late, or none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

Z95 = 1.96


class Coming(NamedTuple):
    """A line that is still to come.

    :param weight: what it weighs in the figure
    :param probability: that it comes too late for the figure, a fraction
    :param days: of a late delivery; ``None``: nobody was ever late
    """

    weight: float
    probability: float
    days: float | None = None


class Projected(NamedTuple):
    """What a figure is expected to end with, and between which bounds.

    :param count: how many lines that are still to come are in it
    """

    value: float
    low: float
    high: float
    count: int


def project_share(
    sum_so_far: float, weight_so_far: float, lines: Sequence[Coming]
) -> Projected | None:
    """Return the share of what comes in time, a fraction; ``None`` of no weight.

    >>> found = project_share(1, 1, [Coming(1, 0.2), Coming(2, 0.5)])
    >>> [round(number, 3) for number in found[:3]]
    [0.7, 0.25, 1.0]
    """
    return _project(sum_so_far, weight_so_far, lines, [(1.0, 0.0)] * len(lines))


def project_days(
    sum_so_far: float, weight_so_far: float, lines: Sequence[Coming]
) -> Projected | None:
    """Return the mean days late; lines whose days nobody knows are not in it.

    >>> found = project_days(2, 1, [Coming(1, 0.5, 4), Coming(1, 0.1)])
    >>> found
    Projected(value=2.0, low=1.0, high=3.0, count=1)
    """
    known = [line for line in lines if line.days is not None]
    return _project(
        sum_so_far, weight_so_far, known, [(0.0, line.days) for line in known]
    )


def _project(sum_so_far, weight_so_far, lines, ends):
    """Return what a mean is expected to end with.

    :param ends: what each line adds in time, and late
    """
    total = weight_so_far + sum(line.weight for line in lines)
    if total <= 0:
        return None
    expected = lowest = highest = sum_so_far
    variance = 0.0
    for line, (in_time, late) in zip(lines, ends, strict=True):
        weight, p = line.weight, line.probability
        expected += weight * (in_time + p * (late - in_time))
        lowest += weight * min(in_time, late)
        highest += weight * max(in_time, late)
        variance += (weight * (late - in_time)) ** 2 * p * (1 - p)
    half = Z95 * math.sqrt(variance)
    low, high = max(lowest, expected - half), min(highest, expected + half)
    return Projected(expected / total, low / total, high / total, len(lines))
