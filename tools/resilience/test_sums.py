"""Sums are brought up to date by processes that die, meet, or are overtaken."""

import unittest

from . import laboratory, remains


class TestSums(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.lab = laboratory.current()
        cls.base = cls.lab.database("sums")
        cls.lab.sum_up(cls.base, "build", "buy", "build").finish()

    def setUp(self):
        self.db = self.lab.database(f"sums_{self._testMethodName}", self.base)
        self.addCleanup(self.lab.drop, self.db)

    def do(self, *steps, name="look"):
        """What the steps return, done in a process of their own."""
        self.lab.sum_up(self.db, name, *steps).finish()
        report = self.lab.report(self.db, name)
        return [report[step] for step in steps]

    def waiting(self, *steps):
        """A process that has begun to write sums, and waits."""
        one = self.lab.sum_up(self.db, "one", *steps, closed=["sums-1"])
        one.reach("sums-1")
        return one

    def test_killed(self):
        """What it had taken from the notes is noted still."""
        self.do("receive_less")
        [noted] = self.do("noted")
        self.assertTrue(noted)
        one = self.waiting("catch_up")
        one.kill()
        laboratory.wait(
            lambda: not remains.has_sessions(self.db), "PostgreSQL to notice"
        )
        self.assertEqual(self.do("noted", "compare"), [noted, []])
        self.assertEqual(self.do("catch_up", "noted", "compare"), [True, 0, []])

    def test_two_at_once(self):
        """The second does not wait, and what changes meanwhile stays noted.

        Figures are right all the time: what sums do not know is asked live.
        """
        self.do("receive_less")
        one = self.waiting("catch_up")
        self.assertEqual(self.do("catch_up", "compare"), [False, []])
        self.assertFalse(one.has_ended())
        self.do("pay_more", "forget")
        one.open("sums-1")
        one.finish()
        noted, differences, caught_up, again = self.do(
            "noted", "compare", "catch_up", "look_again"
        )
        self.assertTrue(noted)
        self.assertEqual((differences, caught_up), ([], True))
        self.assertEqual(again, [0, []])
