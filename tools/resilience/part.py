"""This part of the tests, as ./dev runs and counts it."""

from __future__ import annotations

import importlib

from .. import cases, paths
from ..console import say, step
from ..results import Result
from . import laboratory

CASES = ("test_schedule", "test_several", "test_sums", "test_chain", "test_many")


def run(prefix: str) -> Result:
    """Run the cases on databases whose names begin with `prefix`."""
    modules = [importlib.import_module(f"{__package__}.{name}") for name in CASES]
    result = Result()
    with (
        step("Resilience tests: runs killed, two at once, many suppliers") as progress,
        laboratory.opened(prefix),
    ):
        for module in modules:
            result += cases.result(cases.run(module, progress))
    if not result.good:
        say(f"  Logs: {paths.logs() / laboratory.LOG.format('*')}")
    return result
