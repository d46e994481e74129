"""The judgement on the calls of screens, and the size of what they are measured on."""

import ast
import unittest
from datetime import date

from tools import addons, paths
from tools.bench.screens import INSIDE, run

CALL = {
    "statements_few": 5,
    "statements": 5,
    "seconds": 0.1234,
    "sql_seconds": 0.05,
}
FIGURES = {
    "suppliers_count": 5000,
    "few": 500,
    "kpis": 25,
    "months": 24,
    "lines": 3_300_000,
    "calls": {"overview": CALL, "scorecards, list": CALL},
}
COLUMNS = paths.CHECKOUT / addons.MAIN / "models" / "scorecard" / "columns.py"
WRITTEN = {
    "SCORECARD_COLUMNS": "OF_CARD",
    "LINE_COLUMNS": "OF_LINE",
    "DIMENSION_COLUMNS": "OF_DIMENSION",
}


class TestSize(unittest.TestCase):
    def test_closed_months_of_all_and_a_tenth(self):
        size = run.Size.of(5000, date(2026, 3, 15))
        self.assertEqual((size.few, size.last), (500, "2026-02-28"))
        self.assertTrue(size.database.endswith("_bench_screens_5000_25_24"))

    def test_few_fill_a_page(self):
        for suppliers, few in ((300, 100), (60, 60)):
            self.assertEqual(run.Size.of(suppliers, date(2026, 3, 1)).few, few)


class TestReport(unittest.TestCase):
    def missed(self, **changed):
        calls = {**FIGURES["calls"], "overview": {**CALL, **changed}}
        figures = {**FIGURES, "calls": calls}
        verdicts = run.targets(figures)
        missed = [target for target, _measured, is_met in verdicts if not is_met]
        self.assertEqual(run.is_met(figures), not missed)
        return missed

    def test_targets(self):
        self.assertEqual(self.missed(), [])
        self.assertEqual(self.missed(seconds=0.3), ["overview: less than 300 ms"])
        [missed] = self.missed(statements=6)
        self.assertIn("as many statements for 500 suppliers", missed)

    def test_what_shows_all_suppliers_is_not_judged(self):
        slow = {**CALL, "seconds": 9.0, "statements": 9}
        calls = {"dimensions, pivot of all suppliers": slow}
        figures = {**FIGURES, "calls": calls}
        self.assertEqual(list(run.targets(figures)), [])
        self.assertIn("9000", run.table(figures))

    def test_table(self):
        shown = run.table(FIGURES).splitlines()
        self.assertIn("3,300,000 lines of scorecards", shown[0])
        self.assertIn(["overview", "5", "123", "50"], [line.split() for line in shown])
        self.assertNotIn("MISS", "\n".join(shown))


class TestSeed(unittest.TestCase):
    """The script of Odoo is read, not run."""

    def test_it_writes_what_a_run_stores(self):
        stored = _assigned(COLUMNS)
        written = _assigned(INSIDE / "seed.py")
        for columns, expressions in WRITTEN.items():
            with self.subTest(columns):
                names = _names(stored, stored[columns])
                self.assertEqual(set(_names(written, written[expressions])), set(names))


def _assigned(path):
    """Return what is assigned to the names of a module."""
    tree = ast.parse(path.read_text())
    return {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
    }


def _names(assigned, node):
    """Return the texts of a tuple, or the keys of a dict, with what it includes."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                yield from _names(assigned, assigned[value.id])
            else:
                yield key.value
    else:
        for part in node.elts:
            if isinstance(part, ast.Starred):
                yield from _names(assigned, assigned[part.value.id])
            else:
                yield part.value
