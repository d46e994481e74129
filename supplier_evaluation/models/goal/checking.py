from odoo import api, models
from odoo.exceptions import ValidationError

from ...scoring.period import ROLLING_DAYS
from ...tools.wording import label_of
from .supplier_goal import MEASURED_BY, SUBJECTS

# Between 0 and 100, whatever it says.
PERCENTAGES = ("score", "grade", "certified")


class SupplierGoal(models.Model):
    """What a goal has to be so that it can be measured and reached."""

    _inherit = "supplier.goal"

    @api.constrains("scope", *SUBJECTS.values())
    def _check_scope(self):
        for goal in self:
            name = SUBJECTS.get(goal.scope)
            if name and not goal[name]:
                raise ValidationError(
                    self.env._(
                        "%(goal)s is about “%(scope)s”: say which.",
                        goal=goal.name,
                        scope=label_of(goal, "scope"),
                    )
                )

    @api.constrains("metric", "kpi_id", "grade_id", "template_id")
    def _check_measured(self):
        for goal in self:
            if problem := goal._measure_problem():
                raise ValidationError(problem)

    def _measure_problem(self):
        """Return why there could never be a figure, or False."""
        self.ensure_one()
        names = {
            "goal": self.name,
            "kpi": self.kpi_id.name or label_of(self, "metric"),
            "template": self.template_id.name,
        }
        if self.metric == "grade" and not self.grade_id:
            return self.env._("%(goal)s is about a grade: say which.", **names)
        if self.metric == "kpi" and not self.kpi_id:
            return self.env._("%(goal)s is about a KPI: say which.", **names)
        if self.metric in ("score", "grade"):
            return False
        code = MEASURED_BY.get(self.metric)
        if code and self.kpi_id.code != code:
            return self.env._("There is no KPI that %(goal)s is measured by.", **names)
        if self.kpi_id not in self.template_id.line_ids.kpi_id:
            return self.env._(
                "The template %(template)s does not weigh the KPI %(kpi)s, so no "
                "scorecard has a figure for %(goal)s. Choose another template, or add "
                "the KPI to it.",
                **names,
            )
        if self.metric == "savings" and self.template_id.period in ROLLING_DAYS:
            return self.env._(
                "The periods of %(template)s overlap: savings would be counted more "
                "than once. Choose a template with calendar periods for %(goal)s.",
                **names,
            )
        return False

    @api.constrains("metric", "kpi_id", "baseline", "target")
    def _check_target(self):
        for goal in self:
            out_of_range = goal.metric in PERCENTAGES and not (
                0 <= goal.target <= 100 and 0 <= goal.baseline <= 100
            )
            if out_of_range:
                raise ValidationError(
                    self.env._(
                        "Baseline and target of %s are between 0 and 100.", goal.name
                    )
                )
            if goal.date and not goal._path().is_as_good(goal.target, goal.baseline):
                raise ValidationError(
                    self.env._(
                        "The target of %(goal)s, %(target)s, is worse than the "
                        "baseline, %(baseline)s.",
                        goal=goal.name,
                        target=goal._words(goal.target),
                        baseline=goal._words(goal.baseline),
                    )
                )

    @api.constrains("user_id", "company_id")
    def _check_owner(self):
        for goal in self:
            if not (goal.user_id._is_superuser() or goal._is_shown_to_owner()):
                raise ValidationError(
                    self.env._(
                        "%(user)s does not see the suppliers of %(company)s, so cannot "
                        "be the owner of %(goal)s. Give the access “Supplier "
                        "Evaluation: User” and the company in the settings of the "
                        "user, or choose somebody else.",
                        user=goal.user_id.name,
                        company=goal.company_id.name,
                        goal=goal.name,
                    )
                )
