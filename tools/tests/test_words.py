"""The demo's story in other languages."""

import argparse
import ast
import re
import unittest
from pathlib import Path
from random import Random

from tools.commands import demo
from tools.console import Failure
from tools.demo import course, sequel
from tools.demo.catalogue import COMPANIES, PEOPLE, PRODUCTS
from tools.demo.customers import CUSTOMERS, OPEN, PAST
from tools.demo.deals import Year
from tools.demo.suppliers import SUPPLIERS
from tools.demo.words import ENGLISH, LANGUAGES, TABLES, Words
from tools.tests.test_demo import MONTHS

DEMO = Path(__file__).parents[1] / "demo"
# Calls of an object of this name say something, and so does what these files hold.
SPEAKER = "words"
PLACEHOLDER = re.compile(r"%\(\w+\)s")
LATIN = re.compile(r"[A-Za-z]{3,}")
# Written in Latin letters in every language.
KEPT = {"ISO", "ABS", "DN", "NEMA"}


def said_in(source):
    """The texts that a source gives to `words(...)` itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name == SPEAKER and isinstance(first, ast.Constant):
                yield first.value


def names():
    """What somebody or something is called."""
    yield from (company.name for company in COMPANIES)
    yield from (person.name for person in PEOPLE.values())
    yield from (product.name for product in PRODUCTS.values())
    yield from (supplier.name for supplier in SUPPLIERS)
    yield from course.PROSPECTS
    yield from CUSTOMERS


def texts():
    """Everything that is said: in the tables, by the dice, and in calls."""
    yield from names()
    yield from (company.city for company in COMPANIES)
    yield from (product.category for product in PRODUCTS.values())
    for supplier in SUPPLIERS:
        yield from (supplier.character, supplier.city, supplier.contact)
        yield from (paper.rejected for paper in supplier.papers)
    yield from (name for name, _role in course.APPROVERS)
    yield course.OVERRIDE[3]
    yield from (answer for *_action, answer in sequel.ACTIONS)
    yield from (sequel.CURRENT[1], sequel.RESOLVED, sequel.DISMISSED)
    yield from (goal[0] for goal in sequel.GOALS)
    for _name, step in course.steps():
        yield from sentences_of(step)
    yield from CUSTOMERS.values()
    for complaint in (sale.complaint for *_when, sale in (*PAST, *OPEN)):
        if complaint:
            yield from (complaint.title, complaint.description)
    yield from happenings()
    for path in DEMO.glob("*.py"):
        yield from said_in(path.read_text())


def sentences_of(step):
    """The reason or the condition of a step, which is its only sentence."""
    return (arg for arg in step.args if isinstance(arg, str) and " " in arg)


def happenings():
    """What may happen to orders: with enough seeds, all of it."""
    for seed in range(30):
        year = Year(MONTHS, len(MONTHS) - 2, Random(seed))
        for deal in (deal for each in SUPPLIERS for deal in year.deals(each)):
            yield deal.plan.waived
            if deal.plan.new_date:
                yield deal.plan.new_date.note
            if deal.incident:
                yield from (deal.incident.title, deal.incident.description)


class TestTables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts = {text for text in texts() if text}
        cls.texts.update(issuer for issuer in issuers())

    def test_every_text_has_its_word_and_every_word_is_said(self):
        for lang, table in TABLES.items():
            with self.subTest(lang):
                self.assertEqual(self.texts - table.keys(), set())
                self.assertEqual(table.keys() - self.texts, set())

    def test_two_names_are_never_one(self):
        for lang in LANGUAGES:
            words = Words(lang)
            told = [words(name) for name in names()]
            with self.subTest(lang):
                self.assertEqual(len(set(told)), len(told))
                self.assertEqual([words.original(name) for name in told], [*names()])

    def test_same_placeholders(self):
        for lang, table in TABLES.items():
            for text, told in table.items():
                with self.subTest(lang, text=text):
                    self.assertEqual(
                        sorted(PLACEHOLDER.findall(text)),
                        sorted(PLACEHOLDER.findall(told)),
                    )

    def test_nothing_stays_english(self):
        for text, told in TABLES["zh_CN"].items():
            left = set(LATIN.findall(PLACEHOLDER.sub("", told)))
            with self.subTest(text):
                self.assertLessEqual(left, KEPT)


def issuers():
    """Who issues documents; the module that says so needs Odoo."""
    for node in ast.walk(ast.parse((DEMO / "service.py").read_text())):
        if isinstance(node, ast.Assign) and node.targets[0].id == "ISSUERS":
            return ast.literal_eval(node.value).values()
    raise AssertionError("service.py has no ISSUERS")


class TestWords(unittest.TestCase):
    def test_english_is_what_the_story_says(self):
        words = Words()
        self.assertEqual(words("%(days)s days", days=30), "30 days")
        self.assertEqual(words("Not in any table"), "Not in any table")
        self.assertEqual(words.original("Clockwork Bearings"), "Clockwork Bearings")

    def test_other_languages_have_no_gaps(self):
        words = Words("zh_CN")
        self.assertEqual(words("%(days)s days", days=30), "30 天")
        with self.assertRaises(KeyError):
            words("Not in any table")


class TestIncidents(unittest.TestCase):
    def test_open_ones_differ(self):
        """In what is not over yet there are several titles, of every severity."""
        troubles = [
            deal.incident
            for each in SUPPLIERS
            for deal in Year(MONTHS, len(MONTHS) - 1, Random(19)).deals(each)
            if deal.incident and deal.incident.resolved is None
        ]
        self.assertGreaterEqual(len({trouble.title for trouble in troubles}), 4)
        self.assertEqual(
            {trouble.severity for trouble in troubles}, {"minor", "major", "critical"}
        )


class TestCommand(unittest.TestCase):
    def test_each_language_has_its_database(self):
        self.assertEqual(demo.database_of(ENGLISH), "demo")
        self.assertEqual(demo.database_of("zh_CN"), "demo_zh_CN")
        for name, options in (
            ("demo", ""),
            ("demo_zh_CN", " --lang zh_CN"),
            ("history", " --history FILE"),
        ):
            with self.subTest(name):
                self.assertEqual(demo._options_of(name), options)

    def test_a_history_is_in_its_own_words(self):
        parser = demo_parser()
        args = parser.parse_args(["--history", __file__, "--lang", "zh_CN"])
        with self.assertRaisesRegex(Failure, "would do nothing"):
            demo.run(args)


def demo_parser():
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    return parser


if __name__ == "__main__":
    unittest.main()
