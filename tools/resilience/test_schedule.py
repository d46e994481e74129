"""Killed in the middle and run again, or run twice at once: the same result."""

import calendar
import unittest

from . import laboratory, remains
from .scene import MONTHS

LAST_DAYS = [
    f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}" for year, month in MONTHS
]


def setUpModule():
    """Without an undisturbed run there is nothing to compare with: one failure."""
    ScheduleCase.lab = laboratory.current()
    ScheduleCase.reference = ScheduleCase.lab.run(
        ScheduleCase.lab.database("undisturbed"), "undisturbed"
    )


class ScheduleCase(unittest.TestCase):
    maxDiff = 2000

    def on_database(self, case):
        db = self.lab.database(case)
        self.addCleanup(self.lab.drop, db)
        return db

    def assert_whole(self, db, number):
        """The first `number` months are published, complete, and nothing else is."""
        expected = [(day, "published", True) for day in LAST_DAYS[:number]]
        self.assertEqual(remains.evaluations(db), expected)
        self.assertEqual(len(set(remains.seals(db))), 1, "seals and their count")

    def assert_reference(self, figures):
        self.assertEqual(figures.keys(), self.reference.keys())
        for name, rows in self.reference.items():
            self.assertEqual(figures[name], rows, name)


class TestUndisturbed(ScheduleCase):
    def test_the_reference_is_worth_comparing(self):
        """Four months of forty suppliers: scored, ranked, sealed, on the vendors."""
        self.assertEqual(len(self.reference["evaluations"]), len(MONTHS))
        cards = self.reference["scorecards"]
        self.assertEqual(len(cards), 40 * len(MONTHS))
        scores = {row.partition(" score=")[2].split()[0] for row in cards}
        self.assertGreater(len(scores), len(cards) / 2)
        for text in ("rank=1 ", "trend_direction=up", "provisional=True"):
            self.assertTrue(any(text in row for row in cards), text)
        self.assertEqual(self.reference["seals"], len(cards))
        self.assertEqual(len(self.reference["vendors"]), 40)
        self.assertIn("May 2026", self.reference["vendors"][0])


class TestKilled(ScheduleCase):
    def test_killed_twice(self):
        """While it stores, and the run after that while it publishes."""
        db = self.on_database("killed")
        # The second month's scorecards are written, their lines are not.
        self.kill(db, "first", "lines-2")
        self.assert_whole(db, 1)
        # The last month is sealed and published, but not on the vendors.
        self.kill(db, "second", "vendors-3")
        self.assert_whole(db, 3)
        figures = self.lab.run(db, "third")
        self.assert_whole(db, len(MONTHS))
        self.assert_reference(figures)

    def kill(self, db, name, point):
        victim = self.lab.start(db, name, point)
        victim.reach(point)
        victim.kill()
        laboratory.wait(lambda: not remains.has_sessions(db), "PostgreSQL to notice")


class TestTwoAtOnce(ScheduleCase):
    """Not by Odoo's scheduler, which lets no second one in: by the method itself."""

    def start_two(self, db, first, second):
        """Both have the same list of what is due before either goes on."""
        one = self.lab.start(db, "one", "due-1", *first, by_cron=False)
        two = self.lab.start(db, "two", "due-1", *second, by_cron=False)
        one.reach("due-1")
        two.reach("due-1")
        return one, two

    def check(self, db, *schedulers):
        """Both end well; nothing is double, nothing is lost in the end."""
        for scheduler in schedulers:
            scheduler.finish()
        found = remains.evaluations(db)
        self.assert_whole(db, len(found))
        self.assertEqual(remains.errors(db), [])
        figures = self.lab.run(db, "later")
        self.assert_whole(db, len(MONTHS))
        self.assert_reference(figures)

    def test_one_tries_while_the_other_stores(self):
        db = self.on_database("overlap")
        one, two = self.start_two(db, ["lines-1"], [])
        one.open("due-1")
        one.reach("lines-1")
        two.open("due-1")
        two.reach("begin-1")
        laboratory.wait(
            lambda: two.has_ended() or remains.has_waiting(db), "the second to meet it"
        )
        days = [day for day, _state, _whole in remains.evaluations(db)]
        self.assertNotIn(LAST_DAYS[0], days, "one has it still in hand")
        one.open("lines-1")
        self.check(db, one, two)

    def test_one_sees_the_database_as_it_was_before_the_other(self):
        """No lock is left to meet, but the other's evaluations are not seen."""
        db = self.on_database("stale")
        one, two = self.start_two(db, [], ["begin-1"])
        two.open("due-1")
        two.reach("begin-1")
        one.open("due-1")
        one.finish()
        self.assert_whole(db, len(MONTHS))
        two.open("begin-1")
        self.check(db, one, two)

    def test_both_as_fast_as_they_can(self):
        db = self.on_database("race")
        one, two = self.start_two(db, [], [])
        one.open("due-1")
        two.open("due-1")
        self.check(db, one, two)
