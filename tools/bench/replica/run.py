"""Opens the screens with a standby beside the server, and sees who was asked."""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

from ... import database, network, odoo, paths, postgres, session, state
from ...console import Failure, say, step
from ..screens import run as screens
from . import SCRIPT
from .calls import PUBLISHED, Browser, calls
from .standby import Standby, refuse_users_server

NAME = database.PREFIX + "unfinished_bench_replica"
# Statements that only begin, check and end a transaction read nothing of ours.
OURS = "supplier_"
# PostgreSQL tells what an idle connection has read after ten seconds at most.
TELLING = 11
SCANNED = (
    "SELECT COALESCE(SUM(seq_scan + COALESCE(idx_scan, 0)), 0)::bigint "
    "FROM pg_stat_user_tables WHERE relname LIKE 'supplier_%'"
)
SEEING = 120


def run(suppliers: int, *, fresh: bool, today: date) -> dict:
    """Measure; the figures. Standby and database are removed again."""
    refuse_users_server()
    size = screens.Size.of(suppliers, today)
    with session.opened(), state.lock("bench_replica"):
        source = screens.ready(size, fresh=fresh)
        try:
            database.drop(NAME)
            database.clone(source, NAME)
            return {"suppliers_count": suppliers, **_measure(size)}
        finally:
            database.drop(NAME)


def targets(figures: dict):
    """Yield ``(target, what was measured, whether it is met)``."""
    for name, call in figures["calls"].items():
        mode = call["mode"]
        yield f"{name}: asks the standby", mode, mode == "ro"
    scanned = figures["scanned_standby"], figures["scanned_primary"]
    yield (
        "our tables are read on the standby, and not on the first server",
        "{:,} and {:,} scans".format(*scanned),
        scanned[0] > 0 and not scanned[1],
    )
    yield (
        "while the standby lags, screens show what was published before",
        f"{figures['stale_same']} of {len(PUBLISHED)} calls",
        figures["stale_same"] == len(PUBLISHED),
    )
    yield (
        "publishing changes what every one of them shows",
        f"{figures['changed']} of {len(PUBLISHED)} calls",
        figures["changed"] == len(PUBLISHED),
    )
    yield (
        "when it goes on, every answer is the old or the new one, none is half",
        f"{figures['half']} of {figures['answers']} answers",
        not figures["half"],
    )
    yield (
        "then the standby answers as the first server does",
        f"{figures['fresh_same']} of {len(PUBLISHED)} calls",
        figures["fresh_same"] == len(PUBLISHED),
    )


def is_met(figures: dict) -> bool:
    """Whether the standby was asked, and never gave half an answer."""
    return all(met for _target, _measured, met in targets(figures))


def table(figures: dict) -> str:
    """The figures for people."""
    suppliers = figures["suppliers_count"]
    lines = [f"{suppliers:,} suppliers; statements about ours on the standby, time"]
    for name, call in figures["calls"].items():
        took = call["seconds"] * 1000
        lines.append(f"{name:42}{call['statements']:>12}{took:>8.0f} ms")
    lines.append("")
    for target, measured, met in targets(figures):
        lines.append(f"{'pass' if met else 'MISS'}  {target}: {measured}")
    return "\n".join(lines)


def _measure(size: screens.Size) -> dict:
    password = secrets.token_hex(16)
    ids = _prepare(size, password)
    with Standby() as standby:
        more = ["--db_replica_host", str(standby.socket)]
        more += ["--db_replica_port", str(postgres.PORT)]
        with _odoo("replica", more) as (port, log):
            buyer, manager = (
                Browser(port).log_in(NAME, ids[who], password)
                for who in ("buyer", "manager")
            )
            asked = Asked(standby, buyer, ids, log)
            figures = {**asked.who_answers(), **_publish(standby, asked, manager)}
        with _odoo("primary", []) as (port, _log):
            buyer = Browser(port).log_in(NAME, ids["buyer"], password)
            first = Asked(standby, buyer, ids, log).answers()
    answered = figures.pop("last")
    figures["fresh_same"] = sum(first[name] == answered[name] for name in PUBLISHED)
    return figures


def _prepare(size: screens.Size, password: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "ids.json"
        args = {"password": password, "size": asdict(size), "result": str(result)}
        if odoo.run_script(SCRIPT, db=NAME, args=args):
            raise Failure(
                "What is published could not be prepared.",
                "Write the scorecards anew: ./dev bench --replica --fresh",
            )
        return json.loads(result.read_text())


@contextmanager
def _odoo(name: str, more: list[str]):
    """Yield the port and the log of an Odoo on the database."""
    port = network.free_port()
    log = paths.logs() / f"bench-replica-{name}.log"
    with odoo.serving(NAME, port, log, more):
        yield port, log


def _publish(standby: Standby, asked: Asked, manager: Browser) -> dict:
    """Publish while the standby shows nothing new, and look before, then and after."""
    with step("Publishing while the standby lags"):
        before = asked.answers()
        standby.pause()
        revision = [asked.ids["revision"]]
        manager.call("supplier.evaluation", "action_publish", [revision], {})
        lagging = asked.answers()
        seen = _see(standby, asked, before)
        standby.catch_up()
        after = asked.answers()
    given = [(name, each[name]) for each in seen for name in PUBLISHED]
    return {
        "stale_same": sum(lagging[name] == before[name] for name in PUBLISHED),
        "changed": sum(after[name] != before[name] for name in PUBLISHED),
        "answers": len(given),
        "half": sum(one not in (before[name], after[name]) for name, one in given),
        "last": after,
    }


def _see(standby: Standby, asked: Asked, before: dict) -> list[dict]:
    """Ask again and again, from before the standby goes on until it shows the new."""
    end = time.monotonic() + SEEING
    seen = [asked.answers()]
    with ThreadPoolExecutor(1) as other:
        resumed = other.submit(standby.resume)
        while seen[-1] == before:
            if time.monotonic() > end:
                raise Failure("The standby does not show what was published.")
            seen.append(asked.answers())
        resumed.result()
    return seen


class Asked:
    """The calls of a user, and on which server they were answered.

    :param log: of the Odoo that is asked
    """

    def __init__(self, standby: Standby, browser: Browser, ids: dict, log: Path):
        self.standby = standby
        self.browser = browser
        self.ids = ids
        self.log = log

    def answers(self) -> dict[str, object]:
        """What the screens show that tell of what was published."""
        return {
            title: self.browser.call(*call)
            for title, *call in calls(self.ids)
            if title in PUBLISHED
        }

    def who_answers(self) -> dict:
        """Open every screen twice, and count the second time."""
        with step("Opening the screens"):
            for _title, *call in calls(self.ids):
                self.browser.call(*call)
            time.sleep(TELLING)
            before = self._scanned()
            opened = {title: self._open(call) for title, *call in calls(self.ids)}
            time.sleep(TELLING)
            after = self._scanned()
        names = ("scanned_standby", "scanned_primary")
        scanned = (late - early for early, late in zip(before, after, strict=True))
        return {"calls": opened, **dict(zip(names, scanned, strict=True))}

    def _open(self, call: list) -> dict:
        place = self.standby.log.stat().st_size
        position = self.log.stat().st_size
        started = time.perf_counter()
        self.browser.call(*call)
        seconds = time.perf_counter() - started
        statements, _place = self.standby.statements_since(place, NAME)
        return {
            "mode": self._mode(position, call[1]),
            "statements": sum(OURS in statement for statement in statements),
            "seconds": seconds,
        }

    def _mode(self, position: int, method: str) -> str:
        """The cursor that Odoo says it used: `ro`, `rw`, or `ro->rw`, which is both."""
        for _try in range(50):
            with self.log.open("rb") as log:
                log.seek(position)
                lines = log.read().decode(errors="replace").splitlines()
            said = [line.split()[-1] for line in lines if f".{method} HTTP" in line]
            if said:
                return said[-1]
            time.sleep(0.02)
        say(f"  Odoo's log does not tell of {method}: {self.log}")
        return "?"

    def _scanned(self) -> tuple[int, int]:
        """How often our tables were read, on the standby and on the first server."""
        ((on_standby,),) = self.standby.query(SCANNED, db=NAME)
        ((on_primary,),) = database.query(SCANNED, database=NAME)
        return on_standby, on_primary
