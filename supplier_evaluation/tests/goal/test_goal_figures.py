from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..certification.common import CertificationCommon
from ..common import SupplierEvaluationCommon
from .common import GoalCommon

FEBRUARY, MARCH = "2026-02-28", "2026-03-31"


@tagged("post_install", "-at_install")
class TestGoalFigures(GoalCommon):
    """What is measured for a goal, by metric and by whom it is about."""

    def test_kpi_of_all_suppliers(self):
        self.assertEqual(
            self._values(self._goal()),
            [(FEBRUARY, 100.0, 2, 0), (MARCH, 66.6667, 3, 0)],
        )

    def test_weighed_by_spend(self):
        late = self._card(self.march, self.late_supplier)
        self._store(late, spend=500)
        goal = self._goal()
        self.assertEqual(self._values(goal)[-1], (MARCH, 50.0, 3, 0))
        goal.weighting = "equal"
        self.assertEqual(self._values(goal)[-1], (MARCH, 66.6667, 3, 0))

    def test_without_spend_a_supplier_does_not_weigh(self):
        late = self._card(self.march, self.late_supplier)
        for spend in (None, 0):
            self._store(late, spend=spend)
            goal = self._goal()
            self.assertEqual(self._values(goal)[-1], (MARCH, 100.0, 2, 1))
            goal.weighting = "equal"
            self.assertEqual(self._values(goal)[-1], (MARCH, 66.6667, 3, 0))
        # Of one supplier there is nothing to weigh.
        own = self._goal(scope="supplier", partner_id=self.late_supplier.id)
        self.assertEqual(self._values(own)[-1], (MARCH, 0.0, 1, 0))

    def test_lower_is_better(self):
        template = self._create_template("Late", ["days_late"])
        evaluation = self._evaluate(template)
        evaluation.action_publish()
        line = self._card(evaluation, self.late_supplier).line_ids
        goal = self._goal(
            kpi_id=self.kpis["days_late"].id,
            template_id=template.id,
            scope="supplier",
            partner_id=self.late_supplier.id,
            baseline=6,
            target=1,
        )
        self.assertFalse(goal.higher_is_better)
        self.assertEqual(self._values(goal), [(MARCH, line.value, 1, 0)])
        self.assertEqual(line.value, 2.0)
        self.assertEqual(self._status(goal), "on_track")
        goal.baseline = 2
        self.assertEqual(self._status(goal), "behind")
        goal.target = 2
        self.assertEqual(self._status(goal), "reached")
        self.assertIn("at most", goal.target_text)

    @staticmethod
    def _status(goal):
        return goal._status_of(goal._measure()[goal], date(2026, 4, 5))

    def test_score(self):
        goal = self._goal(metric="score", weighting="equal")
        self.assertFalse(goal.kpi_id)
        scores = self.march.scorecard_ids.mapped("score")
        self.assertEqual(
            self._values(goal)[-1], (MARCH, round(sum(scores) / 3, 4), 3, 0)
        )

    def test_share_with_a_grade(self):
        best = self._card(self.march, self.supplier).grade_id
        goal = self._goal(metric="grade", grade_id=best.id)
        self.assertEqual(
            self._values(goal),
            [(FEBRUARY, 100.0, 2, 0), (MARCH, 66.6667, 3, 0)],
        )
        lowest = self.env["supplier.grade"]._best_first()[-1]
        goal.grade_id = lowest
        self.assertEqual(self._values(goal)[-1], (MARCH, 100.0, 3, 0))

    def test_provisional_scorecards_do_not_count(self):
        late = self._card(self.march, self.late_supplier)
        self._store(late, provisional=True)
        self.assertEqual(self._values(self._goal())[-1], (MARCH, 100.0, 2, 1))
        self._store(self.march.scorecard_ids, provisional=True)
        self.assertEqual(self._values(self._goal())[-1], (MARCH, None, 0, 3))

    def test_no_data_is_no_figure(self):
        nobody = self._create_supplier("Nobody")
        goal = self._goal(scope="supplier", partner_id=nobody.id)
        self.assertEqual(
            self._values(goal), [(FEBRUARY, None, 0, 0), (MARCH, None, 0, 0)]
        )
        self.assertEqual(goal.status, "no_data")
        self.assertIs(goal.actual, False)
        self.assertEqual(goal.actual_text, "")
        self.env.cr.execute(
            SQL(
                "UPDATE supplier_scorecard_line SET has_value = FALSE, value = NULL"
                " WHERE scorecard_id = ANY(%s)",
                self.march.scorecard_ids.ids,
            )
        )
        goal = self._goal()
        self.assertEqual(self._values(goal)[-1], (MARCH, None, 0, 3))
        # The newest figure that is known is that of February.
        self.assertEqual((goal.actual, goal.status), (100.0, "reached"))

    # ------------------------------------------------------------
    # Of whom
    # ------------------------------------------------------------

    def test_a_tier_in_the_company(self):
        tier = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        goal = self._goal(scope="tier", tier_id=tier.id)
        self.assertEqual(self._values(goal)[-1], (MARCH, None, 0, 0))
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        self.new_supplier.with_company(elsewhere).supplier_tier_id = tier
        self.late_supplier.with_company(self.company).supplier_tier_id = tier
        self.assertEqual(self._values(goal)[-1], (MARCH, 0.0, 1, 0))
        action = self._as(goal, "buyer").action_open_period(self.march.id)
        lines = self._as(self.env[action["res_model"]], "buyer").search(
            action["domain"]
        )
        self.assertEqual(lines.partner_id, self.late_supplier)
        self.assertEqual(lines.kpi_id, self.kpis["otd"])

    def test_a_tag(self):
        tag = self.env["res.partner.category"].create({"name": "Castings"})
        (self.late_supplier | self.new_supplier).category_id = tag
        goal = self._goal(scope="category", category_id=tag.id, metric="score")
        self.assertEqual(self._values(goal)[-1][2:], (2, 0))
        action = self._as(goal, "buyer").action_open_period(self.march.id)
        cards = self._as(self.env[action["res_model"]], "buyer").search(
            action["domain"]
        )
        self.assertEqual(cards.partner_id, self.late_supplier | self.new_supplier)
        self.assertEqual(cards.evaluation_id, self.march)

    def test_a_contact_stands_for_its_company(self):
        contact = self._create_contact("Desk")
        goal = self._goal(scope="supplier", partner_id=contact.id)
        self.assertEqual(goal.partner_id, self.supplier)
        self.assertEqual(self._values(goal)[-1], (MARCH, 100.0, 1, 0))

    def test_a_merged_supplier(self):
        double = self._create_supplier("Double")
        goal = self._goal(scope="supplier", partner_id=self.late_supplier.id)
        before = self._values(goal)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (double | self.late_supplier).ids, double
        )
        self.env.invalidate_all()
        self.assertEqual(goal.partner_id, double)
        self.assertEqual(self._values(goal), before)

    def test_a_revision_takes_the_place_of_what_was(self):
        goal = self._goal()
        self.march.action_revise()
        revision = self.march._same_period() - self.march
        revision.cutoff = "2026-04-03 16:00:00"
        revision.action_compute()
        self.assertEqual(len(self._values(goal)), 2)
        revision.action_publish()
        figures = goal._measure()[goal]
        self.assertEqual([figure.run_id for figure in figures][-1], revision.id)
        self.assertEqual(len(figures), 2)

    def test_companies_apart(self):
        other = self._publish_elsewhere()
        self.assertEqual(self._values(self._goal())[-1][2], 3)
        theirs = self._goal(company_id=other.id, user_id=self.people["manager"].id)
        self.assertEqual([sum(row[2:]) for row in self._values(theirs)], [1])
        seen = self._as(self.env["supplier.goal"], "buyer").search([])
        self.assertNotIn(theirs, seen)

    # ------------------------------------------------------------
    # Which periods
    # ------------------------------------------------------------

    def test_from_the_baseline_to_the_goal(self):
        goal = self._goal(date_baseline="2026-03-01")
        self.assertEqual([row[0] for row in self._values(goal)], [MARCH])
        goal = self._goal(date="2026-02-10", date_baseline="2026-01-01")
        self.assertEqual([row[0] for row in self._values(goal)], [FEBRUARY])
        goal = self._goal(date="2026-03-15")
        self.assertEqual([row[0] for row in self._values(goal)], [FEBRUARY, MARCH])

    def test_statements_do_not_grow(self):
        """Neither with the goals nor with the periods."""
        tier = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        best = self.march.scorecard_ids.grade_id[:1]

        def some(count):
            goals = self.env["supplier.goal"]
            for index in range(count):
                goals |= self._goal(name=f"Goal {index}")
                goals |= self._goal(scope="tier", tier_id=tier.id)
                goals |= self._goal(metric="grade", grade_id=best.id)
            return goals

        few, many = some(1), some(10)
        with freeze_time("2026-04-10"):
            few._follow()
            self.assertEqual(
                self._statements_of(few._follow), self._statements_of(many._follow)
            )


@tagged("post_install", "-at_install")
class TestSavings(SupplierEvaluationCommon):
    """What was paid less than before, added up from the baseline on."""

    def _month(self, month, price):
        self._order(10, price, f"2026-{month}-10", confirmed=f"2026-{month}-02")

    def test_added_up(self):
        template = self._create_template("Prices", ["price_variance"])
        for month, price in (("01", 5), ("02", 4), ("03", 4.5), ("04", 4)):
            self._month(month, price)
        for last in ("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"):
            self._evaluate(
                template,
                date_from=f"{last[:8]}01",
                date_to=last,
                cutoff=f"{last} 15:00:00",
            )
        runs = self.env["supplier.evaluation"].search(
            [("template_id", "=", template.id)], order="date_to"
        )
        for run in runs:
            run.cutoff = "2026-05-31 16:00:00"
            run.action_compute()
            run.action_publish()
        goal = self.env["supplier.goal"].create(
            {
                "name": "Cheaper",
                "metric": "savings",
                "template_id": template.id,
                "company_id": self.company.id,
                "baseline": 0,
                "date_baseline": "2026-01-31",
                "target": 20,
                "date": "2026-12-31",
            }
        )
        values = [figure.value for figure in goal._measure()[goal]]
        # 10 pieces each: 1 less, half more, half less than before. Of January there
        # is nothing to compare with.
        self.assertEqual(values, [None, 10.0, 5.0, 10.0])
        self.assertIn("$", goal.actual_text)
        goal.action_take_baseline()
        self.assertEqual((goal.baseline, str(goal.date_baseline)), (0, "2026-04-30"))
        with self.assertRefused("periods of .* overlap"):
            template.period = "rolling_90"
            goal.metric = "score"
            goal.metric = "savings"


@tagged("post_install", "-at_install")
class TestCertifiedSpend(CertificationCommon):
    """How much was ordered from who is certified, of those that should be."""

    def test_share_of_spend(self):
        self._archive_other_programs()
        other = self._create_supplier("Other", supplier_rank=1)
        self._order(10, 5, "2026-03-10")
        self._order(10, 15, "2026-03-10", partner=other)
        with freeze_time("2026-03-02 04:00:00"):
            self._certified()
        template = self._create_template("Papers", ["otd", "certification"])
        run = self._evaluate(template)
        run.action_publish()
        values = {
            "name": "Certified",
            "metric": "certified",
            "template_id": template.id,
            "company_id": self.company.id,
            "baseline": 10,
            "date_baseline": "2026-02-28",
            "target": 80,
            "date": "2026-12-31",
        }
        goal = self.env["supplier.goal"].create(values)
        self.assertEqual(goal.kpi_id.code, "certification")
        [figure] = goal._measure()[goal]
        lines = run.scorecard_ids.line_ids.filtered(
            lambda line: line.kpi_id == goal.kpi_id
        )
        self.assertEqual(
            {line.partner_id: (line.has_value, line.value) for line in lines},
            {self.supplier: (True, 100.0), other: (True, 0.0)},
        )
        self.assertEqual((figure.value, figure.count), (25.0, 2))
        self.assertEqual(goal.actual_text, "25.0 %")
