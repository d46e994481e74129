from odoo import Command

from ..common import BUYER, MANAGER, REVIEWER
from ..overview.common import OverviewCommon


class TrialCommon(OverviewCommon):
    """Three suppliers, of which one got late in March; two KPIs of the same weight."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            **cls.people,
            "evaluator": cls._create_user("trial_user", BUYER),
            "chief": cls._create_user("trial_chief", MANAGER),
            "asked": cls._create_user("trial_reviewer", REVIEWER),
            "elsewhere": cls._create_user(
                "trial_elsewhere",
                MANAGER,
                cls._create_company("Far Works", "UTC", "EUR"),
            ),
        }

    def _what_if(self, person="chief", **asked):
        return self._as(self.env["supplier.evaluation"], person).retrieve_what_if(
            **asked
        )

    @classmethod
    def _line(cls, code, template=None):
        return (template or cls.template).line_ids.filtered(
            lambda line: line.kpi_id.code == code
        )

    @classmethod
    def _rules(cls, **weights):
        """The lines of the template as the browser sends them, with other weights."""
        return [
            {
                "kpi_id": line.kpi_id.id,
                "weight": weights.get(line.kpi_id.code, line.weight),
                "mode": line.scale_mode,
                "points": [list(point) for point in line._points()],
                "minimum": line.minimum_score if line.has_gate else None,
            }
            for line in cls.template.line_ids
        ]

    def _evaluated_again(self):
        """Return a revision of March, computed: it can be changed yet."""
        action = self.march.action_revise()
        run = self.env["supplier.evaluation"].browse(action["res_id"])
        self.env.flush_all()
        run.action_compute()
        return run

    def _draft(self, person="chief", **weights):
        """Save a draft with other weights, as a person does."""
        action = self._as(self.template, person).action_save_draft(
            self._rules(**weights)
        )
        return self.env["supplier.scorecard.template"].browse(action["res_id"])

    @classmethod
    def _block_grades(cls, *names, **vals):
        """A policy that blocks orders to suppliers of grades."""
        grades = cls.env["supplier.grade"].search([("name", "in", names)])
        return cls.env["supplier.purchase.policy"].create(
            {
                "name": "Not these grades",
                "company_id": cls.company.id,
                "date_from": "2020-01-01",
                "effect": "block",
                "grade_ids": [Command.set(grades.ids)],
                **vals,
            }
        )
