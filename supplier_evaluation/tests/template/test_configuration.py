from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import SupplierEvaluationCommon
from ..scorecard.common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestTemplate(SupplierEvaluationCommon):
    def _line(self, points, code="otd", **vals):
        kpi = self.env["supplier.kpi"].search([("code", "=", code)])
        template = self._create_template("Scales", ["fill_rate"])
        return self.env["supplier.scorecard.template.line"].create(
            {
                "template_id": template.id,
                "kpi_id": kpi.id,
                "weight": 10,
                "point_ids": [
                    Command.create({"value": value, "score": score})
                    for value, score in points
                ],
                **vals,
            }
        )

    def test_scales_are_checked(self):
        for points, problem in (
            ([(0, 0)], "at least two points"),
            ([(0, 100), (100, 0)], "better value would earn a lower score"),
        ):
            with self.subTest(points=points):
                with self.assertRaises(ValidationError) as caught:
                    self._line(points)
                self.assertIn(problem, str(caught.exception))
        with self.assertRefused("better value", ValidationError):
            self._line([(0, 0), (10, 100)], code="days_late")

    def test_database_checks(self):
        line = self._line([(0, 0), (100, 100)])
        for change in (
            lambda: line.write({"weight": 0}),
            lambda: line.point_ids[0].write({"score": 101}),
            lambda: line.point_ids[0].copy(),
            lambda: line.template_id.write({"minimum_lines": -1}),
            lambda: line.template_id.write({"coverage_floor": 101}),
        ):
            with (
                self.assertRaises(Exception) as caught,
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                change()
                self.env.flush_all()
            self.assertIn("violates", str(caught.exception))

    def test_scale_in_words(self):
        line = self._line([(50, 0), (100, 100)])
        self.assertEqual(line.points_summary, "50 → 0 · 100 → 100")

    def test_steps(self):
        line = self._line([(0, 0), (75, 60), (76, 80)], scale_mode="step")
        self.assertEqual(line._scale().score(75.5), 60)

    def test_copy_keeps_the_scales(self):
        line = self._line([(50, 0), (100, 100)])
        copy = line.template_id.copy()
        self.assertEqual(
            copy.line_ids.mapped("points_summary"),
            line.template_id.line_ids.mapped("points_summary"),
        )

    def test_copy_is_evaluated_by_nobody_until_somebody_says_so(self):
        """It would publish every period a second time, under the same name."""
        self.template.write({"is_scheduled": True, "auto_publish": True})
        copy = self.template.copy()
        self.assertFalse(copy.is_scheduled)
        self.assertEqual(copy.name, f"{self.template.name} (copy)")
        due = self.env["supplier.evaluation"]._due_evaluations()
        self.assertIn(self.template, [template for template, *_period in due])
        self.assertNotIn(copy, [template for template, *_period in due])
        other = self.template.copy({"name": "Other", "is_scheduled": True})
        self.assertEqual((other.name, other.is_scheduled), ("Other", True))

    def test_grace_covers_the_tolerance(self):
        with self.assertRefused("Raise the grace days", ValidationError):
            self.template.late_tolerance_days = 5

    def test_a_year_that_lost_a_digit(self):
        """The scheduled action would evaluate twenty thousand months."""
        with self.assertRefused("every period since", ValidationError):
            self.template.date_start = "0206-01-01"
        self.template.date_start = "1990-01-01"

    def test_preset(self):
        preset = self.env.ref(
            "supplier_evaluation.supplier_scorecard_template_delivery"
        )
        self.assertEqual(sum(preset.line_ids.mapped("weight")), 100)
        self.assertEqual(len(preset._line_rules()), 6)


@tagged("post_install", "-at_install")
class TestGrade(SupplierEvaluationCommon):
    def test_gap_is_impossible(self):
        lowest = self.env.ref("supplier_evaluation.supplier_grade_d")
        with self.assertRefused("begins at", ValidationError):
            lowest.min_score = 10
        with self.assertRefused("begins at", ValidationError):
            lowest.active = False
        for context in ({}, {"_force_unlink": True}):
            with self.assertRefused("low scores", ValidationError):
                lowest.with_context(**context).unlink()

    def test_gate_keeps_its_grade(self):
        grade = self.env.ref("supplier_evaluation.supplier_grade_c")
        self.template.gate_grade_id = grade
        with self.assertRefused(self.template.name, ValidationError):
            grade.active = False

    def test_new_grade(self):
        self.env["supplier.grade"].create({"name": "A+", "min_score": 97})
        names = self.env["supplier.grade"].search([]).mapped("name")
        self.assertEqual(names, ["A+", "A", "B", "C", "D"])


@tagged("post_install", "-at_install")
class TestDefaults(ThreeSuppliersCommon):
    """What the definition names, as it is delivered, and where its limits are."""

    def _card_of_parts(self, codes):
        """Return the scorecard of a template that weighs the KPIs as told.

        :param dict codes: the weight of each KPI
        """
        template = self._create_template("Parts", list(codes))
        for line in template.line_ids:
            line.weight = codes[line.kpi_id.code]
        return self._card(self._evaluate(template))

    # ------------------------------------------------------------
    # As delivered
    # ------------------------------------------------------------

    def test_grades(self):
        scores = {
            name: self.env.ref(f"supplier_evaluation.supplier_grade_{name}").min_score
            for name in "abcd"
        }
        self.assertEqual(scores, {"a": 90, "b": 80, "c": 60, "d": 0})

    def test_template(self):
        template = self.env["supplier.scorecard.template"].create({"name": "New"})
        for name, value in (
            ("coverage_floor", 60),
            ("minimum_lines", 5),
            ("response_hours", 48),
            ("under_tolerance", 0),
            ("over_tolerance", 10),
            ("late_tolerance_days", 0),
            ("limit_early", False),
            ("weighting", "value"),
        ):
            with self.subTest(field=name):
                self.assertEqual(template[name], value)

    def test_scope_of_an_evaluation_by_a_new_template(self):
        """The facts are asked by the defaults of the template."""
        template = self._create_template("New", ["otd"])
        scope = self._evaluate(template)._run_scope()
        self.assertEqual(
            (scope.late_days, scope.early_days, scope.under_percent),
            (0, None, 0.0),
        )
        self.assertEqual((scope.over_percent, scope.response_hours), (10.0, 48.0))

    # ------------------------------------------------------------
    # At the limits
    # ------------------------------------------------------------

    def test_minimum_coverage(self):
        """60 % of the weight is enough, and a hundredth less is not."""
        for known, missing, coverage in ((60, 40, 60), (59.99, 40.01, 59.99)):
            with self.subTest(coverage=coverage):
                card = self._card_of_parts({"otd": known, "payment_terms": missing})
                self.assertEqual(card.coverage, coverage)
                self.assertEqual(card.delivery_lines, 5)
                self.assertEqual(card.provisional, coverage < 60)

    def test_minimum_lines(self):
        """5 counted lines are enough, and 4 are not."""
        four = self._create_supplier("Four")
        for _index in range(4):
            line = self._order(10, 5, "2026-03-10", partner=four)
            self._receive(line, "2026-03-10")
        for partner, lines in ((self.supplier, 5), (four, 4)):
            with self.subTest(lines=lines):
                evaluation = self._evaluate(
                    self._create_template(f"{lines} lines", ["otd"])
                )
                card = self._card(evaluation, partner)
                self.assertEqual(card.delivery_lines, lines)
                self.assertEqual(card.provisional, lines < 5)
                self.assertEqual(card.rank > 0, lines >= 5)

    def test_lowest_score_of_each_grade(self):
        """A hundredth below it, the next grade is given."""
        card = self._card_of_parts({"otd": 1})
        for score, grade in (
            (100, "A"),
            (90, "A"),
            (89.99, "B"),
            (80, "B"),
            (79.99, "C"),
            (60, "C"),
            (59.99, "D"),
            (0, "D"),
        ):
            with self.subTest(score=score):
                card.line_ids.write(
                    {
                        "is_overridden": True,
                        "override_score": score,
                        "override_reason": "As agreed",
                    }
                )
                self.assertEqual((card.score, card.grade_id.name), (score, grade))
