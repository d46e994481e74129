"""The database that is measured: made once per size, reused while it is current."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from .. import addons, database, odoo, paths, state
from ..console import Failure, say, step
from . import loading

NAME = database.PREFIX + "bench_{suppliers}_{lines}"
UNFINISHED = database.PREFIX + "unfinished_bench"
STATEMENTS = Path(__file__).with_name("generate")
TIME_ZONE = "Asia/Shanghai"
# What a million lines take with their indexes, and while they are generated; and the
# write-ahead log besides.
GIGABYTES_PER_MILLION_LINES = 4
GIGABYTES_OF_LOG = 5


@dataclass(frozen=True)
class Size:
    """How much is generated, and for which days."""

    suppliers: int
    lines: int
    date_from: date
    date_to: date

    @classmethod
    def of_last_year(cls, suppliers: int, lines: int, today: date) -> Size:
        """The last twelve closed months."""
        first = today.replace(day=1)
        return cls(
            suppliers, lines, first.replace(year=first.year - 1), first - timedelta(1)
        )

    @property
    def database(self) -> str:
        return NAME.format(suppliers=self.suppliers, lines=self.lines)


def ready(size: Size, *, fresh: bool = False) -> str:
    """The name of a database with this data and the add-on as it is now."""
    with state.lock("bench"):
        if fresh or not _is_current(size):
            _generate(size)
        else:
            say(f"  The data is there already, in {size.database}.")
            update_addon(size.database)
    return size.database


def _data_mark(size: Size) -> str:
    """What the data depends on: the statements and their parameters."""
    return state.fingerprint(*sorted(STATEMENTS.glob("*.sql")), *asdict(size).values())


def _addon_mark() -> str:
    """What the installed add-on depends on: its files."""
    files = (paths.CHECKOUT / addons.MAIN).rglob("*")
    kinds = (".py", ".xml", ".csv")
    return state.fingerprint(*sorted(file for file in files if file.suffix in kinds))


def _is_current(size: Size) -> bool:
    name = size.database
    return database.exists(name) and mark(name, "data") == _data_mark(size)


def mark(name: str, kind: str) -> str:
    """What something of the database was made of; empty when it never was."""
    statement = "SELECT value FROM ir_config_parameter WHERE key = %s"
    rows = database.query(statement, f"supplier_evaluation.bench.{kind}", database=name)
    return rows[0][0] if rows else ""


def set_mark(name: str, kind: str, value: str) -> None:
    """Note what something of the database is made of now."""
    statement = (
        "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s) "
        "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value"
    )
    key = f"supplier_evaluation.bench.{kind}"
    database.query(statement, key, value, database=name)


def _generate(size: Size) -> None:
    """Build it under another name: a database that has the name is complete."""
    needed = GIGABYTES_PER_MILLION_LINES * size.lines / 1e6
    state.need_space(GIGABYTES_OF_LOG + needed)
    database.drop(size.database)
    with step("Cloning the template database"):
        database.fresh(UNFINISHED)
    install_addon(UNFINISHED)
    started = time.monotonic()
    files = sorted(STATEMENTS.glob("*.sql"))
    values = [*map(str, asdict(size).values()), TIME_ZONE]
    seconds = loading.load(UNFINISHED, "".join(map(Path.read_text, files)), values)
    with step("VACUUM ANALYZE"):
        vacuumed = time.monotonic()
        database.query("VACUUM ANALYZE", database=UNFINISHED)
        seconds["VACUUM ANALYZE"] = time.monotonic() - vacuumed
    took = time.monotonic() - started
    say(f"  Generated in {took:.0f} s.")
    set_mark(UNFINISHED, "seconds", json.dumps({"total": took, **seconds}))
    set_mark(UNFINISHED, "data", _data_mark(size))
    database.rename(UNFINISHED, size.database)


def generated(name: str) -> dict:
    """Figures: the seconds that a database took to be made, and each step of it.

    Empty for one that was made before they were noted.
    """
    noted = mark(name, "seconds")
    if not noted:
        return {}
    steps = json.loads(noted)
    return {"generated_s": steps.pop("total"), "generated_steps": steps}


def install_addon(name: str) -> None:
    """Install the add-on in a database that is new."""
    database.install(name, addons.MAIN)
    set_mark(name, "addon", _addon_mark())


def update_addon(name: str) -> None:
    """Update the add-on in the database, if it has changed."""
    if mark(name, "addon") != _addon_mark():
        _update(name)
        set_mark(name, "addon", _addon_mark())


def _update(name: str) -> None:
    log = paths.logs() / f"bench-{time.strftime('%Y%m%d-%H%M%S')}.log"
    with step("Updating the add-on") as progress:
        arguments = ["-u", addons.MAIN, "--stop-after-init", "--no-http"]
        status = odoo.run(arguments, db=name, log=log, progress=progress)
    if status or database.installed(name).get(addons.MAIN) != "installed":
        raise Failure("The add-on could not be updated.", f"See {log}.")
