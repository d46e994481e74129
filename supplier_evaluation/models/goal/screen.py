from odoo import api, models
from odoo.tools import format_date

from ...tools.actions import open_records
from ...tools.numbers import number
from ...tools.periods import period_label
from ...tools.wording import label_of

# Figures that are read on the lines of scorecards.
OF_KPI = ("kpi", "certified", "savings")


class SupplierGoal(models.Model):
    """A goal in words and as it is drawn."""

    _inherit = "supplier.goal"

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _words(self, value):
        """Return a figure with its unit; "" where there is none.

        :param value: a number, or False or None
        """
        self.ensure_one()
        if value is False or value is None:
            return ""
        if self.metric == "savings":
            return self.currency_id.format(value)
        if self.metric == "kpi" and self.kpi_id:
            return self.kpi_id._with_unit(value)
        if self.metric == "score":
            return number(self.env, value)
        return self.env._("%(share)s %%", share=number(self.env, value))

    def _target_sentence(self):
        """Return what is to be reached, and by when."""
        self.ensure_one()
        names = {
            "target": self._words(self.target),
            "date": format_date(self.env, self.date) if self.date else "–",
        }
        if self.higher_is_better:
            return self.env._("at least %(target)s by %(date)s", **names)
        return self.env._("at most %(target)s by %(date)s", **names)

    def _measured_sentence(self):
        """Return what is measured of whom, and how it is averaged."""
        self.ensure_one()
        figure = {
            "kpi": self.kpi_id.name,
            "grade": self.env._(
                "Share of suppliers with grade %s or better", self.grade_id.name
            ),
        }.get(self.metric) or label_of(self, "metric")
        names = {"figure": figure, "suppliers": self.subject}
        if self.metric not in ("kpi", "score") or self.scope == "supplier":
            return self.env._("%(figure)s: %(suppliers)s", **names)
        if self.weighting == "spend":
            return self.env._("%(figure)s: %(suppliers)s, weighed by spend", **names)
        return self.env._("%(figure)s: %(suppliers)s, each the same", **names)

    def _missed_sentence(self):
        """Return by how much the goal was missed, for its owner."""
        return self.env._(
            "Goal missed: %(actual)s instead of %(target)s",
            actual=self._words(self.actual) or "–",
            target=self._target_sentence(),
        )

    # ------------------------------------------------------------
    # As it is drawn
    # ------------------------------------------------------------

    @api.readonly
    def retrieve_goal(self):
        """Return how it stands with a goal now, measured anew.

        :return: what :meth:`_shown` returns, with ``periods``: the oldest first, each
            with ``evaluation_id``, ``label``, ``date``, ``value``, ``expected``, their
            texts, ``count``, ``left_out`` and ``is_on_track``, which is None where
            there is no data
        :raises AccessError: the user may not read the goal
        """
        self.ensure_one()
        self.check_access("read")
        own = self.sudo()
        figures = own._measure()[own]
        today = own._today()[own.company_id]
        return {
            **self._shown(figures, own._status_of(figures, today)),
            "periods": [self._shown_period(figure) for figure in figures],
        }

    def _shown(self, figures, status):
        """Return a goal as its card and its form show it.

        :param list figures: of the periods that count, the oldest first
        :param str status: how it stands with it
        """
        self.ensure_one()
        known = [figure for figure in figures if figure.value is not None]
        newest = known[-1] if known else None
        labels = dict(self._fields["status"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.name,
            "company_id": self.company_id.id,
            "measured": self._measured_sentence(),
            "status": status,
            "status_label": labels[status],
            "actual": newest.value if newest else None,
            "actual_text": self._words(newest.value) if newest else "",
            "actual_period": self._label_of(newest) if newest else "",
            "expected_text": self._words(self._path().expected(newest.date_to))
            if newest
            else "",
            "count": newest.count if newest else 0,
            "left_out": newest.left_out if newest else 0,
            "baseline": self.baseline,
            "baseline_text": self._words(self.baseline),
            "since": self.date_baseline.isoformat(),
            "target": self.target,
            "target_text": self._words(self.target),
            "goal_text": self._target_sentence(),
            "until": self.date.isoformat(),
            "values": [figure.value for figure in figures],
        }

    def _shown_period(self, figure):
        path = self._path()
        expected = path.expected(figure.date_to)
        is_known = figure.value is not None
        return {
            "evaluation_id": figure.run_id,
            "label": self._label_of(figure),
            "date": figure.date_to.isoformat(),
            "value": figure.value,
            "value_text": self._words(figure.value),
            "expected": expected,
            "expected_text": self._words(expected),
            "count": figure.count,
            "left_out": figure.left_out,
            "is_on_track": path.is_on_track(figure) if is_known else None,
        }

    def _label_of(self, figure):
        return period_label(self.env, figure.date_from, figure.date_to)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_take_baseline(self):
        """Take the newest figure as the baseline, on the last day of its period.

        Savings begin at nothing on that day.
        """
        self.check_access("write")
        for goal, figures in self.sudo()._measure(from_baseline=False).items():
            known = [
                figure
                for figure in figures
                if figure.value is not None and figure.date_to < goal.date
            ]
            if known:
                value = 0.0 if goal.metric == "savings" else known[-1].value
                goal.sudo(False).write(
                    {"baseline": value, "date_baseline": known[-1].date_to}
                )

    def action_open_period(self, evaluation_id):
        """Open what a figure was made of: scorecards, or their lines of the KPI.

        :param int evaluation_id: of the period
        """
        self.ensure_one()
        self.check_access("read")
        domain = [("evaluation_id", "=", evaluation_id), *self._members_domain()]
        if self.metric in OF_KPI:
            return open_records(
                self.env,
                "supplier_evaluation.supplier_scorecard_line_action",
                [*domain, ("kpi_id", "=", self.kpi_id.id)],
                name=self.name,
            )
        return open_records(
            self.env,
            "supplier_evaluation.supplier_scorecard_action",
            domain,
            name=self.name,
        )

    def _members_domain(self):
        """Return the domain of the scorecards of whom it is about."""
        if self.scope == "all":
            return []
        if self.scope == "supplier":
            return [("partner_id", "=", self.partner_id.id)]
        name, value = (
            ("supplier_tier_id", self.tier_id)
            if self.scope == "tier"
            else ("category_id", self.category_id)
        )
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        members = partners.with_company(self.company_id).search(
            [(name, "in", value.ids)]
        )
        return [("partner_id", "in", members.ids)]
