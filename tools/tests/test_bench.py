"""The benchmark's period, and its judgement on the figures."""

import argparse
import importlib
import json
import re
import sys
import tempfile
import unittest
from datetime import date
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

from tools import addons, paths
from tools.bench import CHECKS, FLOOR, SCRIPT, data, limit, report
from tools.commands import bench
from tools.console import Failure

FIGURES = {
    "suppliers": 5000,
    "lines": 1_000_000,
    "moves": 1_340_000,
    "moves_done": 1_250_000,
    "orders": 250_000,
    "scorecards": 5000,
    "sums_built_s": 100.0,
    "sums_day_s": 1.0,
    "sums_day_orders": 10_000,
    "run_year_s": 10.0,
    "run_year_cold_s": 12.0,
    "run_year_sql_s": 8.0,
    "run_month_s": 2.5,
    "run_month_sql_s": 1.0,
    "store_month_s": 0.9,
    "floor_year_s": 20.0,
    "native_on_time_rate_s": 100.0,
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
    "bill_lines": 600_000,
    "messages": 320_000,
    "full_kpis": 12,
    "full_year_s": 30.0,
    "full_year_cold_s": 33.0,
    "full_year_sql_s": 25.0,
    "full_month_s": 8.0,
    "full_month_sql_s": 6.0,
    "full_statements_year": 40,
    "full_statements_month": 40,
    "full_copies_year": 2,
    "full_copies_month": 2,
    "full_peak_rss_above_idle_mb": 140.0,
    "full_tenth_statements": 40,
    "workbook_lines": 125_000,
    "workbook_s": 20.0,
    "workbook_mb": 7.1,
    "workbook_peak_rss_above_idle_mb": 60.0,
    "sources": {"supplier.delivery.fact": 9.12345, "supplier.bill.fact": 12.0},
    "checks_compared": {"payment_terms": 9000, "return_rate": 10_000},
    "checks_different": {"payment_terms": 0, "return_rate": 0},
    "checks_missing_kpis": [],
    "kpis_unchecked": [],
}
GROWTH = {
    "quarter_lines": 262_500,
    "quarter_full_year_s": 7.0,
    "quarter_run_year_s": 2.5,
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


class TestArguments(unittest.TestCase):
    def refusal(self, *options):
        """What the command says to these, before it does anything."""
        parser = argparse.ArgumentParser()
        bench.add_arguments(parser)
        with self.assertRaises(Failure) as caught:
            bench.run(parser.parse_args(options))
        return caught.exception.what

    def setUp(self):
        for target, name in (
            (bench.session, "opened"),
            (bench.screens, "run"),
            (bench.purchasing, "run"),
            (bench.replica, "run"),
            (bench.what_if, "run"),
        ):
            patcher = mock.patch.object(target, name, side_effect=AssertionError)
            patcher.start()
            self.addCleanup(patcher.stop)

    def test_what_would_do_nothing_is_refused(self):
        for options in (["--growth"], ["--plans", "plans"], ["--lines", "5000"]):
            said = self.refusal("--screens", *options)
            self.assertIn(f"{options[0]} would do nothing", said)
        for alone in ("--purchasing", "--what-if"):
            for options in (["--fresh"], ["--suppliers", "50"], ["--lines", "5000"]):
                said = self.refusal(alone, *options)
                self.assertIn(f"{options[0]} would do nothing", said)
        said = self.refusal("--screens", "--growth", "--plans", "plans")
        self.assertIn("--growth, --plans", said)

    def test_too_little_is_refused(self):
        for options, said in (
            ("--suppliers 9", "9 suppliers are too few"),
            ("--suppliers 9 --screens", "9 suppliers are too few"),
            ("--suppliers 10 --lines 299", "299 lines are too few"),
            ("--suppliers 10 --lines 1199 --growth", "1199 lines are too few"),
        ):
            self.assertIn(said, self.refusal(*options.split()), options)

    def test_a_size_says_how_many(self):
        said = self.refusal("--size", "large", "--lines", "5000")
        self.assertIn("how many suppliers and lines", said)
        said = self.refusal("--size", "large", "--screens")
        self.assertIn("--lines would do nothing", said)

    def test_the_least_is_measured(self):
        for options in (
            "--suppliers 10 --lines 300",
            "--suppliers 10 --lines 1200 --growth",
            "--suppliers 10 --screens",
            "--purchasing",
            "--replica --suppliers 10",
            "--what-if",
        ):
            with self.assertRaises(AssertionError):
                self.refusal(*options.split())


class TestReport(unittest.TestCase):
    def missed(self, **changed):
        verdicts = report.targets({**FIGURES, **changed})
        return [target for target, _measured, is_met in verdicts if not is_met]

    def test_targets(self):
        self.assertEqual(self.missed(), [])
        for changed in (
            {"native_on_time_rate_s": 87.0},
            {"floor_year_s": 18.0},
            {"run_month_s": 2.6},
            {"sums_built_s": 33.0},
            {"tenth_statements": 25},
            {"peak_rss_above_idle_mb": 301.0},
            {"different": 1},
            {"full_year_s": 40.1},
            {"full_tenth_statements": 41},
            {"workbook_s": 30.1},
            {"workbook_peak_rss_above_idle_mb": 301.0},
            {"checks_different": {"payment_terms": 0, "return_rate": 3}},
        ):
            self.assertEqual(len(self.missed(**changed)), 1, changed)

    def test_growth_is_judged_when_it_was_measured(self):
        def judged(**changed):
            verdicts = report.targets({**FIGURES, **changed})
            return [verdict for verdict in verdicts if "quarter" in verdict[0]]

        self.assertEqual(judged(), [])
        (met,) = judged(**GROWTH)
        self.assertEqual(met[1:], ("4.29 times", True))
        (missed,) = judged(**{**GROWTH, "quarter_full_year_s": 6.0})
        self.assertEqual(missed[1:], ("5.00 times", False))

    def test_alerts_are_judged_when_they_were_measured(self):
        measured = {
            "alert_rules": 100,
            "alerts_open": 12_000,
            "alerts_first_night_s": 50.0,
            "alerts_next_night_s": 40.0,
            "alerts_next_night_statements": 14,
            "save_s": 0.1,
            "save_watched_s": 0.104,
        }
        verdicts = [met for *_said, met in report.targets({**FIGURES, **measured})]
        self.assertEqual(len(verdicts), len(list(report.targets(FIGURES))) + 2)
        for slow in ({"alerts_next_night_s": 61.0}, {"save_watched_s": 0.106}):
            figures = {**FIGURES, **measured, **slow}
            missed = [text for text, _value, met in report.targets(figures) if not met]
            with self.subTest(**slow):
                self.assertTrue(any("rules" in text for text in missed))
        self.assertIn("next night", report.table({**FIGURES, **measured}))

    def test_the_slowest_that_opens_is_judged(self):
        opened = {
            "analyses": {"Price": {"months": 0.5, "ever": 2.5}},
            "records": {
                "otd": {"largest": 0.1, "middle": 0.1},
                "otif": {"largest": 0.2, "middle": 0.1},
            },
        }
        self.assertEqual(self.missed(**opened), [])
        self.assertIn("2.50 s", report.table({**FIGURES, **opened}))
        opened["records"]["otif"]["largest"] = 0.6
        [missed] = self.missed(**opened)
        self.assertIn("largest supplier: less than 0.5 s", missed)

    def test_a_large_database_is_generated_in_time(self):
        made = {"generated_s": 1201.0, "generated_steps": {"VACUUM ANALYZE": 7.0}}
        self.assertEqual(self.missed(**made), [])
        [missed] = self.missed(**made, lines=10_000_000)
        self.assertIn("20 minutes", missed)
        self.assertIn("vacuum analyze", report.table({**FIGURES, **made}))

    def test_the_limit_is_shown_and_judged_when_it_was_measured(self):
        self.assertIn("DuckDB is not there", report.table(FIGURES))
        measured = {
            "limit_year_s": 1.25,
            "limit_loading_s": 2.0,
            "limit_threads": 2,
            "limit_version": "2.0.1",
            "limit_compared": 45_000,
            "limit_different": 0,
        }
        self.assertEqual(self.missed(**measured), [])
        self.assertIn("1.25 s", report.table({**FIGURES, **measured}))
        wrong = {**measured, "limit_different": 1}
        self.assertEqual(len(self.missed(**wrong)), 1)
        self.assertFalse(report.is_right({**FIGURES, **wrong}))

    def test_the_limit_asks_what_the_floor_asks(self):
        answers = [
            statement.read_text().rpartition("\nSELECT ")[2]
            for statement in (FLOOR, limit.STATEMENT)
        ]
        self.assertEqual(*answers)

    def test_without_duckdb_the_rest_is_measured(self):
        failure = Failure("no network")
        with (
            mock.patch.object(limit.venv, "ensure", side_effect=failure),
            mock.patch.object(limit, "say") as say,
        ):
            self.assertEqual(limit.asked()["python"], "")
        self.assertIn("no network", say.call_args.args[0])

    def test_the_delay_report_is_shown(self):
        self.assertNotIn("vendor.delay.report", report.table(FIGURES))
        measured = {"delay_report_s": 3.5, "delay_report_suppliers": 4990}
        self.assertIn("3.50 s", report.table({**FIGURES, **measured}))

    def test_wrong_numbers_fail_the_command(self):
        self.assertTrue(report.is_right(FIGURES))
        for changed in (
            {"different": 1},
            {"checks_different": {"payment_terms": 1, "return_rate": 0}},
        ):
            self.assertFalse(report.is_right({**FIGURES, **changed}), changed)

    def test_table(self):
        self.assertNotIn("targets are set for", report.table(FIGURES))
        small = report.table({**FIGURES, "suppliers": 100})
        self.assertIn("targets are set for 5,000 suppliers", small)

    def test_table_shows_sources_slowest_first(self):
        lines = report.table(FIGURES).splitlines()
        sources = [line.split() for line in lines if ".fact" in line]
        self.assertEqual(
            sources,
            [
                ["supplier.bill.fact", "12.00", "s"],
                ["supplier.delivery.fact", "9.12", "s"],
            ],
        )

    def test_table_shows_the_quarter(self):
        self.assertNotIn("262,500", report.table(FIGURES))
        self.assertIn("262,500", report.table({**FIGURES, **GROWTH}))

    def test_table_names_what_was_not_compared(self):
        self.assertNotIn("NOT COMPARED", report.table(FIGURES))
        gaps = {"checks_missing_kpis": ["discount_rate"], "kpis_unchecked": ["review"]}
        shown = report.table({**FIGURES, **gaps}).splitlines()
        self.assertEqual(
            [line for line in shown if "NOT COMPARED" in line],
            [
                "NOT COMPARED  discount_rate: the database has no such KPI (yet)",
                "NOT COMPARED  review: there is no statement by hand for it",
            ],
        )

    def test_json(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "figures.json"
            report.write(FIGURES, path)
            written = json.loads(path.read_text())
        self.assertEqual(tuple(written)[: len(report.KEYS)], report.KEYS)
        self.assertEqual(written["peak_rss_above_idle_mb"], 100.0)
        self.assertEqual(written["sources"]["supplier.delivery.fact"], 9.123)


class TestChecks(unittest.TestCase):
    """Our numbers against numbers by hand (the script's own module)."""

    @classmethod
    def setUpClass(cls):
        inside = str(SCRIPT.parent)
        sys.path.insert(0, inside)
        cls.addClassCleanup(sys.path.remove, inside)
        cls.checks = importlib.import_module("checks")

    def differences(self, ours, theirs, codes):
        with mock.patch.object(self.checks, "say") as say:
            counts = self.checks.differences(ours, theirs, codes, "test")
        return counts, [call.args[0] for call in say.call_args_list]

    def test_same(self):
        ours = {(1, "a"): 5.0, (1, "b"): None, (2, "a"): 2e9, (2, "x"): 7.0}
        theirs = {(1, "a"): 5.0000009, (2, "a"): 2e9 + 900}
        self.assertEqual(
            self.differences(ours, theirs, ["a", "b"]), ({"a": 0, "b": 0}, [])
        )

    def test_different(self):
        ours = {(1, "a"): 5.0, (2, "a"): None, (1, "b"): 0.0}
        theirs = {(1, "a"): 5.00001, (2, "a"): 0.0, (3, "a"): 1.0, (1, "b"): 0.0}
        counts, shown = self.differences(ours, theirs, ["a", "b"])
        self.assertEqual(counts, {"a": 3, "b": 0})
        self.assertIn("DIFFERENT, test: a of supplier 3:", shown)


class TestStatements(unittest.TestCase):
    """The SQL files, as far as they can be judged without a database."""

    def test_sequences_are_set_after_all_data(self):
        files = sorted(data.STATEMENTS.glob("*.sql"))
        self.assertEqual(files[-1].name, "99_sequences.sql")

    def test_one_statement_by_hand_for_each_kpi(self):
        kpis = self.kpi_codes()
        codes = []
        for file in (FLOOR, *CHECKS.glob("*.sql")):
            answer = file.read_text().rpartition("\nSELECT ")[2]
            codes += re.findall(r"^ +(?:.* AS )?(\w+),?$", answer, re.MULTILINE)
        found = [code for code in codes if code in kpis]
        self.assertEqual(sorted(found), sorted(kpis))

    def kpi_codes(self):
        """The codes of the KPIs that the add-on brings."""
        return [
            record.findtext("field[@name='code']")
            for file in (paths.CHECKOUT / addons.MAIN / "data").rglob("*.xml")
            for record in ElementTree.parse(file).iter("record")
            if record.get("model") == "supplier.kpi"
        ]
