"""Seeds the database of the screens once for each size, measures and reports."""

from __future__ import annotations

import json
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from ... import database, odoo, session, state
from ...console import Failure, say, step
from .. import data
from . import INSIDE

NAME = database.PREFIX + "bench_screens_{suppliers_count}_{kpis}_{months}"
UNFINISHED = database.PREFIX + "unfinished_bench_screens"
SCRIPT = INSIDE / "measure.py"
# A call of a screen takes at most so long.
LIMIT_S = 0.3
# Of a call that shows every supplier in one table: it is not judged.
ALL = "all suppliers"
# What a line takes with its indexes.
GIGABYTES_PER_MILLION_LINES = 1


@dataclass(frozen=True)
class Size:
    """How many suppliers, and by how few of them statements are compared.

    A page of a list is full with the few as well: who counts no further asks less.
    """

    suppliers_count: int = 5000
    few: int = 500
    kpis: int = 25
    months: int = 24
    last: str = ""

    @classmethod
    def of(cls, suppliers: int, today: date) -> Size:
        """The last closed months of so many suppliers, and of a tenth of them."""
        last = today.replace(day=1) - timedelta(1)
        few = max(min(suppliers, 100), suppliers // 10)
        return cls(suppliers, few, last=last.isoformat())

    @property
    def database(self) -> str:
        return NAME.format(**asdict(self))


def run(suppliers: int, *, fresh: bool, today: date) -> dict:
    """Measure the calls; the figures."""
    size = Size.of(suppliers, today)
    with session.opened():
        return {**asdict(size), **_measure(ready(size, fresh=fresh))}


def ready(size: Size, *, fresh: bool = False) -> str:
    """The name of a database with these scorecards and the add-on as it is now."""
    with state.lock("bench_screens"):
        if fresh or not _is_current(size):
            _generate(size)
        else:
            data.update_addon(size.database)
    return size.database


def targets(figures: dict):
    """Yield ``(target, what was measured, whether it is met)``."""
    for name, call in figures["calls"].items():
        if name.endswith(ALL):
            continue
        took = call["seconds"]
        title = f"{name}: less than {LIMIT_S * 1000:.0f} ms"
        yield title, f"{took * 1000:.0f} ms", took < LIMIT_S
        statements = call["statements_few"], call["statements"]
        yield (
            f"{name}: as many statements for {figures['few']:,} suppliers",
            "{} and {}".format(*statements),
            statements[0] == statements[1],
        )


def is_met(figures: dict) -> bool:
    """Whether every call is fast enough, whatever the number of suppliers."""
    return all(met for _target, _measured, met in targets(figures))


def table(figures: dict) -> str:
    """The figures for people."""
    lines = [
        "{suppliers_count:,} suppliers, {kpis} KPIs, {months} months: "
        "{lines:,} lines of scorecards".format(**figures),
        f"{'':42}{'statements':>12}{'ms':>8}{'in SQL':>8}",
    ]
    for name, call in figures["calls"].items():
        took, in_sql = call["seconds"] * 1000, call["sql_seconds"] * 1000
        lines.append(f"{name:42}{call['statements']:>12}{took:>8.0f}{in_sql:>8.0f}")
    lines.append("")
    for target, measured, met in targets(figures):
        lines.append(f"{'pass' if met else 'MISS'}  {target}: {measured}")
    return "\n".join(lines)


def _mark(size: Size) -> str:
    """What the scorecards depend on: how they are written, and how many."""
    return state.fingerprint(INSIDE / "seed.py", *asdict(size).values())


def _is_current(size: Size) -> bool:
    name = size.database
    return database.exists(name) and data.mark(name, "screens") == _mark(size)


def _generate(size: Size) -> None:
    lines = size.suppliers_count * size.kpis * size.months
    state.need_space(1 + GIGABYTES_PER_MILLION_LINES * lines / 1e6)
    database.drop(size.database)
    with step("Cloning the template database"):
        database.fresh(UNFINISHED)
    data.install_addon(UNFINISHED)
    started = time.monotonic()
    _script(UNFINISHED, {"seed": True, "size": asdict(size)})
    with step("VACUUM ANALYZE"):
        database.query("VACUUM ANALYZE", database=UNFINISHED)
    say(f"  Seeded in {time.monotonic() - started:.0f} s.")
    data.set_mark(UNFINISHED, "screens", _mark(size))
    database.rename(UNFINISHED, size.database)


def _measure(name: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "figures.json"
        _script(name, {"seed": False, "result": str(result)})
        return json.loads(result.read_text())


def _script(name: str, args: dict) -> None:
    if odoo.run_script(SCRIPT, db=name, args=args):
        raise Failure(
            "The benchmark failed.",
            "Write the scorecards anew: ./dev bench --screens --fresh",
        )
