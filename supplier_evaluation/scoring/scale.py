# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the value of a KPI to a score of 0…100."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

Points = Sequence[tuple[float, float]]

MODES = ("linear", "step")


class ScaleProblem(Enum):
    """Why points do not make a scale.

    >>> ScaleProblem("too_few_points") is ScaleProblem.TOO_FEW_POINTS
    True
    """

    TOO_FEW_POINTS = "too_few_points"
    NOT_FINITE = "not_finite"
    VALUES_NOT_ORDERED = "values_not_ordered"
    SCORE_OUT_OF_RANGE = "score_out_of_range"
    NOT_MONOTONE = "not_monotone"


class ScaleError(ValueError):
    """A scale that cannot score; ``problems`` holds the codes, if points are to blame.

    >>> ScaleError("no points", (ScaleProblem.TOO_FEW_POINTS,)).problems[0].value
    'too_few_points'
    """

    def __init__(self, message: str, problems: Sequence[ScaleProblem] = ()):
        super().__init__(message)
        self.problems = tuple(problems)


def check_points(
    points: Points, higher_is_better: bool | None = None
) -> list[ScaleProblem]:
    """Return what is wrong with the points of a scale.

    :param points: ``(value, score)`` pairs, by rising value
    :param higher_is_better: the KPI's direction: scores may not fall with a rising
        value, or not rise if ``False``; ``None`` asks for either of the two
    :return: the problems, each once; empty when the points make a scale

    >>> check_points([(60, 0), (95, 100)], higher_is_better=True)
    []
    >>> [p.value for p in check_points([(0, 100), (0, 120)], higher_is_better=False)]
    ['values_not_ordered', 'score_out_of_range', 'not_monotone']
    """
    values = [value for value, _score in points]
    scores = [score for _value, score in points]
    problems = []
    if len(values) < 2:
        problems.append(ScaleProblem.TOO_FEW_POINTS)
    if not all(map(math.isfinite, values + scores)):
        # Nothing can be said about the order of what is not a number.
        return [*problems, ScaleProblem.NOT_FINITE]
    if values and not math.isfinite(max(values) - min(values)):
        problems.append(ScaleProblem.NOT_FINITE)
    if any(left >= right for left, right in pairwise(values)):
        problems.append(ScaleProblem.VALUES_NOT_ORDERED)
    if any(not 0 <= score <= 100 for score in scores):
        problems.append(ScaleProblem.SCORE_OUT_OF_RANGE)
    if not _is_monotone(scores, higher_is_better):
        problems.append(ScaleProblem.NOT_MONOTONE)
    return problems


def _is_monotone(scores: list[float], rising: bool | None) -> bool:
    if rising is None:
        return _is_monotone(scores, True) or _is_monotone(scores, False)
    if rising:
        return all(left <= right for left, right in pairwise(scores))
    return all(left >= right for left, right in pairwise(scores))


@dataclass(frozen=True, slots=True)
class Scale:
    """Points that turn a KPI's value into a score.

    :param points: ``(value, score)`` pairs by strictly rising value, scores in 0…100
        and monotone in either direction
    :param mode: ``linear`` interpolates between two points; ``step`` holds a point's
        score up to, but not at, the next point: half-open bands [low, high)
    :raise ScaleError: the points make no scale, or the mode is unknown

    >>> Scale(((60.0, 0.0), (95.0, 100.0))).score(77.5)
    50.0
    >>> Scale(((0, 100), (1, 60), (5, 0)), mode="step").score(4.99)
    60.0
    >>> Scale(((0, 100),))  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    ScaleError: not a scale: too_few_points
    """

    points: tuple[tuple[float, float], ...]
    mode: str = "linear"
    # Split once: `score` runs for every line of every scorecard of a run.
    _values: tuple[float, ...] = field(init=False, repr=False, compare=False)
    _scores: tuple[float, ...] = field(init=False, repr=False, compare=False)
    _linear: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        points = tuple((float(value), float(score)) for value, score in self.points)
        if self.mode not in MODES:
            raise ScaleError(f"not a mode of a scale: {self.mode!r}")
        if problems := check_points(points):
            codes = ", ".join(problem.value for problem in problems)
            raise ScaleError(f"not a scale: {codes}", problems)
        freeze = object.__setattr__
        freeze(self, "points", points)
        freeze(self, "_values", tuple(value for value, _score in points))
        freeze(self, "_scores", tuple(score for _value, score in points))
        freeze(self, "_linear", self.mode == "linear")

    def score(self, value: float) -> float:
        """Return the score of a value; the scale is open at both ends.

        :param value: in the KPI's unit; infinity is a value, NaN is not
        :return: 0…100: the first point's score below it, the last one's above it
        :raise ScaleError: the value is NaN

        >>> late = Scale(((0, 100), (2, 80), (10, 0)))
        >>> [late.score(days) for days in (-3, 0, 1, 6, 400)]
        [100.0, 100.0, 90.0, 40.0, 0.0]
        """
        if math.isnan(value):  # bisect would sort NaN in somewhere, silently
            raise ScaleError("NaN has no score")
        values, scores = self._values, self._scores
        after = bisect_right(values, value)
        if not after:
            return scores[0]
        start = scores[after - 1]
        if not self._linear or after == len(values):
            return start
        end = scores[after]
        left = values[after - 1]
        result = start + (end - start) * ((value - left) / (values[after] - left))
        # Rounding may overshoot the far end by one unit in the last place.
        return min(result, end) if end > start else max(result, end)

    def around(self, value: float) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return the two points between which a value lies, lower one first.

        Beyond an end of the scale both are the point at that end; so they are on a
        point, and in a scale of steps, where one point decides.

        :param value: in the KPI's unit; infinity is a value, NaN is not
        :return: two ``(value, score)`` pairs
        :raise ScaleError: the value is NaN

        >>> scale = Scale(((80, 0), (95, 60), (100, 100)))
        >>> scale.around(66.7), scale.around(98)
        (((80.0, 0.0), (80.0, 0.0)), ((95.0, 60.0), (100.0, 100.0)))
        """
        if math.isnan(value):
            raise ScaleError("NaN has no score")
        after = bisect_right(self._values, value)
        if not after:
            return self.points[0], self.points[0]
        before = self.points[after - 1]
        if not self._linear or after == len(self.points) or before[0] == value:
            return before, before
        return before, self.points[after]

    @property
    def target(self) -> float:
        """The value that is enough for the best score of the scale.

        >>> Scale(((60, 0), (95, 100))).target, Scale(((0, 100), (2, 80))).target
        (95.0, 0.0)
        >>> Scale(((0, 100), (2, 100), (10, 0))).target
        2.0
        """
        best = max(self._scores)
        enough = [value for value, score in self.points if score == best]
        return enough[0] if self._scores[0] < self._scores[-1] else enough[-1]

    def interval(self, low: float, high: float) -> tuple[float, float]:
        """Return an interval of values as an interval of scores.

        :param low: lower bound in the KPI's unit
        :param high: upper bound
        :return: ``(low_score, high_score)``, in order whatever the KPI's direction
        :raise ScaleError: a bound is NaN

        >>> Scale(((0, 100), (10, 0))).interval(2, 5)
        (50.0, 80.0)
        """
        one, other = self.score(low), self.score(high)
        return (one, other) if one <= other else (other, one)
