"""What is counted as passed, failed and skipped."""

import unittest

from tools.results import OdooLog, Result, of_unittest

HEAD = "2026-01-31 10:00:00,000 42 {level} db {logger}: "
TESTS = "odoo.addons.supplier_evaluation.tests.test_x"


def line(message, level="INFO", logger=TESTS):
    # Odoo ends its lines with a space where figures of performance may follow.
    return HEAD.format(level=level, logger=logger) + message + " "


def total(failures, errors, run):
    message = f"{failures} failed, {errors} error(s) of {run} tests when loading"
    return line(f"{message} database 'db'", logger="odoo.tests.result")


def read(lines, status=0):
    log = OdooLog()
    shown = [text for one in lines for text in log.feed(one)]
    return log.result(status), shown


class TestOdooLog(unittest.TestCase):
    def test_all_pass(self):
        lines = [line("Starting TestA.test_1 ..."), line("Starting TestA.test_2 ...")]
        result, shown = read([*lines, total(0, 0, 2)])
        self.assertEqual(str(result), "2 passed, 0 failed")
        self.assertTrue(result.good)
        self.assertEqual(shown, [])

    def test_failure_is_shown_with_its_traceback(self):
        lines = [
            line("Starting TestA.test_1 ..."),
            line("FAIL: TestA.test_1", "ERROR"),
            "Traceback (most recent call last):",
            "AssertionError: 1 != 2",
            line("Starting TestA.test_2 ..."),
            total(1, 0, 2),
        ]
        result, shown = read(lines, status=1)
        self.assertEqual(str(result), "1 passed, 1 failed")
        self.assertFalse(result.good)
        self.assertEqual(shown[-1], "AssertionError: 1 != 2")

    def test_failing_subtests_belong_to_one_test(self):
        lines = [
            line("Starting TestA.test_1 ..."),
            line("FAIL: Subtest TestA.test_1 (n=1)", "ERROR"),
            line("FAIL: Subtest TestA.test_1 (n=2)", "ERROR"),
            line("Starting TestA.test_2 ..."),
            total(2, 0, 2),
        ]
        self.assertEqual(str(read(lines, status=1)[0]), "1 passed, 2 failed")

    def test_skipped_test_did_not_pass(self):
        lines = [
            line("Starting TestA.test_1 ..."),
            line("skipped TestA.test_1 : Chrome executable not found"),
            line("Starting TestA.test_2 ..."),
            total(0, 0, 2),
        ]
        self.assertEqual(str(read(lines)[0]), "1 passed, 0 failed, 1 skipped")

    def test_skipped_class_was_never_started(self):
        lines = [
            line("Starting TestA.test_1 ..."),
            line("skipped setUpClass (TestB) : no browser"),
            total(0, 0, 1),
        ]
        self.assertEqual(str(read(lines)[0]), "1 passed, 0 failed, 1 skipped")

    def test_module_that_does_not_load_is_a_failure(self):
        message = "Some modules are not loaded, some dependencies may be missing: ['x']"
        error = line(message, "ERROR", "odoo.modules.loading")
        result, _shown = read(
            [error, line("Starting TestA.test_1 ..."), total(0, 0, 1)]
        )
        self.assertFalse(result.good)
        self.assertEqual(str(result), "1 passed, 1 failed")

    def test_unknown_module_is_a_failure(self):
        message = "invalid module names, ignored: nonsense"
        result, _shown = read(
            [line(message, "WARNING", "odoo.modules.loading"), total(0, 0, 1)]
        )
        self.assertFalse(result.good)

    def test_odoo_that_dies_is_a_failure(self):
        result, _shown = read([line("Starting TestA.test_1 ...")], status=255)
        self.assertFalse(result.good)
        self.assertEqual(str(result), "0 passed, 1 failed")

    def test_exit_status_counts_though_no_test_failed(self):
        result, _shown = read([line("Starting TestA.test_1 ..."), total(0, 0, 1)], 1)
        self.assertFalse(result.good)

    def test_no_test_is_not_success(self):
        result, _shown = read([total(0, 0, 0)])
        self.assertFalse(result.good)
        self.assertEqual(str(result), "0 passed, 1 failed")


class TestUnittestOutput(unittest.TestCase):
    def test_passed(self):
        result = of_unittest("....\n-----\nRan 4 tests in 0.1s\n\nOK\n", 0)
        self.assertEqual(str(result), "4 passed, 0 failed")

    def test_failed_errors_and_skipped(self):
        output = "Ran 9 tests in 1s\n\nFAILED (failures=1, errors=2, skipped=3)\n"
        self.assertEqual(str(of_unittest(output, 1)), "3 passed, 3 failed, 3 skipped")

    def test_crash(self):
        self.assertFalse(of_unittest("ImportError: no module", 1).good)

    def test_nothing_found(self):
        self.assertFalse(of_unittest("Ran 0 tests in 0.000s\n\nOK\n", 0).good)


class TestSum(unittest.TestCase):
    def test_sum_keeps_counts_and_problems(self):
        whole = Result(3, 1, 2) + Result(4, 0, 0, ["the server did not start"])
        self.assertEqual(str(whole), "7 passed, 1 failed, 2 skipped")
        self.assertFalse(whole.good)

    def test_problem_alone_is_not_zero_failed(self):
        self.assertEqual(str(Result(3, 0, 0, ["x"])), "3 passed, 1 failed")
