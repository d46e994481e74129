from datetime import date

from ..alert.common import AlertCommon


class ImprovementCommon(AlertCommon):
    """Two published months in which the supplier has the best grade."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.incentive.rule"].search([]).active = False
        cls.env["supplier.scorecard.template"].search([]).sets_vendor_score = False
        cls.template = cls._create_template(
            "Grades", ["otd"], sets_vendor_score=True, minimum_lines=1
        )
        cls.people["second"] = cls._create_user(
            "alert_second", "purchase.group_purchase_manager"
        )
        for day in ("2026-02-10", "2026-03-10"):
            for _line in range(3):
                cls._receive(cls._order(10, 5, day, "2026-02-01"), day)
        cls.february = cls._evaluate(
            date_from=date(2026, 2, 1),
            date_to=date(2026, 2, 28),
            cutoff="2026-03-04 16:00:00",
        )
        cls.february.action_publish()
        cls.march = cls._evaluate()
        cls.march.action_publish()
        cls.own = cls.supplier.with_company(cls.company)
        cls.best = cls.own.supplier_grade_id

    @classmethod
    def _rule_of(cls, kind="preferred", **vals):
        return cls.env["supplier.incentive.rule"].create(
            {
                "name": kind,
                "kind": kind,
                "grade_id": cls.best.id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    @classmethod
    def _follow(cls):
        cls.env.flush_all()
        made = cls.env["supplier.incentive"]._follow_grades(cls.company)
        cls.env.invalidate_all()
        return made

    @classmethod
    def _grade(cls, name, provisional=False):
        """Give the supplier another grade, as publishing stores it."""
        grade = cls.env.ref(f"supplier_evaluation.supplier_grade_{name}")
        cls.own._write_guarded(
            {"supplier_grade_id": grade.id, "supplier_score_provisional": provisional}
        )

    def _in_force(self, incentive, approver="manager"):
        self._as(incentive, approver).action_approve()
        self._as(incentive, approver).action_apply()
        return incentive
