"""What scorecards are stored as, by column, and which columns are sealed."""

from dataclasses import dataclass

from ...scoring import trend

SCORECARD = "supplier.scorecard"
# The models of what a scorecard consists of.
LINE = "supplier.scorecard.line"
DIMENSION = "supplier.scorecard.dimension"
PARTS = (LINE, DIMENSION)

SCORECARD_COLUMNS = (
    "evaluation_id",
    "template_id",
    "company_id",
    "date_from",
    "date_to",
    "partner_id",
    "partner_name",
    "score",
    "score_low",
    "score_high",
    "has_score",
    "coverage",
    "gated",
    "provisional",
    "delivery_lines",
    "spend",
    "state",
    "grade_id",
    "rank",
    "previous_id",
    "trend",
    "trend_direction",
)
# Of every part of a scorecard.
PART_COLUMNS = (
    "scorecard_id",
    "company_id",
    "partner_id",
    "template_id",
    "date_to",
    "state",
)
LINE_COLUMNS = (
    *PART_COLUMNS,
    "kpi_id",
    "sequence",
    "dimension",
    "value",
    "has_value",
    "numerator",
    "denominator",
    "n",
    "n_eff",
    "has_interval",
    "low",
    "high",
    "score",
    "computed_score",
    "score_low",
    "score_high",
    "weight",
    "has_gate",
    "minimum_score",
    "effective_weight",
    "contribution",
    "loss",
    "previous_score",
    "peer_median",
    "peer_value",
    "target_value",
    "scale_low_value",
    "scale_low_score",
    "scale_high_value",
    "scale_high_score",
)
DIMENSION_VALUES = (
    "score",
    "score_low",
    "score_high",
    "has_score",
    "weight",
    "coverage",
    "loss",
)
DIMENSION_COLUMNS = (
    *PART_COLUMNS,
    "dimension",
    "previous_score",
    "peer_median",
    *DIMENSION_VALUES,
)
# What an evaluation writes of each model.
COLUMNS = {
    SCORECARD: ("id", *SCORECARD_COLUMNS),
    LINE: LINE_COLUMNS,
    DIMENSION: DIMENSION_COLUMNS,
}
# What a manager writes instead: empty when it is computed again.
CORRECTED = {
    LINE: (
        "is_overridden",
        "override_score",
        "override_reason",
        "override_uid",
        "override_date",
    ),
}


@dataclass(frozen=True)
class Edition:
    """The columns of which a seal is made, in their order, of each table.

    An edition never changes: the seals that were made of it shall hold for good.
    """

    card: tuple
    line: tuple
    dimension: tuple


CARD = (
    "evaluation_id",
    "template_id",
    "company_id",
    "date_from",
    "date_to",
    "partner_name",
    "score",
    "score_low",
    "score_high",
    "has_score",
    "coverage",
    "gated",
    "provisional",
    "delivery_lines",
    "grade_id",
    "rank",
    "previous_id",
    "trend",
    "trend_direction",
)
CARD_LINE = (
    "company_id",
    "kpi_id",
    "sequence",
    "value",
    "has_value",
    "numerator",
    "denominator",
    "n",
    "n_eff",
    "has_interval",
    "low",
    "high",
    "score",
    "computed_score",
    "score_low",
    "score_high",
    "weight",
    "has_gate",
    "minimum_score",
    "effective_weight",
    "contribution",
    "is_overridden",
    "override_score",
    "override_reason",
    "override_uid",
    "override_date",
)
EDITIONS = {
    # Until 19.0.1.2.0, which did not number it.
    0: Edition(card=CARD, line=CARD_LINE, dimension=()),
    1: Edition(
        card=(*CARD, "spend"),
        line=(
            *CARD_LINE,
            "dimension",
            "loss",
            "previous_score",
            "peer_median",
            "peer_value",
            "target_value",
            "scale_low_value",
            "scale_low_score",
            "scale_high_value",
            "scale_high_score",
        ),
        dimension=(
            "dimension",
            "score",
            "score_low",
            "score_high",
            "has_score",
            "weight",
            "coverage",
            "loss",
            "previous_score",
            "peer_median",
        ),
    ),
}
LATEST = max(EDITIONS)
# What is sealed of an evaluation, beside its rules.
SEALED_RUN_COLUMNS = (
    "template_id",
    "company_id",
    "date_from",
    "date_to",
    "date_computed",
    "date_published",
    "scorecard_count",
    "provisional_count",
    "average_score",
    "problems",
)


def scorecard_vals(card, grades, previous_score):
    """Return what a composed scorecard is stored as, by column.

    :param Scorecard card: of the scoring core
    :param grades: from the best to the worst, as the card was graded
    :param previous_score: that of the published scorecard before, or None
    """
    movement = trend(card.score, previous_score)
    return {
        "score": card.score,
        "score_low": card.low,
        "score_high": card.high,
        "has_score": card.score is not None,
        "coverage": card.coverage * 100,
        "gated": card.gated,
        "provisional": card.provisional,
        "grade_id": None if card.grade is None else grades[card.grade].id,
        "trend": movement.delta,
        "trend_direction": movement.direction,
    }


def dimension_vals(composed):
    """Return what a composed dimension is stored as, by column.

    :param DimensionScore composed: of the scoring core
    """
    values = (
        composed.score,
        composed.low,
        composed.high,
        composed.score is not None,
        composed.weight,
        composed.coverage,
        composed.loss,
    )
    return dict(zip(DIMENSION_VALUES, values, strict=True))
