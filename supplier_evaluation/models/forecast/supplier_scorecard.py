from dataclasses import replace
from typing import NamedTuple

from odoo import api, fields, models

from ...forecast import Coming
from ...scoring import Measure, assemble, score_line
from ...scoring.scope import CONTEXT_KEY, DAY, local_midnight
from ...tools.actions import open_records
from ...tools.groups import USER_GROUP
from ...tools.numbers import number
from ...tools.optional_numbers import OptionalFloat
from ..scorecard.run import TemplateScoring
from .supplier_scorecard_line import PROJECTIONS, ToCome


class Expected(NamedTuple):
    """What a scorecard is expected to end with.

    :param share: of its weight that is projected, in percent
    """

    score: float
    low: float
    high: float
    share: float


class SupplierScorecard(models.Model):
    """What a running period is expected to end with.

    The open lines that are promised until its end count in the figures of deliveries
    with the probability that they come late, and lines that came before their day as
    what they are; all other figures stay as they are so far.
    The formulas are those of ``forecast.projection``. Nothing of it is stored: it is no
    score, and has no consequence.
    """

    _inherit = "supplier.scorecard"

    expected_score = OptionalFloat(
        string="Score Expected at the End",
        digits=(16, 2),
        compute="_compute_expected_score",
        groups=USER_GROUP,
        help="Of the running period: open lines count with their probability in "
        "on-time delivery, on time in full and days late; all other figures are as so "
        "far.",
    )
    expected_low = OptionalFloat(
        string="Score Expected, at Least",
        digits=(16, 2),
        compute="_compute_expected_score",
        groups=USER_GROUP,
        help="With a certainty of 95 %, what the open lines make of the score is "
        "between both bounds.",
    )
    expected_high = OptionalFloat(
        string="Score Expected, at Most",
        digits=(16, 2),
        compute="_compute_expected_score",
        groups=USER_GROUP,
    )
    expected_share = OptionalFloat(
        string="Projected Share of the Score",
        digits=(16, 1),
        compute="_compute_expected_score",
        groups=USER_GROUP,
        help="Weight of the KPIs in which open lines count, in %.",
    )
    expected_text = fields.Char(
        string="Expected at the End",
        compute="_compute_expected_score",
        groups=USER_GROUP,
    )

    @api.depends("evaluation_id.is_running", "line_ids.score", "partner_id")
    @api.depends_context("lang")
    def _compute_expected_score(self):
        self._set_expected()
        for run, cards in self.grouped("evaluation_id").items():
            if run.is_running and cards.line_ids:
                cards._expect(run)

    def _set_expected(self, expected=None, text=False):
        self.expected_score = expected.score if expected else False
        self.expected_low = expected.low if expected else False
        self.expected_high = expected.high if expected else False
        self.expected_share = expected.share if expected else False
        self.expected_text = text

    def _expect(self, run):
        """Say what is expected of scorecards of one running evaluation."""
        still_to_come = self._still_to_come(run)
        if not still_to_come:
            return
        scoring = TemplateScoring(run.sudo().template_id)
        rules = {rule.code: rule for rule in scoring.line_rules}
        for card in self:
            lines = still_to_come.get(card.partner_id)
            expected = lines and card._expected(lines, rules, scoring.rule)
            if expected:
                text = card._expected_in_words(expected, lines)
                card._set_expected(expected, text)

    def _still_to_come(self, run):
        """Return ``{supplier: ToCome}`` of what the running period counts later.

        What it counts already is in its figures so far: as the delivery facts do, what
        a manager left out is not in it, and what came before its day is known.
        """
        facts = self._facts_to_come(run)
        if facts is None:
            return {}
        facts = facts._to_come(self.partner_id)
        chances = facts._chances(run.company_id)
        found = {
            partner: _to_come(own, chances)
            for partner, own in facts.grouped("partner_id").items()
        }
        return {partner: lines for partner, lines in found.items() if lines.ids}

    def _facts_to_come(self, run):
        """Return the facts as the end of a running period asks for them, or None."""
        scope = _rest_of(run.sudo()._run_scope())
        return scope and self.env["supplier.delivery.fact"].sudo()._with_fact_scope(
            scope
        )

    def _expected(self, lines, rules, card_rule):
        """Return what the scorecard is expected to end with.

        The KPIs are projected from the same lines: they are all at their best, or all
        at their worst, at the bounds.

        :param ToCome lines: what is still to come
        :param rules: a LineRule by code of the KPI
        :return: an Expected; ``None`` where nothing of it is projected
        """
        self.ensure_one()
        ends = ([], [], [])
        projected = []
        for line in self.sudo().line_ids:
            found = line._project(lines) if line.kpi_id.code in rules else None
            projected.append(bool(found))
            if found:
                rule = rules[line.kpi_id.code]
                scores = [score_line(rule, Measure(value)) for value in found]
                low, high = sorted(scores[1:], key=lambda one: one.score)
                scores = (scores[0], low, high)
            else:
                scores = (line._line_score(),) * len(ends)
            for end, score in zip(ends, scores, strict=True):
                end.append(score)
        if not any(projected):
            return None
        cards = [
            assemble(end, self.delivery_lines + len(lines.ids), card_rule)
            for end in ends
        ]
        weights = zip(cards[0].effective_weights, projected, strict=True)
        return Expected(
            *(card.score for card in cards),
            sum(weight for weight, is_projected in weights if is_projected),
        )

    def _expected_in_words(self, expected, lines):
        """Return the expectation in a sentence.

        :param Expected expected: the expectation
        :param ToCome lines: what is still to come
        """
        text = self.env._(
            "Expected at the end of the period: %(score)s (%(low)s to %(high)s). Open "
            "lines that count with their probability: %(count)s, in %(share)s %% of "
            "the score; all else is as so far.",
            score=number(self.env, expected.score),
            low=number(self.env, expected.low),
            high=number(self.env, expected.high),
            share=number(self.env, expected.share, 0),
            count=len(lines.late),
        )
        if not lines.came_count:
            return text
        came = self.env._(
            "Lines that came already, and count when their promised day is over: %s.",
            lines.came_count,
        )
        return f"{text} {came}"

    def action_open_expected(self):
        """Open the lines that the expected score rests on, those that came as well."""
        self.ensure_one()
        found = self._still_to_come(self.evaluation_id).get(self.partner_id)
        scope = _rest_of(self.evaluation_id.sudo()._run_scope())
        action = open_records(
            self.env,
            "supplier_evaluation.supplier_delivery_fact_action",
            [("id", "in", found.ids if found else [])],
            context={"create": False},
            name=self.partner_id.display_name,
        )
        if scope:
            action["context"][CONTEXT_KEY] = scope.to_context()
        view = self.env.ref("supplier_evaluation.supplier_delivery_fact_view_to_come")
        action.update(view_mode="list", views=[(view.id, "list")])
        return action


def _rest_of(scope):
    """Return the question of what a running period does not count yet.

    It is asked as of the day on which all of the period's promises are due: what will
    be left out then is, and what came already is known.

    :param FactScope scope: what the running period counts so far
    :return: a FactScope; ``None`` where it counts all of its promises
    """
    if scope.last_day >= scope.date_to:
        return None
    due = scope.date_to + (scope.late_days + 1) * DAY
    return replace(
        scope,
        date_from=max(scope.date_from, scope.last_day + DAY),
        cutoff=local_midnight(due, scope.tz),
    )


def _to_come(facts, chances):
    """Return a supplier's lines as the figures of deliveries count them.

    :param facts: of the supplier
    :param chances: ``{fact: Chance}`` of those that are not complete
    :rtype: ToCome
    """
    came = facts.filtered("is_complete")
    opened = [(fact, chances[fact]) for fact in facts if fact in chances]
    return ToCome(
        ids=[*came.ids, *(fact.id for fact, _chance in opened)],
        came={name: sum(came.mapped(name)) for name in (*PROJECTIONS, "weight")},
        came_count=len(came),
        too_late=[Coming(fact.weight, chance.too_late) for fact, chance in opened],
        late=[Coming(fact.weight, chance.late, chance.days) for fact, chance in opened],
    )
