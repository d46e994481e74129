import io
from datetime import date, datetime

from openpyxl import load_workbook
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.supplier_evaluation.models.scorecard_seal import verify_seals
from odoo.addons.supplier_evaluation.report.scorecard_xlsx import scorecards_xlsx

from .common import SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluation(SupplierEvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("Two", ["otd", "fill_rate"])
        cls.late_supplier = cls._create_supplier("Late")
        cls.small_supplier = cls._create_supplier("Small")
        for _index in range(5):
            line = cls._order(10, 5, "2026-03-10")
            cls._receive(line, "2026-03-10")
            line = cls._order(10, 5, "2026-03-10", partner=cls.late_supplier)
            cls._receive(line, "2026-03-12")
        line = cls._order(10, 5, "2026-03-10", partner=cls.small_supplier)
        cls._receive(line, "2026-03-10")

    def _card(self, evaluation, partner=None):
        return evaluation.scorecard_ids.filtered(
            lambda card: card.partner_id == (partner or self.supplier)
        )

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
        kpi = self.template.line_ids.kpi_id[0]
        original = type(kpi)._measure

        def broken(kpis, scope):
            measures = original(kpis, scope)
            for code, measure in measures[self.late_supplier.id].items():
                measures[self.late_supplier.id][code] = type(measure)(
                    float("nan"), n=1, n_eff=1.0
                )
            return measures

        self.patch(type(kpi), "_measure", broken)
        with mute_logger("odoo.addons.supplier_evaluation.models.evaluation_run"):
            evaluation.action_compute()
        self.assertEqual(len(evaluation.scorecard_ids), 2)
        self.assertIn(self.late_supplier.name, evaluation.problems)

    def test_template_without_kpi(self):
        self.template.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "has no KPI"):
            self._evaluate()

    def test_template_of_another_company(self):
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.env.user.company_ids |= other
        with self.assertRaises(UserError):
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
        with self.assertRaisesRegex(ValidationError, "supplier filter"):
            self.template.partner_domain = "[('no_such_field', '=', 1)]"

    # ------------------------------------------------------------
    # Publish
    # ------------------------------------------------------------

    def test_vendor_values(self):
        evaluation = self._evaluate()
        vendor = self.supplier.with_company(self.company)
        self.assertFalse(vendor.supplier_scorecard_id)
        evaluation.action_publish()
        self.assertEqual(vendor.supplier_score, 100.0)
        self.assertEqual(vendor.supplier_grade_id.name, "A")
        self.assertEqual(vendor.supplier_scorecard_id, self._card(evaluation))
        self.assertFalse(vendor.supplier_score_provisional)
        small = self.small_supplier.with_company(self.company)
        self.assertTrue(small.supplier_score_provisional)
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.assertFalse(self.supplier.with_company(other).supplier_score)

    def test_vendor_values_of_another_company_stay(self):
        other = self._create_company("Elsewhere", "UTC", "EUR")
        grade = self.env.ref("supplier_evaluation.supplier_grade_c")
        self.supplier.with_company(other).sudo().supplier_grade_id = grade
        self._evaluate().action_publish()
        self.assertEqual(self.supplier.with_company(other).supplier_grade_id, grade)

    def test_older_period_does_not_overwrite(self):
        march = self._evaluate()
        february = self._evaluate(
            date_from=date(2026, 2, 1), date_to=date(2026, 3, 15)
        )
        march.action_publish()
        february.action_publish()
        vendor = self.supplier.with_company(self.company)
        self.assertEqual(vendor.supplier_scorecard_id.evaluation_id, march)

    def test_template_that_does_not_set_the_score(self):
        self.template.sets_vendor_score = False
        self._evaluate().action_publish()
        self.assertFalse(
            self.supplier.with_company(self.company).supplier_scorecard_id
        )

    def test_best_vendors_first(self):
        self._evaluate().action_publish()
        vendors = (
            self.env["res.partner"]
            .with_company(self.company)
            .with_context(res_partner_search_mode="supplier")
            .search([("id", "in", (self.supplier | self.late_supplier).ids)])
        )
        self.assertEqual(vendors[0], self.supplier)

    def test_badge_on_the_order(self):
        self._evaluate().action_publish()
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        order = self._order(1, 1, "2026-03-20", partner=contact).order_id
        self.assertEqual(order.supplier_grade_id.name, "A")
        self.assertEqual(order.supplier_score, 100.0)

    def test_trend(self):
        first = self._evaluate(date_from=date(2026, 3, 1), date_to=date(2026, 3, 15))
        first.action_publish()
        line = self._order(100, 5, "2026-03-20")
        second = self._evaluate()
        card = self._card(second)
        self.assertEqual(card.previous_id, self._card(first))
        self.assertLess(card.trend, 0)
        self.assertEqual(card.trend_direction, "down")
        self.assertTrue(line)

    # ------------------------------------------------------------
    # Published is immutable
    # ------------------------------------------------------------

    def test_published_stays(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        card = self._card(evaluation)
        for change in (
            lambda: evaluation.write({"date_to": date(2026, 4, 30)}),
            lambda: evaluation.action_compute(),
            lambda: evaluation.action_publish(),
            lambda: evaluation.unlink(),
            lambda: card.write({"score": 1}),
            lambda: card.sudo().write({"score": 1}),
            lambda: card.sudo().unlink(),
            lambda: card.line_ids[0].sudo().write({"value": 1}),
            lambda: card.line_ids[0].write(
                {"is_overridden": True, "override_reason": "late"}
            ),
            lambda: card.line_ids[0].sudo().unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        self.assertEqual(card.score, 100.0)

    def test_template_snapshot(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        self.template.line_ids[0].weight = 77
        weights = [line["weight"] for line in evaluation.template_snapshot["lines"]]
        self.assertEqual(weights, [10, 10])

    def test_revision_supersedes(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        old_card = self._card(evaluation)
        self._order(1000, 5, "2026-03-20")
        action = evaluation.action_revise()
        revision = self.env["supplier.evaluation"].browse(action["res_id"])
        self.assertEqual((revision.revision, revision.revision_of_id), (2, evaluation))
        revision.action_compute()
        self.assertEqual(evaluation.state, "published")
        revision.action_publish()
        self.assertEqual(evaluation.state, "superseded")
        self.assertEqual(old_card.score, 100.0)
        vendor = self.supplier.with_company(self.company)
        self.assertEqual(vendor.supplier_scorecard_id, self._card(revision))
        self.assertLess(vendor.supplier_score, 100.0)

    def test_revision_that_drops_a_supplier(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        lines = self.env["purchase.order.line"].search(
            [("partner_id", "=", self.small_supplier.id)]
        )
        lines._set_supplier_exclusion("manual", "test order")
        revision = self.env["supplier.evaluation"].browse(
            evaluation.action_revise()["res_id"]
        )
        revision.action_compute()
        revision.action_publish()
        vendor = self.small_supplier.with_company(self.company)
        self.assertFalse(vendor.supplier_scorecard_id)
        self.assertFalse(vendor.supplier_grade_id)

    def test_only_published_is_revised(self):
        with self.assertRaises(UserError):
            self._evaluate().action_revise()

    def test_one_evaluation_a_period(self):
        self._evaluate()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._evaluate()

    def test_seals(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        later = self._evaluate(date_from=date(2026, 3, 2))
        later.action_publish()
        cards = (evaluation | later).scorecard_ids.sorted("seal_number")
        self.assertEqual(cards.mapped("seal_number"), list(range(1, 7)))
        self.assertEqual(len(set(cards.mapped("seal"))), 6)
        self.assertFalse(verify_seals(self.company))
        self.assertTrue(evaluation.action_verify_seals())

    def test_broken_seal_is_found(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        card = evaluation.scorecard_ids.sorted("seal_number")[1]
        self.env.cr.execute(
            "UPDATE supplier_scorecard_line SET value = value + 1"
            " WHERE scorecard_id = %s",
            [card.id],
        )
        self.env.invalidate_all()
        self.assertEqual(verify_seals(self.company), card)
        with self.assertRaisesRegex(UserError, card.partner_id.name):
            evaluation.action_verify_seals()

    def test_missing_scorecard_breaks_the_chain(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        last = evaluation.scorecard_ids.sorted("seal_number")[-1]
        self.env.cr.execute(
            "DELETE FROM supplier_scorecard WHERE id = %s", [last.id]
        )
        self.env.invalidate_all()
        self.assertTrue(verify_seals(self.company))

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
        self.assertAlmostEqual(sum(card.line_ids.mapped("contribution")), 100.0)
        otd.write({"is_overridden": False})
        self.assertEqual((card.score, card.rank), (50.0, 2))

    def test_override_needs_a_reason(self):
        line = self._card(self._evaluate()).line_ids[0]
        with self.assertRaisesRegex(ValidationError, "Say why"):
            line.write({"is_overridden": True, "override_score": 10})

    # ------------------------------------------------------------
    # Workbook
    # ------------------------------------------------------------

    def test_workbook(self):
        self.supplier.name = "=1+1"
        workbook = load_workbook(io.BytesIO(scorecards_xlsx(self._evaluate())))
        ranking = list(workbook.worksheets[0].values)
        self.assertEqual(ranking[1][:3], ("=1+1", 1, 100))
        self.assertEqual(workbook.worksheets[0]["A2"].data_type, "s")
        self.assertEqual(len(ranking), 4)
        self.assertEqual(len(list(workbook.worksheets[1].values)), 7)

    def test_cutoff_is_never_later_than_now(self):
        evaluation = self.env["supplier.evaluation"].create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": date(2026, 3, 1),
                "date_to": date(2036, 3, 31),
            }
        )
        self.assertLessEqual(evaluation.cutoff, datetime.now())
        past = self.env["supplier.evaluation"].create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": date(2026, 3, 1),
                "date_to": date(2026, 3, 31),
            }
        )
        self.assertEqual(past.cutoff, datetime(2026, 4, 4, 16, 0))
