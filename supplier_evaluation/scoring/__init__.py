# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The scoring core: pure functions on frozen dataclasses.

Nothing in here knows Odoo or a database. A :class:`FactScope` is what is
asked of the facts, a KPI's sums become a :class:`Measure`, a :class:`Scale` turns its
value into a score, :func:`compose` makes the supplier's score, and grade, rank, trend
and the provisional test read it.
"""

from .comparison import (
    DimensionScore,
    Others,
    compose_dimensions,
    loss,
    medians_of_others,
)
from .composite import Composite, LineScore, compose
from .delivery import DeliveryMeasures, delivery_measures
from .grade import grade_index, rank, rank_range, ranks_of, round_score
from .interval import Z95, wilson
from .measure import Measure, effective_sample, mean, ratio, total, variation
from .period import closed_periods, next_period, period_of
from .provisional import is_provisional
from .question import KpiQuestion
from .review import review_score
from .scale import Scale, ScaleError, ScaleProblem, check_points
from .scope import FactRules, FactScope, OpenScope
from .scorecard import LineRule, Scorecard, ScorecardRule, assemble, score_line
from .seating import can_be_seated
from .trend import Trend, exceeds_interval, trend

__all__ = [
    "Z95",
    "Composite",
    "DeliveryMeasures",
    "DimensionScore",
    "FactRules",
    "FactScope",
    "KpiQuestion",
    "LineRule",
    "LineScore",
    "Measure",
    "OpenScope",
    "Others",
    "Scale",
    "ScaleError",
    "ScaleProblem",
    "Scorecard",
    "ScorecardRule",
    "Trend",
    "assemble",
    "can_be_seated",
    "check_points",
    "closed_periods",
    "compose",
    "compose_dimensions",
    "delivery_measures",
    "effective_sample",
    "exceeds_interval",
    "grade_index",
    "is_provisional",
    "loss",
    "mean",
    "medians_of_others",
    "next_period",
    "period_of",
    "rank",
    "rank_range",
    "ranks_of",
    "ratio",
    "review_score",
    "round_score",
    "score_line",
    "total",
    "trend",
    "variation",
    "wilson",
]
