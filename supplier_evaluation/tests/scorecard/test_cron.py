from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.scorecard.run import EvaluationRun
from ...report.delivery.query import DeliveryQuery
from ..common import SupplierEvaluationCommon
from ..scheduled import SCHEDULED

SCHEDULE = "odoo.addons.supplier_evaluation.models.scorecard.schedule"


@tagged("post_install", "-at_install")
class TestScheduledAction(SupplierEvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_evaluation")
        cls.env["supplier.scorecard.template"].search([]).active = False
        cls.template = cls._create_template("Monthly", ["otd"], auto_publish=True)
        for day in ("2026-03-10", "2026-04-10", "2026-05-10"):
            line = cls._order(10, 5, day)
            cls._receive(line, day)
        cls.env.flush_all()

    def _run(self, now="2026-06-10 12:00:00"):
        with freeze_time(now), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _evaluations(self, template=None):
        return self.env["supplier.evaluation"].search(
            [("template_id", "=", (template or self.template).id)], order="date_to"
        )

    def test_catches_up_and_publishes(self):
        self._run()
        evaluations = self._evaluations()
        self.assertEqual(
            [str(day) for day in evaluations.mapped("date_to")],
            ["2026-03-31", "2026-04-30", "2026-05-31"],
        )
        self.assertEqual(set(evaluations.mapped("state")), {"published"})
        vendor = self.supplier.with_company(self.company)
        self.assertEqual(vendor.supplier_scorecard_id.evaluation_id, evaluations[-1])

    def test_waits_for_the_grace_days(self):
        """May is evaluated when 4 days of June are over in Shanghai."""
        self._run("2026-06-04 15:59:00")
        self.assertEqual(len(self._evaluations()), 2)
        self._run("2026-06-04 16:00:00")
        self.assertEqual(len(self._evaluations()), 3)

    def test_running_again_changes_nothing(self):
        self._run()
        evaluations = self._evaluations()
        cards = evaluations.scorecard_ids
        self._run()
        self.assertEqual(self._evaluations(), evaluations)
        self.assertEqual(self._evaluations().scorecard_ids, cards)

    def test_without_publishing(self):
        self.template.auto_publish = False
        self._run()
        self.assertEqual(set(self._evaluations().mapped("state")), {"computed"})
        self.assertFalse(self.supplier.with_company(self.company).supplier_scorecard_id)

    def test_draft_is_computed(self):
        draft = self.env["supplier.evaluation"].create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": date(2026, 4, 1),
                "date_to": date(2026, 4, 30),
            }
        )
        self._run()
        self.assertEqual(draft.state, "published")
        self.assertEqual(len(self._evaluations()), 3)

    def test_broken_template_stops_no_other(self):
        broken = self._create_template("Broken", ["otd"], sequence=1)
        broken.line_ids.unlink()
        with mute_logger(SCHEDULED), self._failing(self.cron, "has no KPI"):
            self._run()
        self.assertFalse(self._evaluations(broken))
        self.assertIn("has no KPI", broken.last_error)
        self.assertEqual(len(self._evaluations()), 3)
        self.template.line_ids.copy({"template_id": broken.id})
        self._run()
        self.assertFalse(broken.last_error)
        self.assertFalse(self.cron.failure_count)
        self.assertEqual(len(self._evaluations(broken)), 3)

    def test_bug_in_the_facts_is_reported_and_stops_no_other(self):
        """It is no missing figure: nothing is stored, and the template says why."""
        other = self._create_template("Quality", ["return_rate"], auto_publish=True)
        with (
            patch.object(DeliveryQuery, "sql", lambda self: self.gone()),
            self.assertLogs(SCHEDULED, "ERROR") as logs,
            self._failing(self.cron, "has no attribute 'gone'"),
        ):
            self._run()
        self.assertFalse(self._evaluations())
        self.assertIn("has no attribute 'gone'", self.template.last_error)
        self.assertIn("Traceback", logs.output[0])
        self.assertEqual(set(self._evaluations(other).mapped("state")), {"published"})
        self.assertFalse(other.last_error)
        self._run()
        self.assertFalse(self.template.last_error)
        self.assertEqual(len(self._evaluations()), 3)

    def test_template_for_every_company(self):
        self.template.company_id = False
        companies = self.env["res.company"].search_count([])
        self._run()
        march = self._evaluations().filtered(
            lambda run: run.date_to == date(2026, 3, 31)
        )
        self.assertEqual(len(march), companies)
        mine = march.filtered(lambda run: run.company_id == self.company)
        self.assertEqual(mine.scorecard_count, 1)
        self.assertEqual(sum(march.mapped("scorecard_count")), 1)

    def test_killed_in_the_middle(self):
        """A run that dies while it stores leaves nothing half-written."""
        self._run()
        undisturbed = self._figures()
        self._evaluations().scorecard_ids.env.cr.execute(
            "DELETE FROM supplier_evaluation WHERE template_id = %s",
            [self.template.id],
        )
        self.env.invalidate_all()
        original = EvaluationRun._store

        def die(run, *results):
            original(run, *results)
            raise KeyboardInterrupt

        with (
            patch.object(EvaluationRun, "_store", die),
            self.assertRaises(KeyboardInterrupt),
            self.env.cr.savepoint(),
        ):
            self.env["supplier.evaluation"]._evaluate_period(
                self.template, self.company, date(2026, 3, 1), date(2026, 3, 31)
            )
        self.env.invalidate_all()
        self.assertFalse(self._evaluations())
        self._run()
        self.assertEqual(self._figures(), undisturbed)

    def _figures(self):
        return [
            (card.partner_id.id, card.date_to, card.score, card.rank)
            for card in self._evaluations().scorecard_ids.sorted("date_to")
        ]

    def test_claimed_evaluation_is_left_to_the_other(self):
        """Two workers: whoever finds an evaluation claimed goes on with others."""
        other = self._create_template("Quality", ["return_rate"], auto_publish=True)
        runs = self.env["supplier.evaluation"]
        draft = runs._find_or_create(
            self.template, self.company, date(2026, 4, 1), date(2026, 4, 30)
        )
        lock = type(runs).try_lock_for_update
        with patch.object(
            type(runs),
            "try_lock_for_update",
            lambda self, **kw: lock(self - draft, **kw),
        ):
            self._run()
        self.assertEqual(draft.state, "draft")
        # Those after it would have no period before to compare with.
        done = self._evaluations().filtered(lambda run: run.state == "published")
        self.assertEqual([str(day) for day in done.mapped("date_to")], ["2026-03-31"])
        self.assertEqual(len(self._evaluations(other)), 3)
        self.assertFalse(self.template.last_error)
        self.assertFalse(self.cron.failure_count)
        self._run()
        self.assertEqual(set(self._evaluations().mapped("state")), {"published"})

    def test_the_same_period_twice_is_refused_by_the_database(self):
        """What a lock does not see, because of its snapshot, a constraint does."""
        runs = self.env["supplier.evaluation"]
        vals = (self.template, self.company, date(2026, 3, 1), date(2026, 3, 31))
        runs._evaluate_period(*vals)
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
            patch.object(type(runs), "search", lambda self, *a, **kw: self.browse()),
        ):
            runs._evaluate_period(*vals)
        self.assertEqual(len(self._evaluations()), 1)

    def _run_behind_another(self):
        """Run, believing that nothing was evaluated, after March was elsewhere."""
        runs = self.env["supplier.evaluation"]
        due = (self.template, self.company, date(2026, 3, 1), date(2026, 3, 31))
        runs._evaluate_period(*due)
        listed = type(runs)._due_evaluations
        with (
            mute_logger("odoo.sql_db"),
            patch.object(
                type(runs), "_due_evaluations", lambda self: [due, *listed(self)]
            ),
            patch.object(type(runs), "search", lambda self, *a, **kw: self.browse()),
        ):
            self._run()

    def test_evaluated_elsewhere(self):
        """Whoever comes second has nothing to do, and nothing to complain about."""
        self._run_behind_another()
        self.assertEqual(len(self._evaluations()), 3)
        self.assertFalse(self.template.last_error)
        self.assertFalse(self.cron.failure_count)

    def test_another_constraint_is_an_error(self):
        with (
            patch(f"{SCHEDULE}.ONE_A_PERIOD", "another"),
            mute_logger(SCHEDULED),
            self._failing(self.cron, "duplicate key"),
        ):
            self._run_behind_another()
        self.assertEqual(len(self._evaluations()), 3)
        self.assertIn("duplicate key", self.template.last_error)

    def test_error_of_one_company_stays(self):
        """A second company that succeeds does not hide what failed in the first."""
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.template.company_id = False
        self.template.date_start = date(2026, 5, 1)
        original = EvaluationRun._store

        def fail_here(run, *results):
            if run.evaluation.company_id == self.company:
                raise ValueError("disk is full")
            return original(run, *results)

        with (
            patch.object(EvaluationRun, "_store", fail_here),
            mute_logger(SCHEDULED),
            self._failing(self.cron, "disk is full"),
        ):
            self._run()
        self.assertIn("disk is full", self.template.last_error)
        self.assertIn(self.company.name, self.template.last_error)
        self.assertIn(other, self._evaluations().company_id)

    def test_another_period_that_ends_on_the_same_day(self):
        self._run("2026-04-10 12:00:00")
        self.template.write({"period": "quarter", "date_start": date(2026, 1, 1)})
        self._run("2026-04-10 12:00:00")
        self.assertEqual(
            set(self._evaluations().mapped("date_from")),
            {date(2026, 1, 1), date(2026, 3, 1)},
        )

    def test_empty_period_is_not_published(self):
        self.template.date_start = date(2026, 1, 1)
        self._run("2026-02-10 12:00:00")
        self.assertEqual(self._evaluations().state, "computed")

    def test_somebody_else_wrote_meanwhile(self):
        """What only met another transaction is tried again at once."""
        runs = type(self.env["supplier.evaluation"])
        original, failures = runs._evaluate_period, [1, 1]

        def collide(self, *args):
            if failures:
                failures.pop()
                raise SerializationFailure("could not serialize access")
            return original(self, *args)

        with patch.object(runs, "_evaluate_period", collide):
            self._run()
        self.assertEqual(len(self._evaluations()), 3)
        self.assertFalse(self.template.last_error)

    def test_rolling_windows_and_weeks(self):
        for period, expected in (
            ("week", 14),
            ("quarter", 1),
            ("rolling_90", 3),
            ("year", 0),
        ):
            with self.subTest(period=period):
                template = self._create_template(period, ["otd"], period=period)
                self._run()
                self.assertEqual(len(self._evaluations(template)), expected)
