"""The parts of the tests: scoring core, these tools, Odoo, resilience, the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from . import (
    addons,
    browser,
    database,
    network,
    odoo,
    paths,
    printer,
    results,
    session,
    shares,
)
from .bridges import choice, others
from .bridges import part as bridges
from .console import Failure, say, step
from .histories import part as histories
from .neighbours import cost as neighbours_cost
from .neighbours import part as neighbours
from .resilience import part as resilience
from .results import Result
from .wheel import part as wheel

SCORING = addons.MAIN
# These names, given as TAGS, run that part alone.
SCORING_PART = "scoring"
TOOLS_PART = "tools"
RESILIENCE_PART = "resilience"
WHEEL_PART = "wheel"
COST_PART = "cost"
BRIDGES_PART = "bridges"
NEIGHBOURS_PART = "neighbours"
HISTORIES_PART = "histories"
PARTS = (
    SCORING_PART,
    TOOLS_PART,
    RESILIENCE_PART,
    WHEEL_PART,
    COST_PART,
    BRIDGES_PART,
    NEIGHBOURS_PART,
    HISTORIES_PART,
)
RUN = database.PREFIX + "test_"
# Plain libraries: what their tests are called, and their folders.
LIBRARIES = (
    ("Scoring core", "scoring"),
    ("Matching", "matching"),
    ("Forecast", "forecast"),
)
# So many Odoos test at once, if there are as many cores.
AT_ONCE = 2


def run_scoring() -> Result:
    """The plain libraries, without a database; property tests and doctests."""
    top = paths.CHECKOUT / SCORING
    python = session.current().runtime.python
    result = Result()
    for name, library in LIBRARIES:
        folder = top / library / "tests"
        if folder.is_dir():
            result += _run_unittest(name, python, folder, top)
        else:
            relative = folder.relative_to(paths.CHECKOUT)
            problem = f"{name.lower()} has no tests ({relative})"
            result += Result(problems=[problem])
    return result


def run_tools() -> Result:
    """The tests of ./dev itself."""
    return _run_unittest("Tools", sys.executable, paths.TOOLS / "tests", paths.CHECKOUT)


def run_odoo(
    tags: str = "", *, db: str = "", keep: bool = False, tours: bool = True
) -> Result:
    """Tests of the add-ons, on clones of the template, or on `db`, which is kept.

    Those of a bridge with a database of its own are run there, if `tags` are about it,
    and not at all without.
    """
    printer.ensure()
    _drop_leftovers()
    env = browser.environment() if tours else {}
    if bridge := choice.of_tags(tags, choice.alone(addons.found())):
        return _run_bridge(bridge, tags, env, db=db, keep=keep)
    with _shares(tags, env, db=db, keep=keep) as jobs:
        return lanes("Odoo tests", jobs)


@contextmanager
def _shares(
    tags: str, env: dict[str, str], *, db: str, keep: bool
) -> Iterator[list[Callable[[], Result]]]:
    """What is to be called in the block.

    All tests are run in shares, each on a clone of its own.

    :raises Failure: there is no add-on
    """
    source = database.template(database.FOR_TESTS)
    chosen = _chosen(source)
    each_tags = [tags]
    if not tags and not db:
        each_tags = shares.tags_of((addon.folder for addon in chosen), _at_once())
    first = db or f"{RUN}{os.getpid()}"
    names = [first, *(f"{first}_{number}" for number in range(1, len(each_tags)))]
    for name in names:
        if not database.exists(name):
            with step(f"Cloning the template database to {name}"):
                database.clone(source, name)
    try:
        yield [
            partial(_run_in, name, chosen, tags, env)
            for name, tags in zip(names, each_tags, strict=True)
        ]
    finally:
        for name in names:
            if db or keep:
                say(f"  The database {name} is kept (./dev db drop {name}).")
            else:
                database.drop(name)


def _chosen(source: str) -> list[addons.Addon]:
    """The add-ons that can be installed together in a clone of `source`."""
    found = choice.together(addons.found())
    if not found:
        raise Failure("There is no add-on in this checkout.")
    chosen = addons.installable(found, database.installed(source))
    left_out = [addon.name for addon in found if addon not in chosen]
    if left_out:
        say(f"  Not tested, for want of their dependencies: {', '.join(left_out)}")
    return chosen


def _run_bridge(
    bridge: addons.Addon, tags: str, env: dict[str, str], *, db: str, keep: bool
) -> Result:
    """The tests of a bridge that `tags` ask for, without uninstalling it."""
    name = db or f"{RUN}{os.getpid()}"
    if not database.exists(name):
        bridges.prepare(name, bridge)
    try:
        return _run_in(name, _with_main(bridge), tags, env | others.environment(bridge))
    finally:
        if db or keep:
            say(f"  The database {name} is kept (./dev db drop {name}).")
        else:
            database.drop(name)


def run_bridges() -> Result:
    """The bridges with a database of their own, each there."""
    printer.ensure()
    _drop_leftovers()
    return lanes("Tests of bridges", _bridges(browser.environment()))


def _bridges(env: dict[str, str]) -> list[Callable[[], Result]]:
    """What is to be called, for each bridge with a database of its own."""

    def tests(name: str, bridge: addons.Addon) -> Result:
        own = env | others.environment(bridge)
        return _run_in(name, _with_main(bridge), f"/{bridge.name}", own)

    return [
        partial(bridges.run, f"{_prefix()}bridge_{number}", bridge, tests)
        for number, bridge in enumerate(choice.alone(addons.found()))
    ]


def _with_main(bridge: addons.Addon) -> list[addons.Addon]:
    return [addon for addon in addons.found() if addon.name == addons.MAIN] + [bridge]


def run_resilience() -> Result:
    """The scheduled action, killed and run twice at once, in real processes."""
    _drop_leftovers()
    with resilience.jobs(_prefix()) as jobs:
        return lanes(resilience.TITLE, jobs)


def run_wheel() -> Result:
    """The add-on as pip installs it, in databases of its own."""
    _drop_leftovers()
    return _wheel()


def run_cost() -> Result:
    """How many SQL statements everyday work takes, without the add-on and with it."""
    _drop_leftovers()
    return _cost()


def run_all(*, db: str = "", keep: bool = False, tours: bool = True) -> Result:
    """Every part that needs a session: none waits for another.

    The add-ons' tests come first, in shares, for they take longest. Which of them
    takes how long hardly matters: the core that is done goes on with the rest.
    """
    printer.ensure()
    _drop_leftovers()
    env = browser.environment() if tours else {}
    with (
        _shares("", env, db=db, keep=keep) as odoo_jobs,
        resilience.jobs(_prefix()) as resilience_jobs,
    ):
        first, *others = resilience_jobs
        # While the first builds what the others clone, the wheel needs nothing of it.
        jobs = [*odoo_jobs, first, _wheel, *_bridges(env), *others, _cost, run_scoring]
        return lanes("All tests", jobs)


def _wheel() -> Result:
    return wheel.run(f"{_prefix()}wheel_")


def _cost() -> Result:
    return neighbours_cost.run(f"{_prefix()}cost")


def run_neighbours() -> Result:
    """The tests of Odoo's purchase and stock and of others' add-ons, beside ours."""
    _drop_leftovers()
    return neighbours.run(f"{_prefix()}neighbours_")


def run_histories(wanted: histories.Wanted) -> Result:
    """Random histories against the executable definition, on all cores."""
    _drop_leftovers()
    return histories.run(f"{_prefix()}histories_", wanted)


def _prefix() -> str:
    """How the names of this run's databases begin."""
    return f"{RUN}{os.getpid()}_"


def _at_once() -> int:
    return min(AT_ONCE, os.cpu_count() or 1)


def lanes(title: str, jobs: Iterable[Callable[[], Result]]) -> Result:
    """Run jobs in their order, so many at once as there are cores for.

    :raises Failure: a job's; what has not begun by then is left out
    """
    with step(title), ThreadPoolExecutor(_at_once()) as pool:
        return sum(pool.map(lambda job: job(), jobs), Result())


def _run_in(
    name: str, chosen: list[addons.Addon], tags: str, env: dict[str, str]
) -> Result:
    modules = [addon.name for addon in chosen]
    present = database.installed(name)
    new = [module for module in modules if present.get(module) != "installed"]
    old = [module for module in modules if module not in new]
    number = name.removeprefix(RUN)
    log = paths.logs() / f"test-{time.strftime('%Y%m%d-%H%M%S')}-{number}.log"
    # A bridge is there where it is tested, and nowhere else.
    arguments = [database.ALONE, "--stop-after-init"]
    arguments += ["--http-port", str(network.free_port())]
    arguments += ["-i", ",".join(new)] if new else []
    arguments += ["-u", ",".join(old)] if old else []
    # The time of each class and test is at the log's end.
    arguments += ["--log-handler", "odoo.tests.stats:DEBUG"]
    arguments += ["--test-tags", tags or ",".join(f"/{module}" for module in modules)]
    watcher = results.OdooLog()
    with step(f"Odoo tests of {', '.join(modules)}") as progress:

        def show(line: str) -> None:
            before = watcher.current
            for text in watcher.feed(line):
                progress.interrupt(text)
            if watcher.current != before:
                progress.update(watcher.current)

        status = odoo.run(
            arguments,
            db=name,
            log=log,
            progress=progress,
            on_line=show,
            env=env,
        )
    result = watcher.result(status)
    result.problems += _not_installed(name, modules)
    for skipped in watcher.skips:
        say(f"  skipped {skipped}")
    say(f"  Log: {log}")
    return result


def _not_installed(name: str, modules: list[str]) -> list[str]:
    """Ask the database, not the log, whether the add-ons are in it."""
    try:
        present = database.installed(name)
    except Failure as failure:
        return [failure.what]
    return [
        f"{module} is not installed ({present.get(module, 'unknown')})"
        for module in modules
        if present.get(module) != "installed"
    ]


def _drop_leftovers() -> None:
    """Databases of test runs that were killed: their process is no more.

    Only on the private server: on another one a run may belong to another machine.
    """
    if session.current().is_users_server:
        return
    for name in database.names():
        number = name.removeprefix(RUN).partition("_")[0]
        if name.startswith(RUN) and number.isdigit() and not _is_alive(int(number)):
            database.drop(name)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _run_unittest(title: str, python: Path | str, folder: Path, top: Path) -> Result:
    command = [str(python), "-m", "unittest", "discover"]
    command += ["-s", str(folder), "-t", str(top)]
    # What the tests leave behind (hypothesis' examples) goes to the cache.
    work = paths.cache() / "unittest"
    work.mkdir(parents=True, exist_ok=True)
    settings = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "default"}
    with step(f"{title} tests"):
        done = subprocess.run(
            command,
            cwd=work,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    result = results.of_unittest(done.stdout, done.returncode)
    if not result.good:
        say(done.stdout)
    return result
