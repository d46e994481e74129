"""This part of the tests, as ./dev runs and counts it."""

from __future__ import annotations

import importlib

from .. import cases, paths
from ..console import say, step
from ..results import Result
from . import workshop

CASES = "test_wheel"


def run(prefix: str) -> Result:
    """Run the cases on databases whose names begin with `prefix`."""
    module = importlib.import_module(f"{__package__}.{CASES}")
    with (
        step("Wheel tests: built, installed, and used from there") as progress,
        workshop.opened(prefix),
    ):
        outcome = cases.run(module, progress)
    result = cases.result(outcome)
    if not result.good:
        say(f"  Logs: {paths.logs() / workshop.LOG.format('*.log')}")
    return result
