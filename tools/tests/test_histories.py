"""Which histories are tried, and what is told of them."""

import argparse
import json
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from tools.commands import test as command
from tools.console import Failure
from tools.histories import part


class TestWanted(unittest.TestCase):
    def test_as_many_batches_as_are_needed(self):
        self.assertEqual(part.Wanted(7, count=2 * part.SIZE).batches, [0, 1])
        self.assertEqual(part.Wanted(7, count=2 * part.SIZE + 1).batches, [0, 1, 2])

    def test_one_batch_alone(self):
        self.assertEqual(part.Wanted(7, count=2000, batch=13).batches, [13])


class TestOptions(unittest.TestCase):
    """What is asked for is tried, or refused with the mend."""

    def wanted(self, *arguments):
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        return command._wanted(parser.parse_args(arguments))

    def test_options_of_histories(self):
        self.assertEqual(self.wanted("histories", "--seed", "7"), part.Wanted(7))
        self.assertEqual(
            self.wanted("histories", "--seed", "0", "--count", "40", "--batch", "0"),
            part.Wanted(0, count=40, batch=0),
        )
        self.assertNotEqual(self.wanted("histories"), self.wanted("histories"))

    def test_nothing_to_try(self):
        for option, value in (("--count", "0"), ("--count", "-3"), ("--batch", "-1")):
            with self.subTest(option=option), self.assertRaises(Failure) as refusal:
                self.wanted("histories", option, value)
            self.assertIn(option, refusal.exception.what)
            self.assertTrue(refusal.exception.hint)

    def test_other_tests_have_no_such_options(self):
        self.assertIsNone(self.wanted())
        self.assertIsNone(self.wanted("/supplier_evaluation:TestPromise"))
        for tags in ("", "wheel", "/supplier_evaluation"):
            for option in ("--seed", "--count", "--batch"):
                with (
                    self.subTest(tags=tags, option=option),
                    self.assertRaisesRegex(Failure, "only histories"),
                ):
                    self.wanted(tags, option, "0")

    def test_the_help_says_how_many(self):
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        text = " ".join(parser.format_help().split())
        self.assertIn(f"rounded up to whole batches of {part.SIZE}", text)


class TestOutcomes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.said = []
        for patch in (
            mock.patch.object(part, "say", self.said.append),
            mock.patch.object(part.paths, "logs", return_value=self.folder),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    def outcome(self, batch, *codes, problem=""):
        return {
            "batch": batch,
            "histories": 20,
            "problem": problem,
            "differences": [f"{code} differs" for code in codes],
            "codes": codes,
            "different": len(codes),
        }

    def test_a_history_is_a_test(self):
        outcomes = [self.outcome(1, "otd", "otif"), self.outcome(0)]
        result = part._told(outcomes, part.Wanted(7))
        self.assertEqual((result.passed, result.failed), (38, 2))
        self.assertFalse(result.good)
        self.assertIn("  1 times different: otd", self.said)
        self.assertIn("otif differs", (self.folder / part.DIFFERENCES).read_text())

    def test_what_could_not_be_done_is_a_problem(self):
        result = part._told([self.outcome(3, problem="why")], part.Wanted(7))
        self.assertEqual((result.passed, result.failed), (0, 0))
        self.assertEqual(result.problems, ["batch 3 of seed 7 was not done"])
        self.assertIn("why", self.said)

    def test_a_line_that_is_being_written_is_read_later(self):
        file = self.folder / "0.jsonl"
        file.write_text(json.dumps({"batch": 0}) + "\n" + '{"batch": ')
        self.assertEqual(part._read([file, self.folder / "1.jsonl"]), [{"batch": 0}])

    def test_what_others_found_outlives_a_crash(self):
        """It may have taken twenty minutes."""
        found = [self.outcome(0, "otd")]
        log = self.folder / "worker.log"
        log.write_text("out of memory")
        workers = [SimpleNamespace(returncode=code) for code in (0, 1)]
        crash = part._crash(workers, [self.folder / "good.log", log])
        with (
            mock.patch.multiple(part.database, drop=mock.DEFAULT),
            mock.patch.object(part, "_prepare"),
            mock.patch.object(part, "_try", return_value=(found, crash)),
            self.assertRaisesRegex(Failure, "out of memory"),
        ):
            part.run("h_", part.Wanted(7, count=40))
        self.assertIn("otd differs", (self.folder / part.DIFFERENCES).read_text())
        self.assertIsNone(part._crash(workers[:1], [log]))
