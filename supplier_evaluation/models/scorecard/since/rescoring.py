"""What scorecards would say now: measured again, and scored by the rules of then."""

from dataclasses import dataclass, replace

from odoo.fields import Domain

from ....scoring import LineScore, Scale, assemble, score_line
from ....scoring.scorecard import LineRule
from ...kpi.measure import FACTORS

# A figure is stored with four decimals.
STORED = 0.00005
# Of more suppliers, all are measured: the database would look for each of them.
FEW = 500


@dataclass(frozen=True)
class Rescored:
    """A scorecard that would say something else.

    :param score: what it would say, None without data
    """

    card_id: int
    score: float | None


def rescored(evaluation, sources, cards):
    """Return those of the scorecards that would say something else now.

    :param sources: lists of KPIs as they were, those in one count the same records
    :param cards: scorecards that may
    :return: list of Rescored
    """
    measures = _measures(evaluation, sources, cards.partner_id)
    rule, _grades = evaluation._grading_as_computed()
    rules = {
        each["kpi"]: LineRule(
            each["kpi"],
            each["weight"],
            Scale(tuple(map(tuple, each["points"])), each["scale"]),
            each["minimum"],
        )
        for each in evaluation.template_snapshot["lines"]
    }
    asked = {kpi.code for kpis in sources for kpi in kpis}
    found = []
    for card in cards:
        of_card = measures.get(card.partner_id.id, {})
        changed = [
            line
            for line in card.line_ids
            if line.kpi_id.code in asked
            and not line.is_overridden
            and _differs(line, of_card)
        ]
        if not changed:
            continue
        lines = [
            _line_score(line, rules[line.kpi_id.code], of_card, asked)
            for line in card.line_ids.sorted(lambda line: (line.sequence, line.id))
        ]
        composed = assemble(lines, card.delivery_lines, rule)
        found.append(Rescored(card.id, composed.score))
    return found


def is_stored_as(value, stored):
    """Whether a value is the one that is stored, as exactly as it is stored.

    >>> is_stored_as(66.66666, 66.6667), is_stored_as(66.6, 66.6667)
    (True, False)
    """
    return abs(value - stored) <= STORED + 1e-9 * abs(stored)


def _measures(evaluation, sources, partners):
    """Return ``{partner id: {KPI code: Measure}}`` of the partners."""
    measures = {}
    for kpis in sources:
        first = kpis[0]
        scope = replace(evaluation._run_scope(), aspect=first.aspect or "")
        questions = [
            replace(kpi._question(), factor=FACTORS.get(kpi.unit, 1.0)) for kpi in kpis
        ]
        only = Domain.TRUE
        if len(partners) <= FEW:
            only = Domain(first._supplier_path(), "in", partners.ids)
        for partner_id, values in first._read_records(scope, questions, only):
            of_partner = measures.setdefault(partner_id, {})
            for question in questions:
                of_partner[question.code] = question.measure(values)
    return measures


def _differs(line, measures):
    """Whether a line would have another figure."""
    measure = measures.get(line.kpi_id.code)
    has_value = measure is not None and measure.has_value
    if has_value != line.has_value:
        return True
    if not has_value:
        return False
    return not is_stored_as(measure.value, line.value)


def _line_score(line, rule, measures, asked):
    """Return a line as it would be scored; what somebody decided stays decided."""
    if line.is_overridden or line.kpi_id.code not in asked:
        return line._line_score()
    scored = score_line(rule, measures.get(rule.code))
    return LineScore(line.weight, scored.score, scored.low, scored.high, rule.minimum)
