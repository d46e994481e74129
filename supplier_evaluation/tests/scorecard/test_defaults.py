from odoo.tests import tagged

from .common import ThreeSuppliersCommon


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
