from collections import defaultdict

from odoo import api, fields, models

from ...scoring import Measure, assemble, score_line
from ...tools.groups import USER_GROUP
from ...tools.numbers import number
from ...tools.optional_numbers import OptionalFloat
from ..scorecard.run import TemplateScoring

# The KPI that open lines tell something about: what comes by the promised day.
ON_TIME = "otd"


class SupplierScorecard(models.Model):
    """What a running period is expected to end with.

    The open lines that are promised until its end count as on time with the
    probability that they are; all other figures stay as they are so far. Nothing of it
    is stored: it is no score, and has no consequence.
    """

    _inherit = "supplier.scorecard"

    expected_score = OptionalFloat(
        string="Score Expected at the End",
        digits=(16, 2),
        compute="_compute_expected_score",
        groups=USER_GROUP,
        help="Of the running period: open lines count as on time with their "
        "probability, all other figures as so far.",
    )
    expected_text = fields.Char(
        string="Expected at the End",
        compute="_compute_expected_score",
        groups=USER_GROUP,
    )

    @api.depends("evaluation_id.is_running", "line_ids.score", "partner_id")
    @api.depends_context("lang")
    def _compute_expected_score(self):
        self.expected_score = self.expected_text = False
        for run, cards in self.grouped("evaluation_id").items():
            if run.is_running and cards.line_ids:
                cards._expect(run)

    def _expect(self, run):
        """Say what is expected of scorecards of one running evaluation."""
        still_to_come = self._still_to_come(run)
        if not still_to_come:
            return
        scoring = TemplateScoring(run.sudo().template_id)
        rules = {rule.code: rule for rule in scoring.line_rules}
        for card in self:
            lines = still_to_come.get(card.partner_id)
            if lines and card.line_ids.kpi_id.filtered(lambda kpi: kpi.code == ON_TIME):
                expected = card._expected(lines, rules[ON_TIME], scoring.rule)
                card.expected_score = False if expected is None else expected
                card.expected_text = card._expected_in_words(len(lines))

    def _still_to_come(self, run):
        """Return ``{supplier: [(weight, probability of being on time)]}``.

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
            found[forecast.partner_id].append((weight, 1 - forecast.probability))
        return found

    def _expected(self, lines, rule, card_rule):
        """Return the score that the scorecard is expected to end with, or None."""
        self.ensure_one()
        scores = []
        for line in self.sudo().line_ids:
            if line.kpi_id.code == ON_TIME and not line.is_overridden:
                scores.append(score_line(rule, _expected_share(line, lines)))
            else:
                scores.append(line._line_score())
        return assemble(scores, self.delivery_lines + len(lines), card_rule).score

    def _expected_in_words(self, count):
        """Return the expectation in a sentence.

        :param int count: how many open lines are in it
        """
        if self.expected_score is False:
            return False
        return self.env._(
            "Expected at the end of the period: %(score)s. Open lines that count as on "
            "time with their probability: %(count)s; all else is as so far.",
            score=number(self.env, self.expected_score),
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


def _expected_share(line, lines):
    """Return what was measured, with the lines that are still to come."""
    came = sum(weight * share for weight, share in lines)
    total = sum(weight for weight, _share in lines)
    if line.has_value:
        came += line.numerator
        total += line.denominator
    if not total:
        return Measure(None)
    return Measure(100 * came / total, came, total, line.n + len(lines))
