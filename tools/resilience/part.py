"""This part of the tests, as ./dev runs and counts it."""

from __future__ import annotations

import importlib

from .. import cases, paths
from ..console import say, step
from ..results import Result
from . import laboratory

CASES = "test_schedule"


def run(prefix: str) -> Result:
    """Run the cases on databases whose names begin with `prefix`."""
    module = importlib.import_module(f"{__package__}.{CASES}")
    with (
        step("Resilience tests: runs killed, and two at once") as progress,
        laboratory.opened(prefix),
    ):
        outcome = cases.run(module, progress)
    result = cases.result(outcome)
    if not result.good:
        say(f"  Logs: {paths.logs() / laboratory.LOG.format('*')}")
    return result
