from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models

from ...forecast import Coming
from ...scoring import Measure, assemble, score_line
from ...tools.groups import USER_GROUP
from ...tools.numbers import number
from ...tools.optional_numbers import OptionalFloat
from ..scorecard.run import TemplateScoring


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
    with the probability that they come late; all other figures stay as they are so far.
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
                text = card._expected_in_words(expected, len(lines))
                card._set_expected(expected, text)

    def _still_to_come(self, run):
        """Return ``{supplier: lines that are still to come}``.

        What is overdue is counted as late already.
        """
        forecasts = self.env["supplier.delivery.forecast"].search(
            [
                ("company_id", "=", run.company_id.id),
                ("partner_id", "in", self.partner_id.ids),
                ("date_promised", ">=", run.date_from),
                ("date_promised", "<=", run.date_to),
                ("is_overdue", "=", False),
            ]
        )
        by_line = run.template_id.weighting == "line"
        found = defaultdict(list)
        for forecast in forecasts:
            line = forecast.sudo().purchase_line_id
            worth = line.price_subtotal / (line.order_id.currency_rate or 1.0)
            weight = 1.0 if by_line else max(0.0, worth)
            days = forecast.days_when_late
            found[forecast.partner_id].append(
                Coming(weight, forecast.probability, None if days is False else days)
            )
        return found

    def _expected(self, lines, rules, card_rule):
        """Return what the scorecard is expected to end with.

        The KPIs are projected from the same lines: they are all at their best, or all
        at their worst, at the bounds.

        :param lines: that are still to come
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
            assemble(end, self.delivery_lines + len(lines), card_rule) for end in ends
        ]
        weights = zip(cards[0].effective_weights, projected, strict=True)
        return Expected(
            *(card.score for card in cards),
            sum(weight for weight, is_projected in weights if is_projected),
        )

    def _expected_in_words(self, expected, count):
        """Return the expectation in a sentence.

        :param Expected expected: the expectation
        :param int count: how many open lines are in it
        """
        return self.env._(
            "Expected at the end of the period: %(score)s (%(low)s to %(high)s). Open "
            "lines that count with their probability: %(count)s, in %(share)s %% of "
            "the score; all else is as so far.",
            score=number(self.env, expected.score),
            low=number(self.env, expected.low),
            high=number(self.env, expected.high),
            share=number(self.env, expected.share, 0),
            count=count,
        )

    def action_open_expected(self):
        """Open the open lines that the expected score rests on."""
        self.ensure_one()
        run = self.evaluation_id
        action = self.partner_id.action_open_late_forecasts()
        action["domain"] = [
            *action["domain"],
            ("company_id", "=", run.company_id.id),
            ("date_promised", ">=", run.date_from),
            ("date_promised", "<=", run.date_to),
            ("is_overdue", "=", False),
        ]
        return action
