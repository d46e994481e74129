"""The judgement on what the add-on costs those who only buy."""

import unittest

from tools.bench.purchasing import run
from tools.commands import bench


def turn(statements, seconds):
    """What a turn took, the same for each kind of work."""
    return {
        kind: {
            "statements": statements,
            "seconds": seconds,
            "cpu_seconds": seconds / 2,
        }
        for kind in run.WORK
    }


def figures(*rounds):
    """Of turns: statements and seconds without the add-on, and with it."""
    return run.figures(
        600,
        [
            {run.WITHOUT: turn(*without), run.WITH: turn(*with_it)}
            for without, with_it in rounds
        ],
    )


class TestFigures(unittest.TestCase):
    def test_statements_of_all_turns_and_the_middle_of_seconds(self):
        measured = figures(
            ((100, 1.0), (105, 1.02)),
            ((100, 9.0), (115, 9.09)),  # the machine did something else, too
            ((100, 1.0), (110, 2.0)),
        )
        self.assertEqual(measured["purchasing_orders"], 3 * run.TURN)
        self.assertAlmostEqual(measured["purchasing_more_statements"], 0.1)
        self.assertAlmostEqual(measured["purchasing_more_seconds"], 0.02)
        self.assertAlmostEqual(measured["purchasing_more_cpu_seconds"], 0.02)
        confirming = measured["purchasing_work"]["confirm"]
        self.assertEqual(confirming[run.WITHOUT]["statements"], 100 / run.TURN)
        self.assertEqual(confirming[run.WITHOUT]["seconds"], 1 / run.TURN)

    def test_targets(self):
        for with_it, missed in (
            ((110, 1.05), []),
            ((111, 1.05), ["SQL statements"]),
            ((110, 1.06), ["time"]),
        ):
            measured = figures(((100, 1.0), with_it))
            found = [
                target.partition("more ")[2]
                for target, _measured, met in run.targets(measured)
                if not met
            ]
            self.assertEqual(found, missed)
            self.assertEqual(run.is_met(measured), "SQL statements" not in missed)

    def test_what_was_not_measured_is_not_judged(self):
        self.assertEqual(list(run.targets({})), [])
        self.assertEqual(run.rows({}), [])

    def test_table(self):
        shown = run.table(figures(((100, 1.0), (120, 1.0))))
        self.assertIn("confirming an order, without, with", shown)
        self.assertIn("MISS  ordering, receiving", shown)
        self.assertIn("+20.0%", shown)


class TestOption(unittest.TestCase):
    def test_every_part_alone_says_what_it_has(self):
        for option, words in bench.ALONE.items():
            self.assertTrue(option.startswith("--"))
            self.assertTrue(words)
