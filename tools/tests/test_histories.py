"""Which histories are tried, and what is told of them."""

import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools.histories import part


class TestWanted(unittest.TestCase):
    def test_as_many_batches_as_are_needed(self):
        self.assertEqual(part.Wanted(7, count=2 * part.SIZE).batches, [0, 1])
        self.assertEqual(part.Wanted(7, count=2 * part.SIZE + 1).batches, [0, 1, 2])

    def test_one_batch_alone(self):
        self.assertEqual(part.Wanted(7, count=2000, batch=13).batches, [13])


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
