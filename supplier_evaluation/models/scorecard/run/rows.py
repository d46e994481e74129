"""What a scored supplier is stored as."""

from dataclasses import dataclass, field

from ....scoring import Measure, loss
from ..columns import COLUMNS, SCORECARD, dimension_vals, scorecard_vals

NO_DATA = Measure(None)
COMPUTED = "computed"


@dataclass(slots=True)
class Scored:
    """A supplier, scored.

    :param int partner_id: the supplier
    :param dict measures: by code of the KPI
    :param lines: a LineScore for each line of the template
    :param Scorecard card: composed of them
    :param dict dimensions: a DimensionScore for each dimension
    :param delivery_lines: how many count, None without a delivery KPI
    """

    partner_id: int
    measures: dict
    lines: list
    card: object
    dimensions: dict
    delivery_lines: int | None

    def value_of(self, code):
        """Return the value of a KPI, None without data."""
        return self.measures.get(code, NO_DATA).value


@dataclass(slots=True)
class Known:
    """What else is known of a supplier, as it was read.

    :param partner_id: the supplier
    :param card_id: of its scorecard in the evaluation, be it a new one
    :param name: as it is printed
    :param spend: in the period
    :param previous_id: of the published scorecard before
    :param previous_score: of it
    :param line_scores: of it, by id of the KPI
    :param dimension_scores: of it, by dimension
    """

    partner_id: int
    card_id: int
    name: str
    spend: float | None
    previous_id: int | None
    previous_score: float | None
    line_scores: dict | None = field(default=None)
    dimension_scores: dict | None = field(default=None)

    def __post_init__(self):
        # JSON has words for keys, and no object where nothing was found.
        self.line_scores = {
            int(kpi_id): score for kpi_id, score in (self.line_scores or {}).items()
        }
        self.dimension_scores = self.dimension_scores or {}


class Rows:
    """Makes the rows of an evaluation.

    :param run: the EvaluationRun, with its template read
    :param Survey survey: of all suppliers
    """

    def __init__(self, run, survey):
        self.run = run
        self.survey = survey
        evaluation = run.evaluation
        # Read once: for each supplier again, it would cost more than to score it.
        self.shared = {
            "evaluation_id": evaluation.id,
            "template_id": run.template.id,
            "company_id": evaluation.company_id.id,
            "date_from": evaluation.date_from,
            "date_to": evaluation.date_to,
            "state": COMPUTED,
        }
        self.targets = [rule.scale.target for rule in run.line_rules]

    def scorecard(self, scored, known):
        """Return the row of a scorecard."""
        card = scored.card
        vals = {
            **self.shared,
            "id": known.card_id,
            "partner_id": scored.partner_id,
            "partner_name": known.name,
            "delivery_lines": scored.delivery_lines or 0,
            "spend": known.spend,
            "rank": self.survey.rank_of(card),
            "previous_id": known.previous_id,
            **scorecard_vals(card, self.run.grades, known.previous_score),
        }
        return tuple(vals[column] for column in COLUMNS[SCORECARD])

    def _part(self, known):
        """Return what every part of a scorecard says of it."""
        shared = self.shared
        return (
            known.card_id,
            shared["company_id"],
            known.partner_id,
            shared["template_id"],
            shared["date_to"],
            COMPUTED,
        )

    def lines(self, scored, known):
        """Yield the rows of the lines, each seen beside those of the others."""
        card, survey = scored.card, self.survey
        part = self._part(known)
        for index, (kpi, rule, line) in enumerate(
            zip(self.run.kpis, self.run.line_rules, scored.lines, strict=True)
        ):
            code, kpi_id = kpi[:2]
            measure = scored.measures.get(code, NO_DATA)
            share = card.effective_weights[index]
            yield (
                *part,
                *kpi[1:],
                *_measured(measure),
                *_scored(line),
                share,
                card.contributions[index],
                loss(share, line.score),
                known.line_scores.get(kpi_id),
                survey.line_scores[index].median(line.score),
                survey.values[index].median(measure.value),
                self.targets[index],
                *_points_around(rule.scale, measure),
            )

    def dimensions(self, scored, known):
        """Yield the rows of the dimensions, each seen beside those of the others."""
        part = self._part(known)
        for dimension, composed in scored.dimensions.items():
            yield (
                *part,
                dimension,
                known.dimension_scores.get(dimension),
                self.survey.dimension_scores[dimension].median(composed.score),
                *dimension_vals(composed).values(),
            )


def _measured(measure):
    return (
        measure.value,
        measure.has_value,
        measure.numerator,
        measure.denominator,
        measure.n,
        measure.n_eff,
        measure.low is not None,
        measure.low,
        measure.high,
    )


def _scored(line):
    return (
        line.score,
        line.score,
        line.low,
        line.high,
        line.weight,
        line.minimum is not None,
        line.minimum,
    )


def _points_around(scale, measure):
    if not measure.has_value:
        return (None, None, None, None)
    low, high = scale.around(measure.value)
    return (*low, *high)
