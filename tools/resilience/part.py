"""This part of the tests, as ./dev runs and counts it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial

from .. import cases, paths
from ..console import say, step
from ..results import Result
from . import laboratory

# The longest first: they may run at once.
CASES = (
    "test_several",
    "test_chain",
    "test_schedule",
    "test_sums",
    "test_exchange",
    "test_many",
)
TITLE = "Resilience tests: runs killed, two at once, many suppliers"


@contextmanager
def jobs(prefix: str):
    """What is to be called in the block, each with a result, in any order or at once.

    Their databases have names that begin with `prefix`.
    """
    with laboratory.opened(prefix):
        yield [_job(name) for name in CASES]


def _job(name: str) -> Callable[[], Result]:
    module = importlib.import_module(f"{__package__}.{name}")
    return partial(_run, module)


def _run(module) -> Result:
    with step(TITLE) as progress:
        result = cases.result(cases.run(module, progress))
    if not result.good:
        say(f"  Logs: {paths.logs() / laboratory.LOG.format('*')}")
    return result
