"""Two workers at once: they do not wait for each other, or one says why it cannot."""

import unittest

from . import laboratory, remains
from .scene import OTHER, SECOND

BOTH = ("compute", "publish")
SUPPLIERS = 40


def setUpModule():
    """One after the other: what the others are compared with."""
    SeveralCase.lab = lab = laboratory.current()
    db = lab.database("one_by_one", lab.several)
    SeveralCase.first, SeveralCase.elsewhere, SeveralCase.second = remains.standing(db)
    for name, which in (("one", SeveralCase.first), ("two", SeveralCase.elsewhere)):
        lab.work(db, name, which, steps=BOTH).finish()
    lab.work(db, "all", figures=True).finish()
    SeveralCase.reference = lab.report(db, "all")["figures"]


class SeveralCase(unittest.TestCase):
    maxDiff = 2000

    def on_database(self, case):
        db = self.lab.database(case, self.lab.several)
        self.addCleanup(self.lab.drop, db)
        return db

    def refusal(self, db, name):
        return self.lab.report(db, name)["refused"]

    def assert_reference(self, db):
        self.lab.work(db, "all", figures=True).finish()
        figures = self.lab.report(db, "all")["figures"]
        self.assertEqual(figures.keys(), self.reference.keys())
        for company, found in self.reference.items():
            for name, rows in found.items():
                self.assertEqual(figures[company][name], rows, f"{company}: {name}")


class TestOneByOne(SeveralCase):
    def test_the_reference_is_worth_comparing(self):
        """Two companies with a score of their own for the same suppliers."""
        self.assertEqual(len(self.reference), 2)
        own, other = self.reference.values()
        self.assertEqual(len(own["vendors"]), SUPPLIERS)
        for found in (own, other):
            self.assertEqual(found["seals"], SUPPLIERS)
            self.assertTrue(all("2026" in row for row in found["vendors"]))
        self.assertNotEqual(own["vendors"], other["vendors"])
        self.assertEqual((self.elsewhere[1], self.second[0]), (OTHER, SECOND))


class TestDifferentOnes(SeveralCase):
    def test_computed_at_once(self):
        """One has its scorecards in hand while the other begins, and ends."""
        db = self.on_database("compute")
        one = self.lab.work(db, "one", self.first, steps=BOTH, closed=["lines-1"])
        one.reach("lines-1")
        self.lab.work(db, "two", self.elsewhere, steps=BOTH).finish()
        found = remains.standing(db)
        self.assertEqual(found[self.first], ("draft", 0, False))
        self.assertEqual(found[self.elsewhere], ("published", SUPPLIERS, False))
        self.assertFalse(one.has_ended())
        one.open("lines-1")
        one.finish()
        self.assertEqual([self.refusal(db, name) for name in ("one", "two")], ["", ""])
        # Of those that began before the other was there, too.
        self.finish_vendors(db)
        self.assert_reference(db)

    def test_published_at_once(self):
        """They share the vendors, on which the second one writes a moment later."""
        db = self.on_database("publish")
        one = self.lab.work(db, "one", self.first, steps=BOTH, closed=["vendors-1"])
        one.reach("vendors-1")
        self.lab.work(db, "two", self.elsewhere, steps=BOTH).finish()
        found = remains.standing(db)
        self.assertEqual(found[self.first][0], "computed")
        self.assertEqual(found[self.elsewhere], ("published", SUPPLIERS, True))
        one.open("vendors-1")
        one.finish()
        self.finish_vendors(db)
        self.assert_reference(db)

    def test_templates_of_one_company_seal_one_after_the_other(self):
        """The second one waits before it seals anything, then continues the chain."""
        db = self.on_database("chain")
        one = self.lab.work(db, "one", self.first, steps=BOTH, closed=["vendors-1"])
        one.reach("vendors-1")
        two = self.lab.work(db, "two", self.second, steps=BOTH)
        laboratory.wait(lambda: remains.has_waiting(db), "the second to wait")
        self.assertEqual(remains.standing(db)[self.second][0], "computed")
        one.open("vendors-1")
        one.finish()
        two.finish()
        self.assertEqual(self.refusal(db, "two"), "")
        self.lab.work(db, "all", figures=True).finish()
        self.assertEqual(remains.seals(db), [2 * SUPPLIERS] * 3)

    def finish_vendors(self, db):
        self.lab.work(db, "vendors", steps=["vendors"]).finish()
        due = [rest[2] for rest in remains.standing(db).values()]
        self.assertFalse(any(due))


class TestTheSame(SeveralCase):
    def test_the_second_is_told(self):
        """It does not wait for the end of the first, nor compute all of it again."""
        db = self.on_database("same")
        one = self.lab.work(db, "one", self.first, steps=BOTH, closed=["lines-1"])
        one.reach("lines-1")
        self.lab.work(db, "two", self.first, steps=["compute"]).finish()
        self.assertIn("being computed or published", self.refusal(db, "two"))
        self.assertFalse(one.has_ended())
        one.open("lines-1")
        one.finish()
        self.lab.work(db, "three", self.elsewhere, steps=BOTH).finish()
        self.assert_reference(db)

    def test_killed(self):
        """Nothing of it is left, neither scorecards nor the claim."""
        db = self.on_database("killed_worker")
        one = self.lab.work(db, "one", self.first, steps=BOTH, closed=["lines-1"])
        one.reach("lines-1")
        one.kill()
        laboratory.wait(lambda: not remains.has_sessions(db), "PostgreSQL to notice")
        self.assertEqual(remains.standing(db)[self.first], ("draft", 0, False))
        self.lab.work(db, "two", self.first, steps=BOTH).finish()
        self.assertEqual(self.refusal(db, "two"), "")
        self.lab.work(db, "three", self.elsewhere, steps=BOTH).finish()
        self.assert_reference(db)
