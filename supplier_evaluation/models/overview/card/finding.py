from odoo import models
from odoo.tools import format_list

from ....scoring import exceeds_interval, grade_index
from ....scoring.trend import DEAD_BAND
from ....tools.numbers import number, signed

# Sentences are read, a list of them is not.
MOST_FINDINGS = 5
MOST_KPIS = 3
# From which score on a KPI is said to be good.
GOOD = 80.0
# Points; less is shown as 0.0.
SHOWN = 0.05


class SupplierScorecard(models.Model):
    """Why the score is what it is: sentences, made from its numbers."""

    _inherit = "supplier.scorecard"

    def _findings(self):
        """Return what is worth saying of the scorecard, the most important first.

        :return: list of ``{"kind", "text", "line_id", "action"}``: what it is about
            (``gate``, ``loss``, ``fall``, ``gain``, ``good``, ``no_data`` or
            ``no_score``), a sentence in the reader's language, the line that it is
            about most (or False), and the method of this line that opens its records
        """
        self.ensure_one()
        if not self.has_score:
            text = self.env._("There is no data for any of the KPIs in this period.")
            return [self._finding("no_score", text)]
        finders = (
            self._find_gate,
            self._find_worst,
            self._find_losses,
            self._find_falls,
            self._find_good,
            self._find_gains,
            self._find_no_data,
        )
        found = [finding for finder in finders for finding in finder()]
        return found[:MOST_FINDINGS]

    def _finding(self, kind, text, line=None, action="action_open_counted"):
        return {
            "kind": kind,
            "text": text,
            "line_id": line.id if line else False,
            "action": action if line else False,
        }

    # ------------------------------------------------------------
    # Below the minimum
    # ------------------------------------------------------------

    def _find_gate(self):
        """Name the KPIs below their minimum, and what they do to the grade."""
        lines = self.line_ids.filtered(lambda line: line._line_score().is_below_gate)
        if not lines:
            return []
        names = {
            "kpis": format_list(self.env, list(map(self._below_minimum, lines))),
            "grade": self.grade_id.name,
        }
        if without := self._grade_without_gate():
            text = self.env._(
                "Below the minimum: %(kpis)s. So the grade is %(grade)s instead of "
                "%(without)s.",
                without=without,
                **names,
            )
        else:
            text = self.env._(
                "Below the minimum: %(kpis)s. The grade is %(grade)s anyway, by the "
                "score.",
                **names,
            )
        return [self._finding("gate", text, lines[0])]

    def _below_minimum(self, line):
        return self.env._(
            "%(kpi)s (%(score)s points, at least %(minimum)s needed)",
            kpi=line.kpi_id.name,
            score=number(self.env, line.score),
            minimum=number(self.env, line.minimum_score),
        )

    def _grade_without_gate(self):
        """Return the name of the grade that the score alone would earn.

        :return: False where it is the one that the scorecard has
        """
        snapshot = self.evaluation_id.template_snapshot
        names = [name for name, _minimum in snapshot["grades"]]
        minimums = [minimum for _name, minimum in snapshot["grades"]]
        cap = snapshot["gate_grade"]
        earned = grade_index(self.score, minimums)
        capped = names.index(cap) if cap in names else len(names) - 1
        return names[earned] if earned < capped else False

    # ------------------------------------------------------------
    # What costs most
    # ------------------------------------------------------------

    def _costly(self):
        """Return the lines that cost points, the costliest first."""
        costly = self.line_ids.filtered(
            lambda line: line.loss is not False and line.loss >= SHOWN
        )
        return costly.sorted("loss", reverse=True)

    def _find_worst(self):
        """Say what the costliest KPI measured, and what the others have."""
        line = self._costly()[:1]
        if not line or line.is_overridden:
            return []
        names = self._measured_names(line)
        names["points"] = number(self.env, line.loss)
        names["count"] = number(self.env, line.n, 0)
        if not names["others"]:
            text = self.env._(
                "%(kpi)s costs most, %(points)s points: it is at %(value)s (records: "
                "%(count)s).",
                **names,
            )
        elif names["others"] == names["value"]:
            text = self.env._(
                "%(kpi)s costs most, %(points)s points: it is at %(value)s, as the "
                "others are (records: %(count)s).",
                **names,
            )
        else:
            text = self.env._(
                "%(kpi)s costs most, %(points)s points: it is at %(value)s, the others "
                "at %(others)s (records: %(count)s).",
                **names,
            )
        return [self._finding("loss", text, line)]

    def _find_losses(self):
        """Say which KPIs cost most, and how much of all that is missing."""
        costly = self._costly()
        if len(costly) < 2:
            return []
        lines = costly[:MOST_KPIS]
        missing = sum(costly.mapped("loss"))
        text = self.env._(
            "Biggest losses: %(kpis)s: together %(share)s %% of the %(missing)s points "
            "that are missing.",
            kpis=format_list(self.env, list(map(self._lost, lines))),
            share=number(self.env, 100 * sum(lines.mapped("loss")) / missing, 0),
            missing=number(self.env, missing),
        )
        return [self._finding("loss", text, lines[0], action="")]

    def _lost(self, line):
        return self.env._(
            "%(kpi)s (%(points)s)",
            kpi=line.kpi_id.name,
            points=signed(self.env, -line.loss),
        )

    def _measured_names(self, line):
        return {
            "kpi": line.kpi_id.name,
            "value": line.kpi_id._with_unit(line.value),
            "others": line.kpi_id._with_unit(line.peer_value),
        }

    # ------------------------------------------------------------
    # What has changed
    # ------------------------------------------------------------

    def _moved(self):
        """Return ``{line: points of the scorecard}`` of what moved beyond chance.

        What has no interval is not left to chance; there, a trifle is no news.
        """
        moved = {
            line: line.effective_weight * (line.score - line.previous_score) / 100
            for line in self.line_ids
            if line._is_news()
        }
        return {
            line: effect for line, effect in moved.items() if abs(effect) > DEAD_BAND
        }

    def _find_falls(self):
        moved = {line: effect for line, effect in self._moved().items() if effect < 0}
        if not moved:
            return []
        lines = sorted(moved, key=moved.get)[:MOST_KPIS]
        text = self.env._(
            "Clearly worse than the last time: %(kpis)s.",
            kpis=format_list(self.env, list(map(self._from_to, lines))),
        )
        return [self._finding("fall", text, lines[0])]

    def _find_gains(self):
        moved = {line: effect for line, effect in self._moved().items() if effect > 0}
        if not moved:
            return []
        lines = sorted(moved, key=moved.get, reverse=True)[:MOST_KPIS]
        text = self.env._(
            "Clearly better than the last time: %(kpis)s.",
            kpis=format_list(self.env, list(map(self._from_to, lines))),
        )
        return [self._finding("gain", text, lines[0])]

    def _from_to(self, line):
        return self.env._(
            "%(kpi)s (%(before)s → %(now)s points)",
            kpi=line.kpi_id.name,
            before=number(self.env, line.previous_score),
            now=number(self.env, line.score),
        )

    # ------------------------------------------------------------
    # What went well, and what is not known
    # ------------------------------------------------------------

    def _find_good(self):
        """Name what brings most points."""
        good = self.line_ids.filtered(
            lambda line: (
                line.has_value
                and not line.is_overridden
                and line.score >= GOOD
                and line.contribution >= SHOWN
            )
        ).sorted("contribution", reverse=True)
        line = good[:1]
        if not line:
            return []
        names = self._measured_names(line)
        names["points"] = number(self.env, line.contribution)
        names["most"] = number(self.env, line.effective_weight)
        if not names["others"]:
            text = self.env._(
                "%(kpi)s brings most, %(points)s of %(most)s points: it is at "
                "%(value)s.",
                **names,
            )
        elif names["others"] == names["value"]:
            text = self.env._(
                "%(kpi)s brings most, %(points)s of %(most)s points: it is at "
                "%(value)s, as the others are.",
                **names,
            )
        else:
            text = self.env._(
                "%(kpi)s brings most, %(points)s of %(most)s points: it is at "
                "%(value)s, the others at %(others)s.",
                **names,
            )
        return [self._finding("good", text, line)]

    def _find_no_data(self):
        lines = self.line_ids.filtered(
            lambda line: not line.has_value and not line.is_overridden
        )
        if not lines:
            return []
        text = self.env._(
            "There is no data for: %(kpis)s. That neither brings nor costs points.",
            kpis=format_list(self.env, lines.kpi_id.mapped("name")),
        )
        return [self._finding("no_data", text, lines[0], action="")]


class SupplierScorecardLine(models.Model):
    _inherit = "supplier.scorecard.line"

    def _shown_interval(self):
        """Return the interval of the score, which a full count does not have.

        What was published when required documents had one keeps it, by its seal.

        :return: ``(low, high)``, both False without one
        """
        self.ensure_one()
        if self.has_interval and self.kpi_id.is_share and not self.is_overridden:
            return self.score_low, self.score_high
        return False, False

    def _is_news(self):
        """Whether the score of last time is not in the interval of this one."""
        self.ensure_one()
        is_known = self.has_value or self.is_overridden
        if not is_known or self.previous_score is False:
            return False
        low, high = self._shown_interval()
        bounds = (None, None) if low is False else (low, high)
        return exceeds_interval(self.score, self.previous_score, *bounds)
