# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A supplier's scorecard from its measures: the other modules' steps, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .composite import LineScore, compose
from .grade import grade_index, round_score
from .measure import Measure
from .provisional import is_provisional
from .scale import Scale


@dataclass(frozen=True, slots=True)
class LineRule:
    """How one KPI is scored.

    :param code: of the KPI
    :param weight: any positive number
    :param scale: value → score
    :param minimum: score below which the grade is capped; ``None`` is no gate

    >>> LineRule("otd", 40.0, Scale(((50, 0), (100, 100)))).minimum is None
    True
    """

    code: str
    weight: float
    scale: Scale
    minimum: float | None = None


@dataclass(frozen=True, slots=True)
class ScorecardRule:
    """What makes a score a grade.

    :param thresholds: the grades' minimum scores, best first, the last one 0
    :param coverage_floor: share of the weight with data below which a score is
        provisional, 0…1
    :param minimum_lines: delivery lines below which a score is provisional
    :param cap: index of the best grade of a gated score; the worst by default

    >>> ScorecardRule((90, 80, 60, 0)).coverage_floor
    0.6
    """

    thresholds: Sequence[float]
    coverage_floor: float = 0.6
    minimum_lines: int = 5
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result. Scores are rounded to two decimals; coverage is 0…1.

    ``grade`` indexes the rule's thresholds; it is ``None`` without a score.

    >>> assemble([LineScore(1, None)], 0, ScorecardRule((90, 0))).grade is None
    True
    """

    score: float | None
    low: float | None
    high: float | None
    coverage: float
    gated: bool
    provisional: bool
    grade: int | None
    effective_weights: tuple[float, ...]
    contributions: tuple[float, ...]


def score_line(rule: LineRule, measure: Measure | None) -> LineScore:
    """Score one measure; no measure and no value are *no data*.

    >>> rule = LineRule("otd", 40.0, Scale(((0, 0), (100, 100))))
    >>> score_line(rule, Measure(90.0, n=10, n_eff=10.0, low=60.0, high=98.0)).score
    90.0
    >>> score_line(rule, None).score is None
    True
    """
    if measure is None or not measure.has_value:
        return LineScore(rule.weight, None, minimum=rule.minimum)
    low = high = None
    if measure.low is not None:
        low, high = rule.scale.interval(measure.low, measure.high)
    score = round_score(rule.scale.score(measure.value))
    return LineScore(rule.weight, score, low, high, rule.minimum)


def assemble(
    lines: Sequence[LineScore], delivery_lines: int | None, rule: ScorecardRule
) -> Scorecard:
    """Compose the lines, grade the score and say whether it is provisional.

    :param lines: scored lines, in the order of the template
    :param delivery_lines: counted delivery lines; ``None``: the template scores no
        delivery, so their number says nothing
    :raise ValueError: a weight or a threshold is none

    >>> lines = [LineScore(40, 90), LineScore(30, 80), LineScore(20, None),
    ...          LineScore(10, 70)]
    >>> card = assemble(lines, 12, ScorecardRule((90, 80, 60, 0)))
    >>> card.score, card.coverage, card.grade, card.provisional
    (83.75, 0.8, 1, False)
    """
    composite = compose(lines)
    provisional = is_provisional(
        composite.coverage, rule.coverage_floor, delivery_lines, rule.minimum_lines
    )
    if composite.score is None:
        score = grade = None
    else:
        score = round_score(composite.score)
        grade = grade_index(score, rule.thresholds, composite.gated, rule.cap)
    return Scorecard(
        score=score,
        low=None if composite.low is None else round_score(composite.low),
        high=None if composite.high is None else round_score(composite.high),
        coverage=composite.coverage,
        gated=composite.gated,
        provisional=provisional,
        grade=grade,
        effective_weights=composite.effective_weights,
        contributions=composite.contributions,
    )
