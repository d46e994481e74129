from odoo.tools import SQL

from ..common import BUYER, MANAGER
from ..overview.common import OverviewCommon


class GoalCommon(OverviewCommon):
    """February and March are published: of 100 % on time, one supplier falls to 0."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.goal"].search([]).active = False
        cls.people["manager"] = cls._create_user("goal_manager", MANAGER)
        cls.people["buyer"] = cls._create_user("goal_buyer", BUYER)
        cls.kpis = {kpi.code: kpi for kpi in cls.env["supplier.kpi"].search([])}

    @classmethod
    def _goal(cls, **vals):
        """A goal of the on-time rate: from 60 % at the end of January to 90 %."""
        return cls.env["supplier.goal"].create(
            {
                "name": "On time",
                "metric": "kpi",
                "kpi_id": cls.kpis["otd"].id,
                "template_id": cls.template.id,
                "company_id": cls.company.id,
                "user_id": cls.people["manager"].id,
                "baseline": 60,
                "date_baseline": "2026-01-31",
                "target": 90,
                "date": "2026-12-31",
                **vals,
            }
        )

    def _values(self, goal):
        """What was measured in each period: its last day, value, and counts."""
        return [
            (
                str(figure.date_to),
                None if figure.value is None else round(figure.value, 4),
                figure.count,
                figure.left_out,
            )
            for figure in goal._measure()[goal]
        ]

    @classmethod
    def _store(cls, cards, **vals):
        """Write on published scorecards what nobody may write."""
        cls.env.flush_all()
        for name, value in vals.items():
            cls.env.cr.execute(
                SQL(
                    "UPDATE supplier_scorecard SET %s = %s WHERE id = ANY(%s)",
                    SQL.identifier(name),
                    value,
                    cards.ids,
                )
            )
        cls.env.invalidate_all()
