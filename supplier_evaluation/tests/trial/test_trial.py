from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.scorecard.run import TemplateScoring
from ..overview.common import FEBRUARY
from ..scheduled import SCHEDULED
from .common import TrialCommon

CRON = "supplier_evaluation.ir_cron_supplier_trial"
PERIODS = "odoo.addons.supplier_evaluation.models.trial.supplier_trial_period"
# What a back-test may not touch.
REAL = (
    "supplier.evaluation",
    "supplier.scorecard",
    "supplier.scorecard.line",
    "supplier.scorecard.dimension",
    "supplier.alert",
    "supplier.incentive",
    "supplier.tier.proposal",
)


@tagged("post_install", "-at_install")
class TestTrial(TrialCommon):
    """Past periods scored with a draft: figures by hand, and no consequence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref(CRON)

    def _trial(self, template=None, **vals):
        template = template or self._draft(otd=30)
        return self._as(self.env["supplier.trial"], "chief").create(
            {"template_id": template.id, "company_id": self.company.id, **vals}
        )

    def _run(self, trial):
        with freeze_time("2026-06-01"):
            trial.action_start()
            with self.enter_registry_test_mode():
                self.cron.method_direct_trigger()
        trial.invalidate_recordset()
        return trial

    def _row(self, trial, partner, month=3):
        return trial.sudo().period_ids.card_ids.filtered(
            lambda card: (
                card.partner_id == partner and card.period_id.date_to.month == month
            )
        )

    def test_published_periods_are_scored(self):
        trial = self._run(self._trial())
        self.assertEqual(trial.state, "done")
        self.assertEqual(trial.progress, 100)
        self.assertEqual(
            [
                (period.date_from, period.evaluation_id)
                for period in trial.sudo().period_ids
            ],
            [
                (date(2026, 3, 1), self.march),
                (date(2026, 2, 1), self.february),
            ],
        )
        self.assertFalse(trial.problems)

    def test_only_so_many_periods(self):
        trial = self._run(self._trial(period_count=1))
        self.assertEqual(trial.sudo().period_ids.evaluation_id, self.march)

    def test_closed_period_while_utc_is_a_day_behind(self):
        """April has begun in Shanghai, and March is over there."""
        template = self._create_template(
            "Fresh", ["otd"], grace_days=0, date_start="2026-02-01"
        )
        trial = self._trial(template)
        for now, last in (
            ("2026-03-31 15:00:00", date(2026, 2, 28)),
            ("2026-03-31 17:00:00", date(2026, 3, 31)),
        ):
            with self.subTest(now=now), freeze_time(now):
                self.assertEqual(trial.sudo()._past_periods()[0]["date_to"], last)

    def test_scores_are_those_of_an_evaluation(self):
        """On time nothing of five, all came: 0 × 30 + 100 × 10 of 40."""
        draft = self._draft(otd=30)
        trial = self._run(self._trial(draft))
        row = self._row(trial, self.late_supplier)
        self.assertEqual(row.score, 25.0)
        self.assertEqual(row.before_score, 50.0)
        draft.active = True
        evaluation = self._evaluate(draft)
        for card in evaluation.scorecard_ids:
            own = self._row(trial, card.partner_id)
            for name in ("score", "grade_id", "provisional", "gated", "rank"):
                self.assertEqual(own[name], card[name], name)
            self.assertEqual(own.coverage, card.coverage)

    def test_grades_against_what_was_published(self):
        """C is from 60 on: the late one loses nothing below it, but a better one."""
        self._line("otd").weight = 10
        draft = self._draft(otd=1, fill_rate=9)
        trial = self._run(self._trial(draft))
        row = self._row(trial, self.late_supplier)
        self.assertEqual((row.before_grade_id.name, row.grade_id.name), ("D", "A"))
        self.assertEqual(row.shift, 3)
        march = trial.sudo().period_ids[0]
        self.assertEqual(
            (march.compared_count, march.better_count, march.worse_count), (3, 1, 0)
        )
        self.assertEqual(trial.better_count, 1)
        names = {grade["id"]: grade["name"] for grade in trial.shifts["grades"]}
        self.assertEqual(
            {
                (names[before], names[after]): count
                for before, after, count in trial.shifts["counts"]
            },
            {("A", "A"): 4, ("D", "A"): 1},
        )
        self.assertIn("published: 1 better, 0 worse, of 5", trial.summary)

    def test_provisional_is_not_compared(self):
        draft = self._draft(otd=1, fill_rate=9)
        draft.minimum_lines = 6
        trial = self._run(self._trial(draft))
        row = self._row(trial, self.late_supplier)
        self.assertTrue(row.provisional)
        self.assertFalse(row.is_compared)
        self.assertIs(row.shift, False)
        self.assertIs(row.rank, False)
        self.assertEqual(trial.compared_count, 0)

    def test_who_would_have_been_stopped(self):
        self._block_grades("D")
        trial = self._run(self._trial(self._draft(otd=1, fill_rate=9)))
        row = self._row(trial, self.late_supplier)
        self.assertEqual((row.stopped, row.stopped_before), (False, True))
        self.assertEqual((trial.stopped_count, trial.stopped_before_count), (0, 1))
        # No order is blocked by it: the vendor has its published grade.
        self.assertIn("stopped: 0; with the published grades: 1.", trial.summary)

    def test_exception_and_other_criteria_of_policies(self):
        """A stage excepts a vendor; a policy without a grade stops nobody here."""
        stage = self.env.ref("supplier_evaluation.supplier_stage_approved")
        self.late_supplier.with_company(self.company)._write_guarded(
            {"supplier_stage_id": stage.id}
        )
        self._block_grades("D", sequence=20)
        self._block_grades(sequence=5, stage_ids=[Command.set(stage.ids)])
        trial = self._run(self._trial())
        self.assertTrue(self._row(trial, self.late_supplier).stopped)
        self._block_grades(
            sequence=1,
            effect="allow",
            message="Strategic",
            stage_ids=[Command.set(stage.ids)],
        )
        trial = self._run(self._trial())
        self.assertFalse(self._row(trial, self.late_supplier).stopped)

    def test_warning_stops_nobody(self):
        self._block_grades("D", effect="warn")
        trial = self._run(self._trial())
        self.assertFalse(self._row(trial, self.late_supplier).stopped)
        self.assertIn("No purchase policy in use blocks", trial.summary)

    def test_what_came_next(self):
        """April: one supplier is late, one is punctual, one delivers nothing."""
        self._month("04", self.supplier, came="10")
        self._month("04", self.late_supplier, came="14")
        trial = self._run(self._trial())
        row = self._row(trial, self.late_supplier)
        self.assertEqual((row.late_share, row.return_rate), (100.0, 0.0))
        self.assertEqual(self._row(trial, self.supplier).late_share, 0.0)
        none = self._row(trial, self.new_supplier)
        self.assertIs(none.late_share, False)
        self.assertIs(none.return_rate, False)
        march = trial.sudo().period_ids[0]
        # Two pairs have no order that says anything.
        self.assertEqual(march.late_pairs, 2)
        self.assertIs(march.late_rho, False)

    def test_how_well_it_was_foretold(self):
        """Scores 25, 100, 100 and late shares 100, 0, 40: by hand."""
        self._month("04", self.supplier, came="10")
        self._month("04", self.late_supplier, came="14")
        self._month("04", self.new_supplier, came="10")
        for _index in range(2):
            line = self._order(
                10, 5, "2026-04-10", confirmed="2026-04-01", partner=self.new_supplier
            )
            self._receive(line, "2026-04-20")
        trial = self._run(self._trial())
        march = trial.sudo().period_ids[0]
        self.assertEqual(march.late_pairs, 3)
        # Places 1, 2.5, 2.5 and 1, 3, 2: 1.5 / √(1.5 · 2).
        self.assertAlmostEqual(march.late_rho, 1.5 / 3**0.5, places=2)
        self.assertAlmostEqual(march.late_rho_before, 1.5 / 3**0.5, places=2)
        # Nothing was returned of anybody: that is all the same, which is no order.
        self.assertEqual(march.return_pairs, 3)
        self.assertIs(march.return_rho, False)
        self.assertIn("+0.87", trial.summary)

    def test_next_period_that_is_not_closed(self):
        self._month("04", self.supplier, came="10")
        trial = self._trial()
        with freeze_time("2026-04-20"):
            trial.action_start()
            with self.enter_registry_test_mode():
                self.cron.method_direct_trigger()
        march, february = trial.sudo().period_ids
        self.assertEqual(march.late_pairs, 0)
        self.assertEqual(february.late_pairs, 2)

    def test_nothing_published(self):
        """The periods are those that the template would have had."""
        template = self._create_template("New", ["otd"], date_start=date(2026, 2, 1))
        trial = self._trial(template, period_count=2)
        with freeze_time("2026-05-10"):
            self._as(trial, "chief").action_start()
            with self.enter_registry_test_mode():
                self.cron.method_direct_trigger()
        self.assertEqual(
            trial.sudo().period_ids.mapped("date_from"),
            [date(2026, 4, 1), date(2026, 3, 1)],
        )
        self.assertEqual(trial.compared_count, 0)
        self.assertIn("Nothing was published", trial.summary)
        self.assertEqual(trial.sudo().period_ids[0].cutoff, datetime(2026, 5, 4, 16, 0))

    def test_no_period(self):
        template = self._create_template("Later", ["otd"], date_start=date(2026, 5, 1))
        with freeze_time("2026-05-10"), self.assertRefused("no closed period"):
            self._trial(template).action_start()

    def test_without_consequence(self):
        self._block_grades("D")
        counts = {name: self.env[name].search_count([]) for name in REAL}
        vendors = self.march.scorecard_ids.partner_id.with_company(self.company)
        before = vendors.read(["supplier_score", "supplier_grade_id"])
        seals = self.march.mapped("seal"), self.march.scorecard_ids.mapped("seal")
        self._run(self._trial())
        self.env.invalidate_all()
        self.assertEqual(
            {name: self.env[name].search_count([]) for name in REAL}, counts
        )
        self.assertEqual(vendors.read(["supplier_score", "supplier_grade_id"]), before)
        self.assertEqual(
            (self.march.mapped("seal"), self.march.scorecard_ids.mapped("seal")), seals
        )

    def test_one_supplier_that_fails(self):
        score = TemplateScoring.score

        def fail(scoring, partner_id, measures):
            if partner_id == self.late_supplier.id:
                raise ValueError("No number")
            return score(scoring, partner_id, measures)

        with (
            patch.object(TemplateScoring, "score", fail),
            self.assertLogs(PERIODS, "ERROR"),
        ):
            trial = self._run(self._trial())
        self.assertEqual(trial.state, "done")
        self.assertIn("No number", trial.problems)
        self.assertFalse(self._row(trial, self.late_supplier))
        self.assertTrue(self._row(trial, self.supplier))

    def test_changed_while_it_runs(self):
        """The periods would not be alike: it fails, and the action says so."""
        draft = self._draft(otd=30)
        trial = self._trial(draft)
        with freeze_time("2026-06-01"):
            trial.action_start()
            draft.line_ids[0].weight = 31
            with (
                self.enter_registry_test_mode(),
                self._failing(self.cron, "changed while the back-test ran"),
                self.assertLogs(SCHEDULED, "WARNING"),
            ):
                self.cron.method_direct_trigger()
        trial.invalidate_recordset()
        self.assertEqual(trial.state, "failed")
        self.assertIn("changed while the back-test ran", trial.problems)

    def test_language_is_no_change_of_rules(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        trial = self._trial().with_context(lang="zh_CN")
        self._run(trial)
        self.assertEqual(trial.state, "done")

    def test_stopped(self):
        trial = self._trial()
        with freeze_time("2026-06-01"):
            trial.action_start()
            trial.action_cancel()
            with self.enter_registry_test_mode():
                self.cron.method_direct_trigger()
        self.assertEqual(trial.state, "cancelled")
        self.assertFalse(trial.sudo().period_ids.card_ids)

    def test_begun_it_stays_what_it_is_about(self):
        trial = self._run(self._trial())
        with self.assertRefused("has begun"):
            trial.period_count = 3
        with self.assertRefused("has begun already"):
            trial.action_start()

    def test_template_that_cannot_be_used(self):
        draft = self._draft(otd=30)
        draft.line_ids.unlink()
        with self.assertRefused("has no KPI"):
            self._trial(draft).action_start()

    def test_who_may(self):
        trial = self._run(self._trial())
        own = self._as(trial.sudo(), "evaluator")
        self.assertTrue(own.read(["summary"]))
        for call in (own.action_start, own.action_cancel, own.unlink):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            self._as(self.env["supplier.trial"], "evaluator").create(
                {"template_id": self.template.id}
            )
        for person in ("asked", "elsewhere"):
            with self.assertRaises(AccessError):
                self._as(trial.sudo(), person).read(["state"])
        with self.assertRefused("cannot be written directly"):
            self._trial().state = "done"

    def test_deleted_with_all_that_it_found(self):
        trial = self._run(self._trial())
        periods = trial.sudo().period_ids
        cards = periods.card_ids
        trial.unlink()
        self.assertFalse(periods.exists() | cards.exists().period_id)

    def test_deleted_template_takes_it_along(self):
        """What was tried with it keeps nobody from deleting it."""
        draft = self._draft(otd=30)
        trial = self._run(self._trial(draft))
        self.env["supplier.trial.card"].flush_model()
        draft.unlink()
        self.assertFalse(trial.exists())

    def test_as_many_statements_for_more_suppliers(self):
        self._block_grades("C", "D")
        trial = self._trial(period_count=1)
        other = self._trial(period_count=1)
        with freeze_time("2026-06-01"):
            for each in (trial, other):
                each.action_start()
            few = self._statements_of(trial.sudo().period_ids._score)
            for number in range(6):
                self._month("03", self._create_supplier(f"More {number}"), came="10")
            self.env.flush_all()
            many = self._statements_of(other.sudo().period_ids._score)
        self.assertEqual(other.sudo().period_ids.supplier_count, 9)
        self.assertLessEqual(many, few + 3)

    def test_archived_supplier_stays(self):
        self.late_supplier.active = False
        trial = self._run(self._trial())
        self.assertTrue(self._row(trial, self.late_supplier))

    def test_february_stays_as_it_was(self):
        """It looks until the cut-off of then: what came later does not count."""
        late = self._order(
            10, 5, "2026-02-10", confirmed="2026-02-01", partner=self.supplier
        )
        self._receive(late, "2026-04-10")
        draft = self._draft(otd=30)
        trial = self._run(self._trial(draft))
        february = trial.sudo().period_ids[1]
        self.assertEqual(february.cutoff, FEBRUARY["cutoff"])
        draft.active = True
        evaluated = self._card(self._evaluate(draft, **FEBRUARY), self.supplier)
        self.assertLess(evaluated.score, 100)
        self.assertEqual(
            self._row(trial, self.supplier, month=2).score, evaluated.score
        )
