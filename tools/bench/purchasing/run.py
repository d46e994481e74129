"""Lets two databases take turns at the same work, and compares what it took."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ... import addons, database, odoo, paths, process, session, state
from ...console import Failure, Step, step
from . import SCRIPT

NAME = database.PREFIX + "bench_purchasing_{}"
# The database that has the add-on, and the one that has not.
SIDES = (WITHOUT, WITH) = ("without", "with")
WORK = {"confirm": "confirming an order", "receive": "receiving it", "bill": "its bill"}
ORDERS = 200
# Orders of a turn: a few, so that the turns of both see the same machine.
TURN = 5
# Of all work together, how much more with the add-on.
MORE_STATEMENTS = 0.10
MORE_SECONDS = 0.05
# By the clock, and on a core, which other work on the machine hardly changes.
TIMES = ("seconds", "cpu_seconds")
PAUSE = 0.02


def run(orders: int = ORDERS) -> dict:
    """Measure; the figures. The databases are made for it and dropped again."""
    with session.opened(), state.lock("bench_purchasing"), _databases():
        return figures(*_measure(orders))


def figures(lines: int, rounds: list[dict]) -> dict:
    """What the turns took, for an order: with the add-on and without.

    Statements are those of all turns. Seconds are the median of the turns, and the
    share of more seconds is the median of what neighbouring turns differ by. Of the
    seconds that Odoo itself was at work on a core it is the same.
    """
    orders = len(rounds) * TURN
    work = {
        kind: {
            side: {
                "statements": sum(r[side][kind]["statements"] for r in rounds) / orders,
                **{
                    name: median(r[side][kind][name] for r in rounds) / TURN
                    for name in TIMES
                },
            }
            for side in SIDES
        }
        for kind in WORK
    }
    statements = {
        side: sum(work[kind][side]["statements"] for kind in WORK) for side in SIDES
    }
    return {
        "purchasing_orders": orders,
        "purchasing_lines": lines,
        "purchasing_work": work,
        "purchasing_more_statements": statements[WITH] / statements[WITHOUT] - 1,
        **{f"purchasing_more_{name}": _more(rounds, name) for name in TIMES},
    }


def targets(figures: dict):
    """Yield ``(target, what was measured, whether it is met)``, if it was measured."""
    if "purchasing_work" not in figures:
        return
    for name, allowed in (("statements", MORE_STATEMENTS), ("seconds", MORE_SECONDS)):
        more = figures[f"purchasing_more_{name}"]
        said = "SQL statements" if name == "statements" else "time"
        title = "ordering, receiving, billing beside the app"
        yield (
            f"{title}: at most {allowed:.0%} more {said}",
            f"{more:+.1%}",
            _is_at_most(more, allowed),
        )


def rows(figures: dict) -> list[tuple[str, str]]:
    """The figures for people: one line for each kind of work."""
    if "purchasing_work" not in figures:
        return []
    shown = [("plain purchasing, orders", f"{figures['purchasing_orders']}")]
    for kind, title in WORK.items():
        without, with_it = (figures["purchasing_work"][kind][side] for side in SIDES)
        statements = [side["statements"] for side in (without, with_it)]
        took = [side["seconds"] * 1000 for side in (without, with_it)]
        said = "{:.1f}, {:.1f} statements; {:.0f}, {:.0f} ms"
        shown.append((f"  {title}, without, with", said.format(*statements, *took)))
    core = figures["purchasing_more_cpu_seconds"]
    shown.append(("  Odoo's time on a core, with the app", f"{core:+.1%}"))
    return shown


def table(figures: dict) -> str:
    """The figures alone, with their targets."""
    lines = [f"{name:38}{text}" for name, text in rows(figures)]
    for target, measured, met in targets(figures):
        lines.append(f"{'pass' if met else 'MISS'}  {target}: {measured}")
    return "\n".join(lines)


def is_met(figures: dict) -> bool:
    """Whether the statements are few enough: they are the same on every machine."""
    return _is_at_most(figures["purchasing_more_statements"], MORE_STATEMENTS)


def _is_at_most(share: float, allowed: float) -> bool:
    return share <= allowed + 1e-9


def _more(rounds: list[dict], name: str) -> float:
    """By what share neighbouring turns differ, in the middle."""
    sums = [
        {side: sum(took[name] for took in each[side].values()) for side in SIDES}
        for each in rounds
    ]
    return median(each[WITH] / each[WITHOUT] for each in sums) - 1


@contextmanager
def _databases():
    """Both databases inside the block, and neither after it."""
    names = {side: NAME.format(side) for side in SIDES}
    try:
        with step("Two databases, with the add-on and without"):
            for name in names.values():
                database.fresh(name)
            database.install(names[WITH], addons.MAIN)
        yield
    finally:
        for name in names.values():
            database.drop(name)


def _measure(orders: int) -> tuple[int, list[dict]]:
    """Let both work in turns; the lines of the orders, and what each round took."""
    count = max(1, orders // TURN)
    # One round more than is measured: caches are filled in the first one.
    wanted = (1 + count) * TURN
    with tempfile.TemporaryDirectory() as folder:
        sides = {side: _Side.started(side, Path(folder), wanted) for side in SIDES}
        try:
            with step(f"{count * TURN} orders, receipts and bills") as progress:
                lines = max(side.wait(0)["lines"] for side in sides.values())
                rounds = [
                    _round(sides, number, progress, count)
                    for number in range(1, 2 + count)
                ]
            for side in sides.values():
                side.ask(2 + count, 0)
                side.process.wait(60)
        finally:
            for side in sides.values():
                side.process.kill()
                side.process.wait()
    return lines, rounds[1:]


def _round(sides: dict, number: int, progress: Step, count: int) -> dict:
    """A turn of each; who begins changes."""
    progress.update(f"round {number - 1}/{count}", (number - 1) / (1 + count))
    order = SIDES if number % 2 else SIDES[::-1]
    took = {}
    for name in order:
        sides[name].ask(number, TURN)
        took[name] = sides[name].wait(number)
    return took


@dataclass
class _Side:
    """One Odoo at work on one of the databases."""

    process: subprocess.Popen
    folder: Path
    log: Path

    @classmethod
    def started(cls, side: str, folder: Path, orders: int) -> _Side:
        own = folder / side
        own.mkdir()
        log = paths.logs() / f"bench-purchasing-{side}.log"
        args = {"folder": str(own), "orders": orders, "first": TURN}
        name = NAME.format(side)
        return cls(odoo.start_script(SCRIPT, db=name, args=args, log=log), own, log)

    def ask(self, number: int, orders: int) -> None:
        partial = self.folder / f"asked-{number}"
        partial.write_text(str(orders))
        partial.rename(self.folder / f"turn-{number}")

    def wait(self, number: int) -> dict:
        """What it answers to a turn."""
        path = self.folder / f"done-{number}"
        while not path.exists():
            if self.process.poll() is not None:
                raise Failure(
                    f"The work was not done:\n{process.tail(self.log)}",
                    f"See {self.log}.",
                )
            time.sleep(PAUSE)
        return json.loads(path.read_text())
