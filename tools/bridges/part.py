"""This part of the tests, as ./dev runs and counts it."""

from __future__ import annotations

import time
from collections.abc import Callable

from .. import addons, database, odoo, paths
from ..addons import Addon
from ..console import Failure, say, step
from ..results import Result
from . import choice, others, traces

UNINSTALL = paths.TOOLS / "bridges" / "inside" / "uninstall.py"
# Runs the tests of a bridge in a database, where it is installed if it is not.
Run = Callable[[str, Addon], Result]


def run(name: str, bridge: Addon, tests: Run) -> Result:
    """Test a bridge in a database of this name, which is dropped again.

    It is the last thing that is installed there, and then uninstalled: everything must
    be as it was before.
    """
    try:
        prepare(name, bridge)
        before = traces.seen(name)
        result = tests(name, bridge)
        return result + _uninstalled(name, bridge, before)
    finally:
        database.drop(name)


def prepare(name: str, bridge: Addon) -> None:
    """Make a database with all that a bridge needs, and the app, but without it."""
    database.fresh(name)
    needed = [*choice.needed(bridge)[:-1], *bridge.depends, addons.MAIN]
    modules = [*dict.fromkeys(needed)]
    env = others.environment(bridge)
    log = paths.logs() / f"bridge-{bridge.name}.log"
    with step(f"A database for {bridge.name}: {', '.join(modules)}") as progress:
        arguments = ["-i", ",".join(modules), "--stop-after-init", "--no-http"]
        arguments.append(database.ALONE)
        status = odoo.run(arguments, db=name, log=log, progress=progress, env=env)
    present = database.installed(name)
    missing = [module for module in modules if present.get(module) != "installed"]
    if status or missing:
        raise Failure(f"{', '.join(missing)} could not be installed.", f"See {log}.")
    if present.get(bridge.name) == "installed":
        raise Failure(f"{bridge.name} is there before it is wanted.", f"See {log}.")


def _uninstalled(name: str, bridge: Addon, before: dict[str, set[str]]) -> Result:
    """One test: when it is uninstalled, everything is as before."""
    begun = time.monotonic()
    with step(f"Uninstalling {bridge.name}"):
        args = {"module": bridge.name}
        env = others.environment(bridge)
        status = odoo.run_script(UNINSTALL, db=name, args=args, env=env)
    problems = traces.changes(before, traces.seen(name))
    if status:
        problems.append("it could not be uninstalled")
    for problem in problems:
        say(f"FAIL: {bridge.name}: {problem}")
    say(f"  {bridge.name} is uninstalled ({time.monotonic() - begun:.0f} s)")
    return Result(failed=1) if problems else Result(passed=1)
