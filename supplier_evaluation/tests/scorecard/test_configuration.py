from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import SupplierEvaluationCommon
from ..kpi.common import CATALOGUE


@tagged("post_install", "-at_install")
class TestKpi(SupplierEvaluationCommon):
    def _kpi(self, **vals):
        return self.env["supplier.kpi"].create(
            {
                "name": "Late share",
                "code": "test_kpi",
                "description": "Test",
                "aggregator": "mean",
                "numerator": "days_late",
                "unit": "days",
                **vals,
            }
        )

    def test_definition_is_checked(self):
        for vals, problem in (
            ({"fact_model": "no.model"}, "no records no.model"),
            ({"fact_model": "res.partner"}, "has no field partner_id"),
            ({"numerator": "no_field"}, "has no field no_field"),
            ({"numerator": False}, "field to take"),
            ({"aggregator": "ratio"}, "a numerator and a denominator"),
            ({"domain": "[('no_field', '=', 1)]"}, "domain"),
            ({"domain": "[('date', '='"}, "domain"),
        ):
            with self.subTest(vals=vals):
                with self.assertRaises(ValidationError) as caught:
                    self._kpi(**vals)
                self.assertIn(problem, str(caught.exception))

    def test_domain_narrows(self):
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-14")
        other = self._create_product("Nut")
        self._receive(self._order(10, 5, "2026-03-10", product=other), "2026-03-10")
        kpi = self._kpi(domain=f"[('product_id', '=', {self.product.id})]")
        measures = kpi._measure(self._scope())
        self.assertEqual(measures[self.supplier.id]["test_kpi"].value, 4.0)

    def test_sum_and_count(self):
        for quantity in (10, 20):
            self._receive(self._order(quantity, 5, "2026-03-10"), "2026-03-10")
        count = self._kpi(aggregator="count", numerator=False, unit="number")
        total = self._kpi(
            code="test_sum",
            aggregator="sum",
            numerator="quantity_received",
            unit="number",
        )
        values = (count + total)._measure(self._scope())[self.supplier.id]
        self.assertEqual(values["test_kpi"].value, 2)
        self.assertEqual(values["test_sum"].value, 30)

    def test_every_preset_explains_itself(self):
        kpis = self.env["supplier.kpi"].search([("dimension", "=", "delivery")])
        self.assertEqual(set(kpis.mapped("code")), CATALOGUE["delivery"])
        for kpi in kpis:
            self.assertGreater(len(kpi.description), 60, kpi.code)
            self.assertTrue(kpi.exclusion_text, kpi.code)


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

    def test_grace_covers_the_tolerance(self):
        with self.assertRefused("Raise the grace days", ValidationError):
            self.template.late_tolerance_days = 5

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
