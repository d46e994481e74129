"""The tests of others, run with the add-on installed."""

from __future__ import annotations

import re
import time
from pathlib import Path

from .. import addons, database, network, odoo, paths, process, session, state
from ..console import Failure, say, step
from ..results import OdooLog, Result

ODOO = ("purchase", "purchase_stock", "stock")
OCA = (
    "partner_manual_rank",
    "purchase_exception",
    "purchase_order_approved",
    "purchase_order_type",
    "purchase_tier_validation",
)
REQUIREMENTS = paths.REQUIREMENTS / "neighbours.txt"
# Of a failure: the test's class and name, and where it is.
FAILURE = re.compile(
    r"^(?:FAIL|ERROR): (?:Subtest )?(?:setUpClass \()?(?P<test>[\w.]+).*"
    r"\(odoo\.addons\.(?P<module>\w+)\.tests"
)


def run(prefix: str) -> Result:
    """Run them on databases whose names begin so, and are dropped again."""
    folder = _folder()
    # One after the other: they change the same steps of an order.
    result = Result()
    for modules in (ODOO, *((module,) for module in OCA)):
        result += _run_modules(f"{prefix}with", modules, folder)
    return result


def _run_modules(name: str, modules: tuple[str, ...], folder: Path) -> Result:
    """Run their tests with ours; what fails must fail without ours as well."""
    result, failures = _tests(name, modules, _tags(modules), folder, own=True)
    if not failures:
        return result
    say(f"  {len(failures)} failures; the same tests without the add-on:")
    tags = ",".join(sorted(failures))
    _result, usual = _tests(f"{name}out", modules, tags, folder, own=False)
    ours = failures - usual
    for failure in sorted(failures & usual):
        say(f"  fails without the add-on, too: {failure}")
    for failure in sorted(ours):
        say(f"FAIL: only with the add-on: {failure}")
    result.failed = len(ours)
    return result


def _tags(modules: tuple[str, ...]) -> str:
    return ",".join(f"/{module}" for module in modules)


def _tests(
    name: str, modules: tuple[str, ...], tags: str, folder: Path, *, own: bool
) -> tuple[Result, set[str]]:
    """Run tests in a new database; the tags of those that failed, too."""
    log = paths.logs() / f"neighbours-{modules[0]}-{time.strftime('%H%M%S')}.log"
    folders = [*session.current().runtime.addons, paths.CHECKOUT, folder]
    arguments = ["--addons-path", ",".join(map(str, folders)), "--stop-after-init"]
    arguments += ["--http-port", str(network.free_port()), "--test-tags", tags]
    new = [module for module in modules if module not in ODOO]
    title = f"Tests of {', '.join(modules)}, {'with' if own else 'without'} the add-on"
    watcher, failures = OdooLog(), set()

    def show(line: str) -> None:
        for text in watcher.feed(line):
            say(f"  {text}")
            if found := FAILURE.match(text):
                failures.add(_tag(found["module"], found["test"]))

    try:
        with step(title) as progress:
            database.fresh(name)
            if own:
                _install(name, [addons.MAIN], arguments[:2])
            wanted = ["-i", ",".join(new)] if new else ["-u", ",".join(modules)]
            status = odoo.run(
                [*arguments, *wanted],
                db=name,
                log=log,
                progress=progress,
                on_line=show,
            )
    finally:
        database.drop(name)
    say(f"  Log: {log}")
    return watcher.result(status), failures


def _tag(module: str, test: str) -> str:
    """Odoo's test tag of ``Class.method``, or of a class alone."""
    parts = test.split(".")
    test_class, method = (parts[-2:] if len(parts) > 1 else (parts[0], ""))
    return f"/{module}:{test_class}" + (f".{method}" if method else "")


def _install(name: str, modules: list[str], path: list[str]) -> None:
    log = paths.logs() / "neighbours-install.log"
    arguments = [*path, "-i", ",".join(modules), "--stop-after-init", "--no-http"]
    if odoo.run(arguments, db=name, log=log):
        raise Failure(f"{', '.join(modules)} could not be installed.", f"See {log}.")


def _folder() -> Path:
    """The folder with the add-ons of the OCA, fetched from PyPI into the cache."""
    mark = state.fingerprint(REQUIREMENTS)
    root = paths.cache() / "neighbours"
    with state.lock():
        if not state.is_built(root, mark):
            with (
                step("Fetching add-ons of the OCA"),
                state.building(root, mark) as partial,
            ):
                python = session.current().runtime.python
                command = [python, "-m", "pip", "install", "--no-input", "--no-deps"]
                command += ["--disable-pip-version-check", "--target", partial]
                process.run(
                    [*command, "-r", REQUIREMENTS],
                    log="pip",
                    failure="Add-ons of the OCA could not be fetched from PyPI.",
                    hint="Is the network up? The same command retries.",
                )
    return root / "odoo" / "addons"
