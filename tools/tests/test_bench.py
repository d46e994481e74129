"""The benchmark's period, and its judgement on the figures."""

import json
import tempfile
import unittest
from datetime import date
from pathlib import Path

from tools.bench import data, report

FIGURES = {
    "suppliers": 5000,
    "lines": 1_000_000,
    "moves": 1_340_000,
    "moves_done": 1_250_000,
    "orders": 250_000,
    "scorecards": 5000,
    "run_year_s": 10.0,
    "run_year_cold_s": 12.0,
    "run_year_sql_s": 8.0,
    "run_month_s": 3.0,
    "run_month_sql_s": 1.0,
    "floor_year_s": 5.0,
    "native_on_time_rate_s": 60.0,
    "native_lines": 900_000,
    "native_statements": 8,
    "native_peak_rss_above_idle_mb": 2000.0,
    "statements_year": 26,
    "statements_month": 26,
    "tenth_statements": 26,
    "copies_year": 2,
    "copies_month": 2,
    "peak_rss_above_idle_mb": 99.9999,
    "compared": 45_000,
    "different": 0,
}


class TestSize(unittest.TestCase):
    def test_the_last_twelve_closed_months(self):
        for today, first, last in (
            (date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
            (date(2024, 2, 29), date(2023, 2, 1), date(2024, 1, 31)),
            (date(2024, 3, 31), date(2023, 3, 1), date(2024, 2, 29)),
        ):
            size = data.Size.of_last_year(5, 200, today)
            self.assertEqual((size.date_from, size.date_to), (first, last))


class TestReport(unittest.TestCase):
    def missed(self, **changed):
        verdicts = report.targets({**FIGURES, **changed})
        return [target for target, _measured, is_met in verdicts if not is_met]

    def test_targets(self):
        self.assertEqual(self.missed(), [])
        for changed in (
            {"native_on_time_rate_s": 49.0},
            {"floor_year_s": 3.0},
            {"run_month_s": 4.0},
            {"tenth_statements": 25},
            {"peak_rss_above_idle_mb": 401.0},
            {"different": 1},
        ):
            self.assertEqual(len(self.missed(**changed)), 1, changed)

    def test_table(self):
        self.assertNotIn("targets are set for", report.table(FIGURES))
        small = report.table({**FIGURES, "suppliers": 100})
        self.assertIn("targets are set for 5,000 suppliers", small)

    def test_json(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "figures.json"
            report.write(FIGURES, path)
            written = json.loads(path.read_text())
        self.assertEqual(tuple(written)[: len(report.KEYS)], report.KEYS)
        self.assertEqual(written["peak_rss_above_idle_mb"], 100.0)
