"""This part of the tests, as ./dev runs and counts it."""

from __future__ import annotations

import importlib
import unittest

from .. import paths
from ..console import Step, say, step
from ..results import Result
from . import laboratory

CASES = "test_schedule"


class Outcome(unittest.TestResult):
    """Counts, and names the test that runs."""

    def __init__(self, progress: Step):
        super().__init__()
        self.progress = progress

    def startTest(self, test):  # noqa: N802 (unittest's name)
        super().startTest(test)
        self.progress.update(test.id().rpartition(".")[2])


def run(prefix: str) -> Result:
    """Run the cases on databases whose names begin with `prefix`."""
    cases = importlib.import_module(f"{__package__}.{CASES}")
    suite = unittest.defaultTestLoader.loadTestsFromModule(cases)
    with (
        step("Resilience tests: runs killed, and two at once") as progress,
        laboratory.opened(prefix, progress),
    ):
        outcome = Outcome(progress)
        suite.run(outcome)
    result = counted(outcome)
    for test, trace in [*outcome.failures, *outcome.errors]:
        say(f"{test}\n{trace}")
    if not result.good:
        say(f"  Logs: {paths.logs() / laboratory.LOG.format('*')}")
    return result


def counted(outcome: unittest.TestResult) -> Result:
    """What unittest found; a class that could not be set up ran no test."""
    failed = len(outcome.failures) + len(outcome.errors)
    skipped = len(outcome.skipped)
    return Result(max(0, outcome.testsRun - failed - skipped), failed, skipped)
