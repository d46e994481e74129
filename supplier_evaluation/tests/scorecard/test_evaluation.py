import io
from datetime import date, datetime

from freezegun import freeze_time
from openpyxl import load_workbook
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.kpi.measured import Measured
from ...models.scorecard.columns import SCORECARD_COLUMNS
from ...report.scorecard.scorecard_xlsx import scorecards_xlsx
from ...scoring import Measure
from .common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestEvaluation(ThreeSuppliersCommon):
    # ------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------

    def test_scores_grades_and_ranks(self):
        evaluation = self._evaluate()
        good, late = self._card(evaluation), self._card(evaluation, self.late_supplier)
        self.assertEqual((good.score, good.grade_id.name, good.rank), (100.0, "A", 1))
        self.assertEqual((late.score, late.grade_id.name, late.rank), (50.0, "D", 2))
        self.assertEqual(good.coverage, 100.0)
        self.assertEqual(evaluation.scorecard_count, 3)
        self.assertEqual(evaluation.provisional_count, 1)

    def test_figures_as_their_reader_writes_them(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        card = self._card(self._evaluate(), self.late_supplier)
        line = card.line_ids.filtered(lambda one: one.kpi_id.code == "otd")
        line.sudo().write({"value": 66.66, "low": -0.04, "high": 1234.56})
        self.assertTrue(line.has_interval)
        self.assertEqual(line.value_text, "66.7 %")
        self.assertEqual(line.interval_text, "0.0 – 1,234.6")
        french = line.with_context(lang="fr_FR")
        self.assertEqual(french.value_text, "66,7 %")
        self.assertRegex(french.interval_text, r"^0,0 – 1\s?234,6$")

    def test_provisional_is_not_ranked(self):
        card = self._card(self._evaluate(), self.small_supplier)
        self.assertTrue(card.provisional)
        self.assertEqual(card.score, 100.0)
        self.assertEqual(card.rank, 0)

    def test_low_coverage_is_provisional(self):
        ack = self.env["supplier.kpi"].search([("code", "=", "lead_time_cv")])
        self.template.line_ids = [
            Command.create(
                {
                    "kpi_id": ack.id,
                    "weight": 60,
                    "point_ids": [Command.create(p) for p in self._points(False)],
                }
            )
        ]
        for line in self.env["purchase.order.line"].search(
            [("partner_id", "=", self.supplier.id)]
        )[1:]:
            line._set_supplier_exclusion("manual", "test")
        self.template.minimum_lines = 1
        card = self._card(self._evaluate())
        self.assertEqual(card.coverage, 25.0)
        self.assertTrue(card.provisional)

    def test_interval_of_the_score(self):
        card = self._card(self._evaluate())
        otd = card.line_ids.filtered(lambda line: line.kpi_id.code == "otd")
        self.assertEqual(otd.n, 5)
        self.assertTrue(otd.has_interval)
        self.assertLess(card.score_low, card.score)
        self.assertLessEqual(card.score_high, 100)
        self.assertAlmostEqual(sum(card.line_ids.mapped("contribution")), card.score)

    def test_gate_caps_the_grade(self):
        otd = self.template.line_ids.filtered(lambda line: line.kpi_id.code == "otd")
        otd.write({"has_gate": True, "minimum_score": 60, "weight": 1})
        self.template.line_ids.filtered(lambda line: line != otd).weight = 99
        card = self._card(self._evaluate(), self.late_supplier)
        self.assertEqual(card.score, 99.0)
        self.assertTrue(card.gated)
        self.assertEqual(card.grade_id.name, "D")
        self.template.gate_grade_id = self.env.ref(
            "supplier_evaluation.supplier_grade_b"
        )
        evaluation = self._evaluate(date_from=date(2026, 3, 2))
        card = self._card(evaluation, self.late_supplier)
        self.assertEqual(card.grade_id.name, "B")

    def test_computing_again_replaces(self):
        evaluation = self._evaluate()
        evaluation.action_compute()
        self.assertEqual(len(evaluation.scorecard_ids), 3)

    def test_supplier_that_cannot_be_scored(self):
        """One that fails is named; the others are scored."""
        evaluation = self._evaluate()
        original = Measured.slices

        def broken(measured, *args, **kwargs):
            for suppliers in original(measured, *args, **kwargs):
                for known, measures in suppliers:
                    if known[0] == self.late_supplier.id:
                        nothing = Measure(float("nan"), n=1, n_eff=1.0)
                        measures.update(dict.fromkeys(measures, nothing))
                yield suppliers

        self.patch(Measured, "slices", broken)
        with mute_logger("odoo.addons.supplier_evaluation.models.scorecard.run"):
            evaluation.action_compute()
        self.assertEqual(len(evaluation.scorecard_ids), 2)
        self.assertIn(self.late_supplier.name, evaluation.problems)

    def test_template_without_kpi(self):
        self.template.line_ids.unlink()
        with self.assertRefused("has no KPI"):
            self._evaluate()

    def test_template_of_another_company(self):
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.env.user.company_ids |= other
        with self.assertRefused("evaluates for Golden Works only"):
            self._evaluate(company_id=other.id)

    # ------------------------------------------------------------
    # Scope of suppliers
    # ------------------------------------------------------------

    def test_scope_of_the_template(self):
        strategic = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        tag = self.env["res.partner.category"].create({"name": "Steel"})
        industry = self.env["res.partner.industry"].create({"name": "Forging"})
        self.supplier.with_company(self.company).supplier_tier_id = strategic
        self.late_supplier.category_id = tag
        self.small_supplier.industry_id = industry
        for vals, expected in (
            ({"tier_ids": strategic.ids}, self.supplier),
            ({"category_ids": tag.ids}, self.late_supplier),
            ({"industry_ids": industry.ids}, self.small_supplier),
            ({"partner_domain": "[('name', '=', 'Late')]"}, self.late_supplier),
        ):
            with self.subTest(vals=vals):
                template = self._create_template("Scope", ["otd"], **vals)
                evaluation = self._evaluate(template)
                self.assertEqual(evaluation.scorecard_ids.partner_id, expected)

    def test_tier_is_a_matter_of_the_company(self):
        tier = self.env.ref("supplier_evaluation.supplier_tier_partner")
        self.supplier.with_company(self.company).supplier_tier_id = tier
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.assertFalse(self.supplier.with_company(other).supplier_tier_id)
        partners = self.env["res.partner"].with_company(self.company)
        self.assertIn(
            self.supplier, partners.search([("supplier_tier_id", "=", tier.id)])
        )
        groups = partners._read_group(
            [("supplier_tier_id", "!=", False)], ["supplier_tier_id"], ["__count"]
        )
        self.assertEqual(groups, [(tier, 1)])

    def test_broken_supplier_filter(self):
        with self.assertRefused("supplier filter", ValidationError):
            self.template.partner_domain = "[('no_such_field', '=', 1)]"

    # ------------------------------------------------------------
    # Override
    # ------------------------------------------------------------

    def test_override(self):
        evaluation = self._evaluate()
        card = self._card(evaluation, self.late_supplier)
        otd = card.line_ids.filtered(lambda line: line.kpi_id.code == "otd")
        otd.write(
            {
                "is_overridden": True,
                "override_score": 100,
                "override_reason": "Our dock was closed",
            }
        )
        self.assertEqual((otd.score, otd.computed_score), (100.0, 0.0))
        self.assertEqual((card.score, card.grade_id.name, card.rank), (100.0, "A", 1))
        self.assertEqual(evaluation.average_score, 100.0)
        self.assertEqual(otd.override_uid, self.env.user)
        self.assertAlmostEqual(sum(card.line_ids.mapped("contribution")), 100.0)
        otd.write({"is_overridden": False})
        self.assertEqual((card.score, card.rank), (50.0, 2))

    def test_override_given_up_is_as_computed(self):
        """What an override composes is stored as the run stores it."""
        evaluation = self._evaluate()
        cards = evaluation.scorecard_ids
        computed = cards.read(SCORECARD_COLUMNS), evaluation.average_score
        lines = cards.line_ids.filtered("has_value")
        self.assertGreater(len(lines), 1)
        for score in (0, 100):
            lines.write(
                {
                    "is_overridden": True,
                    "override_score": score,
                    "override_reason": "Tried out",
                }
            )
            self.assertEqual(evaluation.average_score, score)
        lines.write({"is_overridden": False})
        self.env.invalidate_all()
        self.assertEqual(
            (cards.read(SCORECARD_COLUMNS), evaluation.average_score), computed
        )

    def test_override_is_in_range(self):
        line = self._card(self._evaluate()).line_ids[0]
        for score in (5000, -1):
            vals = {
                "is_overridden": True,
                "override_score": score,
                "override_reason": "Typed wrong",
            }
            with (
                self.subTest(score=score),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
            ):
                line.write(vals)

    def test_override_needs_a_reason(self):
        line = self._card(self._evaluate()).line_ids[0]
        with self.assertRefused("Say why", ValidationError):
            line.write({"is_overridden": True, "override_score": 10})

    # ------------------------------------------------------------
    # Workbook
    # ------------------------------------------------------------

    def test_workbook(self):
        self.supplier.name = "=1+1"
        workbook = load_workbook(io.BytesIO(scorecards_xlsx(self._evaluate())))
        ranking = list(workbook["Ranking"].values)
        self.assertEqual(ranking[1][:3], ("=1+1", 1, 100))
        self.assertEqual(workbook["Ranking"]["A2"].data_type, "s")
        self.assertEqual(len(ranking), 4)
        self.assertEqual(len(list(workbook["KPIs"].values)), 7)

    def test_cutoff_is_never_later_than_now(self):
        """A run of a period that goes on looks at what there is."""
        evaluation = self.env["supplier.evaluation"].create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": date(2026, 3, 1),
                "date_to": date(2026, 3, 31),
            }
        )
        self.assertEqual(evaluation.cutoff, datetime(2026, 4, 4, 16, 0))
        with freeze_time("2026-03-15 10:00:00"):
            evaluation.action_compute()
        self.assertEqual(evaluation.cutoff, datetime(2026, 3, 15, 10, 0))
        with freeze_time("2026-06-15 10:00:00"):
            evaluation.action_compute()
        self.assertEqual(evaluation.cutoff, datetime(2026, 4, 4, 16, 0))

    def test_cutoff_before_the_period(self):
        with self.assertRefused("before its period", ValidationError):
            self._evaluate(cutoff=datetime(2026, 2, 1))

    def test_override_without_data(self):
        lead = self.env["supplier.kpi"].search([("code", "=", "ack_rate")])
        self.env["supplier.history.line"].create(
            {
                "company_id": self.company.id,
                "partner_id": self._create_supplier("Old").id,
                "order_ref": "X",
                "line_ref": "1",
                "quantity_ordered": 1,
                "currency_id": self.company.currency_id.id,
                "date_promised": "2026-03-10",
            }
        )
        self.template.line_ids = [
            Command.create(
                {
                    "kpi_id": lead.id,
                    "point_ids": [Command.create(p) for p in self._points(True)],
                }
            )
        ]
        evaluation = self._evaluate()
        empty = evaluation.scorecard_ids.line_ids.filtered(
            lambda line: not line.has_value
        )
        self.assertTrue(empty)
        with self.assertRefused("no data", ValidationError):
            empty[0].write({"is_overridden": True, "override_reason": "x"})
