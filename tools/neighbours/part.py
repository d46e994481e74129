"""The tests of others, run with the add-on installed."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from .. import addons, database, odoo, paths, session
from ..bridges import others
from ..console import Failure, say, step
from ..results import Result

ODOO = ("purchase", "purchase_stock", "stock")
OCA = (
    "partner_manual_rank",
    "purchase_exception",
    "purchase_order_approved",
    "purchase_order_type",
    "purchase_tier_validation",
)
# The list of what they are and need.
LIST = "neighbours"
INSIDE = paths.TOOLS / "neighbours" / "inside" / "tests.py"


def run(prefix: str) -> Result:
    """Run them on databases whose names begin so, and are dropped again."""
    folder = others.fetched(LIST)
    # One after the other: they change the same steps of an order.
    result = Result()
    for number, modules in enumerate((ODOO, *((module,) for module in OCA))):
        # A number: with the name of an add-on it may be too long for PostgreSQL.
        result += _run_modules(f"{prefix}{number}", modules, folder)
    return result


def _run_modules(name: str, modules: tuple[str, ...], folder: Path) -> Result:
    """Run their tests with ours; what fails must fail without ours as well."""
    tags = ",".join(f"/{module}" for module in modules)
    answer = _tests(name, modules, tags, folder, own=True)
    failed = set(answer["failed"])
    usual = set()
    if failed:
        again = _tests(name, modules, ",".join(sorted(failed)), folder, own=False)
        usual = set(again["failed"])
    for test in sorted(failed & usual):
        say(f"  fails without the add-on, too: {test}")
    for test in sorted(failed - usual):
        say(f"FAIL: with the add-on only: {test}")
    result = Result(answer["run"] - len(failed), len(failed - usual))
    if not answer["run"]:
        result.problems.append(f"no test of {', '.join(modules)} was found")
    return result


def _tests(
    name: str, modules: tuple[str, ...], tags: str, folder: Path, *, own: bool
) -> dict:
    """Run tests in a new database: how many ran, and the tags of those that failed."""
    folders = [*session.current().runtime.addons, paths.CHECKOUT, folder]
    path = ["--addons-path", ",".join(map(str, folders))]
    new = [module for module in modules if module not in ODOO]
    new += [addons.MAIN] * own
    kind = "with" if own else "without"
    log = paths.logs() / f"neighbours-{modules[0]}-{kind}.log"
    title = f"Tests of {', '.join(modules)}, {kind} the add-on"
    try:
        with step(title), tempfile.TemporaryDirectory() as made:
            database.fresh(name)
            if new:
                installation = log.with_stem(f"{log.stem}-install")
                _install(name, new, path, installation)
            answer = Path(made) / "answer.json"
            args = {"modules": modules, "tags": tags, "answer": str(answer)}
            with log.open("w") as output:
                subprocess.run(
                    odoo.command(["shell", "-d", name, "--no-http", *path]),
                    env=odoo.environment(),
                    input=odoo.call_of_main(INSIDE, args),
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    text=True,
                    check=False,
                )
            if not answer.exists():
                raise Failure("The tests did not run to their end.", f"See {log}.")
            return json.loads(answer.read_text())
    finally:
        database.drop(name)
        say(f"  Log: {log}")


def _install(name: str, modules: list[str], path: list[str], log: Path) -> None:
    arguments = [*path, "-i", ",".join(modules), "--stop-after-init", "--no-http"]
    if odoo.run(arguments, db=name, log=log):
        raise Failure(f"{', '.join(modules)} could not be installed.", f"See {log}.")
