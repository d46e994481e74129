import logging
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import SQL, mute_logger

from ...tools.scheduled import TRIES, Work, run_scheduled

LOGGER = "odoo.addons.supplier_evaluation.tools.scheduled"


class Trial:
    """Work that marks its items, and what it met."""

    def __init__(self, **errors):
        self.errors = errors
        self.sizes = []

    def do(self, items):
        self.sizes.append(len(items))
        items.write({"ref": "done"})
        for item in items:
            if errors := self.errors.get(item.name):
                raise errors.pop(0)


@tagged("post_install", "-at_install")
class TestScheduled(TransactionCase):
    """Errors are met with assertRaisesRegex: Odoo's assertRaises rolls back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["res.partner"].create([{"name": name} for name in "abcde"])

    def _run(self, trial, **options):
        self._run_all(lambda items: [Work("Trial", items, trial.do, **options)])

    def _run_all(self, works):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            run_scheduled(env, *works(self.items.with_env(env)))

    def _done(self):
        return "".join(self.items.filtered("ref").mapped("name"))

    def _short_of_time(self):
        """Time is over as soon as anything was processed."""
        crons = self.registry["ir.cron"]
        original = crons._commit_progress

        def short(cron, processed=0, **progress):
            original(cron, processed, **progress)
            return 0 if processed else 10

        return patch.object(crons, "_commit_progress", short)

    def test_batches(self):
        trial = Trial()
        self._run(trial, size=2)
        self.assertEqual(trial.sizes, [2, 2, 1])
        self.assertEqual(self._done(), "abcde")

    def test_nothing_to_do(self):
        trial = Trial()
        self.items = self.items.browse()
        self._run(trial)
        self.assertEqual(trial.sizes, [])

    def test_a_bad_one_stops_no_other(self):
        """It leaves nothing half-written, and is seen at the end."""
        trial = Trial(d=[ValueError("disk is full")] * 2)
        with (
            self.assertLogs(LOGGER, "ERROR") as logs,
            self.assertRaisesRegex(ValueError, "disk is full"),
        ):
            self._run(trial, size=2)
        self.assertEqual(trial.sizes, [2, 2, 1, 1, 1])
        self.assertEqual(self._done(), "abce")
        [log] = logs.output
        bad = self.items[3]
        self.assertIn(f"Trial: res.partner({bad.id},) d failed", log)
        self.assertIn("disk is full", log)

    def test_batch_fails_and_each_one_goes_well(self):
        trial = Trial(b=[ValueError("Too many at once")])
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            self._run(trial, size=5)
        self.assertEqual(trial.sizes, [5, 1, 1, 1, 1, 1])
        self.assertEqual(self._done(), "abcde")
        self.assertIn("Too many at once", logs.output[0])

    @mute_logger(LOGGER)
    def test_the_last_error_is_raised(self):
        trial = Trial(a=[ValueError("first")], b=[KeyError("last")])
        with self.assertRaisesRegex(KeyError, "last"):
            self._run(trial)
        self.assertEqual(self._done(), "cde")

    @mute_logger(LOGGER)
    def test_the_next_work_is_done_too(self):
        bad, good = Trial(a=[ValueError("disk is full")]), Trial()
        with self.assertRaisesRegex(ValueError, "disk is full"):
            self._run_all(
                lambda items: [
                    Work("Bad", items[:1], bad.do),
                    Work("Good", items[1:], good.do, size=9),
                ]
            )
        self.assertEqual(good.sizes, [4])
        self.assertEqual(self._done(), "bcde")

    def test_wrong_settings_need_no_traceback(self):
        trial = Trial(a=[UserError("Choose a KPI")])
        with (
            self.assertLogs(LOGGER, "WARNING") as logs,
            self.assertRaisesRegex(UserError, "Choose a KPI"),
        ):
            self._run(trial)
        self.assertEqual(self._done(), "bcde")
        self.assertEqual(len(logs.records), 1)
        self.assertIn("a failed: Choose a KPI", logs.output[0])
        self.assertNotIn("Traceback", logs.output[0])

    def test_a_bad_name_stops_no_other(self):
        trial = Trial(a=[ValueError("disk is full")])
        bad = str(self.items[0])
        with (
            patch.object(self.registry["res.partner"], "_compute_display_name") as name,
            self.assertLogs(LOGGER, "ERROR") as logs,
            self.assertRaisesRegex(ValueError, "disk is full"),
        ):
            name.side_effect = KeyError("name")
            self._run(trial)
        self.assertEqual(self._done(), "bcde")
        self.assertIn(f"{bad} has no name", logs.output[0])
        self.assertIn(f"{bad} failed", logs.output[1])

    # ------------------------------------------------------------
    # Notes
    # ------------------------------------------------------------

    def _note(self, item, error):
        item.comment = f"Not done: {error}"

    @mute_logger(LOGGER)
    def test_failure_is_noted(self):
        trial = Trial(b=[ValueError("disk is full")])
        with self.assertRaisesRegex(ValueError, "disk is full"):
            self._run(trial, failed=self._note)
        noted = self.items.filtered("comment")
        self.assertEqual(noted.name, "b")
        self.assertIn("Not done: disk is full", noted.comment)
        self.assertFalse(noted.ref)

    @mute_logger(LOGGER)
    def test_noting_tries_again(self):
        collisions = [SerializationFailure(), SerializationFailure()]

        def note(item, error):
            self._note(item, error)
            if collisions:
                raise collisions.pop()

        trial = Trial(b=[ValueError("disk is full")])
        with self.assertRaisesRegex(ValueError, "disk is full"):
            self._run(trial, failed=note)
        self.assertEqual(self.items.filtered("comment").name, "b")

    def test_noting_fails(self):
        def note(item, error):
            self._note(item, error)
            raise KeyError("nowhere to note it")

        trial = Trial(b=[ValueError("disk is full")])
        with (
            self.assertLogs(LOGGER, "ERROR") as logs,
            self.assertRaisesRegex(ValueError, "disk is full"),
        ):
            self._run(trial, failed=note)
        self.assertEqual(self._done(), "acde")
        self.assertFalse(self.items.filtered("comment"))
        self.assertIn("disk is full", logs.output[0])
        self.assertIn("nowhere to note it", logs.output[1])

    # ------------------------------------------------------------
    # Other writers
    # ------------------------------------------------------------

    def test_collisions_are_no_failure(self):
        """The batch is tried again as a whole."""
        trial = Trial(b=[SerializationFailure() for _ in range(TRIES - 1)])
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            self._run(trial, size=5)
        self.assertEqual(trial.sizes, [5] * TRIES)
        self.assertEqual(self._done(), "abcde")
        self.assertEqual({record.levelname for record in logs.records}, {"INFO"})

    @mute_logger(LOGGER)
    def test_too_many_collisions(self):
        collisions = [SerializationFailure("busy") for _ in range(2 * TRIES)]
        trial = Trial(b=collisions)
        with self.assertRaisesRegex(SerializationFailure, "busy"):
            self._run(trial, size=5)
        self.assertEqual(trial.sizes, [5] * TRIES + [1] * (5 - 1 + TRIES))
        self.assertEqual(self._done(), "acde")

    # ------------------------------------------------------------
    # The scheduled action
    # ------------------------------------------------------------

    def test_time_is_over(self):
        trial = Trial()
        with self._short_of_time():
            self._run(trial, size=2)
        self.assertEqual(trial.sizes, [2])
        self.assertEqual(self._done(), "ab")

    @mute_logger(LOGGER)
    def test_time_is_over_among_the_single_ones(self):
        trial = Trial(b=[ValueError("disk is full")])
        with self._short_of_time():
            self._run(trial, size=5)
        self.assertEqual(self._done(), "a")

    @mute_logger(LOGGER)
    def test_bad_ones_do_not_take_all_the_time(self):
        """Each run does something, so that the good ones are done one day."""
        trial = Trial(a=[ValueError("disk is full")], b=[ValueError("disk is full")])
        with self._short_of_time(), self.assertRaisesRegex(ValueError, "disk is full"):
            self._run(trial)
        self.assertEqual(self._done(), "c")

    @mute_logger(LOGGER)
    def test_bad_ones_count_as_processed(self):
        """Odoo takes what fails with something left over for partially done."""
        calls = []
        crons = self.registry["ir.cron"]
        original = crons._commit_progress

        def count(cron, processed=0, **progress):
            calls.append((processed, progress))
            return original(cron, processed, **progress)

        trial = Trial(d=[ValueError("disk is full")] * 2)
        with (
            patch.object(crons, "_commit_progress", count),
            self.assertRaisesRegex(ValueError, "disk is full"),
        ):
            self._run(trial, size=2)
        self.assertEqual(calls[0], (0, {"remaining": 5}))
        self.assertEqual(calls[1:], [(2, {}), (1, {}), (1, {}), (1, {})])

    @mute_logger(LOGGER)
    def test_other_processes_learn_of_what_was_done(self):
        """An error makes Odoo forget which caches became invalid."""
        trial = Trial(a=[ValueError("disk is full")])
        with (
            patch.object(self.registry, "signal_changes") as signal,
            self.assertRaisesRegex(ValueError, "disk is full"),
        ):
            self._run(trial)
        signal.assert_called_once_with()


@tagged("post_install", "-at_install")
class TestScheduledCollision(BaseCase):
    """Two real transactions on a table of its own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._execute, "DROP TABLE supplier_scheduled_trial")
        self._execute(
            "CREATE TABLE supplier_scheduled_trial AS SELECT 1 AS number, 0 AS done"
        )

    def _execute(self, query):
        with self.registry.cursor() as cr:
            cr.execute(SQL(query))

    def test_next_try_sees_the_other_writer(self):
        """As no savepoint would: its transaction is of the time before."""
        seen = []
        update = SQL("UPDATE supplier_scheduled_trial SET done = done + 1")

        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})

            def do(items):
                [[number]] = env.execute_query(
                    SQL("SELECT number FROM supplier_scheduled_trial")
                )
                if not seen:
                    self._execute("UPDATE supplier_scheduled_trial SET number = 2")
                seen.append(number)
                env.cr.execute(update)

            with mute_logger("odoo.sql_db"):
                run_scheduled(env, Work("Trial", ["only one"], do))
            rows = env.execute_query(SQL("SELECT * FROM supplier_scheduled_trial"))
        self.assertEqual(seen, [1, 2])
        self.assertEqual(rows, [(2, 1)])
