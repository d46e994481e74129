"""The judgement on the what-if in a browser, and what its page imports."""

import re
import unittest

from tools.bench.what_if import PAGE, run

FIGURES = {
    "what_if": {
        "suppliers": 5000,
        "kpis": 12,
        "first_ms": 60.4,
        "weight_ms": 12.3,
        "weight_slowest_ms": 30.0,
        "scale_ms": 13.0,
        "scale_slowest_ms": 99.9,
        "draws": 1000,
        "draws_ms": 400.0,
    }
}


class TestReport(unittest.TestCase):
    def test_targets(self):
        [(target, measured, is_met)] = run.targets(FIGURES)
        self.assertIn("5,000 suppliers and 12 KPIs", target)
        self.assertEqual((measured, is_met), ("100 ms at most", True))
        slow = {"what_if": {**FIGURES["what_if"], "weight_slowest_ms": 100.0}}
        self.assertFalse(run.is_met(slow))

    def test_not_measured_is_not_judged(self):
        self.assertEqual((list(run.targets({})), run.rows({})), ([], []))

    def test_table(self):
        said = run.table(FIGURES)
        self.assertIn("1,000 draws of the weights", said)
        self.assertIn("pass  what-if", said)


class TestPage(unittest.TestCase):
    def test_what_it_imports_is_there_and_knows_no_odoo(self):
        """The modules run by themselves: they import each other only."""
        names = set(re.findall(r'from "\./(\w+\.esm)"', PAGE.read_text()))
        self.assertTrue(names)
        seen = set()
        while names:
            name = names.pop()
            seen.add(name)
            text = (run.MODULES / f"{name}.js").read_text()
            for imported in re.findall(r'from "([^"]+)"', text):
                self.assertTrue(imported.startswith("./"), imported)
                names |= {imported.removeprefix("./")} - seen
