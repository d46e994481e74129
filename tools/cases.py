"""Test cases that unittest runs in this process: progress, traces and counts."""

from __future__ import annotations

import unittest
from types import ModuleType

from .console import Step, say
from .results import Result


class Outcome(unittest.TestResult):
    """Counts, and names the test that runs."""

    def __init__(self, progress: Step):
        super().__init__()
        self.progress = progress

    def startTest(self, test):  # noqa: N802 (unittest's name)
        super().startTest(test)
        self.progress.update(test.id().rpartition(".")[2])


def run(module: ModuleType, progress: Step) -> unittest.TestResult:
    """Run the cases of a module."""
    outcome = Outcome(progress)
    unittest.defaultTestLoader.loadTestsFromModule(module).run(outcome)
    return outcome


def result(outcome: unittest.TestResult) -> Result:
    """What unittest found, with the traces shown."""
    for test, trace in [*outcome.failures, *outcome.errors]:
        say(f"{test}\n{trace}")
    return counted(outcome)


def counted(outcome: unittest.TestResult) -> Result:
    """The counts; a class that could not be set up ran no test."""
    failed = len(outcome.failures) + len(outcome.errors)
    skipped = len(outcome.skipped)
    return Result(max(0, outcome.testsRun - failed - skipped), failed, skipped)
