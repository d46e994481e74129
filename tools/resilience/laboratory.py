"""Databases and Odoo processes of these tests; none of them outlives the block.

unittest runs no clean-up after Ctrl-C, so what is made is noted here.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from .. import addons, database, odoo, paths, process, session

INSIDE = paths.TOOLS / "resilience" / "inside"
LOG = "resilience-{}.log"
PAUSE = 0.05
# No wait is longer, in seconds.
PATIENCE = 90
# But for thousands of suppliers.
MANY = 600


def wait(condition: Callable[[], object], what: str, patience: float = PATIENCE):
    """Wait until `condition` is true; the value that it then returns."""
    end = time.monotonic() + patience
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {patience:.0f} s")
        time.sleep(PAUSE)
    return value


class Scheduler:
    """An Odoo process that runs the scheduled action and stops at closed gates."""

    def __init__(self, name: str, popen: subprocess.Popen, signals: Path, log: Path):
        self.name = name
        self.popen = popen
        self.signals = signals
        self.log = log

    def reach(self, point: str) -> None:
        """Wait until it is at `point`; fail if it ends before."""
        signal = self.signals / f"{self.name}.{point}"
        wait(lambda: signal.exists() or self.has_ended(), f"{self.name} at {point}")
        if not signal.exists():
            raise AssertionError(f"{self.name} never came to {point}{self.output()}")

    def open(self, point: str) -> None:
        (self.signals / f"{self.name}.{point}.go").touch()

    def has_ended(self) -> bool:
        return self.popen.poll() is not None

    def kill(self) -> None:
        """SIGKILL: it cannot tidy up."""
        self.popen.kill()
        self.popen.wait(PATIENCE)

    def finish(self, patience: float = PATIENCE) -> None:
        """Wait for its end, which must be a good one."""
        wait(self.has_ended, f"the end of {self.name}", patience)
        if self.popen.returncode:
            status = self.popen.returncode
            raise AssertionError(f"{self.name} ended with {status}{self.output()}")

    def output(self) -> str:
        return f"\n{process.tail(self.log, 30)}"


class Laboratory:
    """Makes databases and processes, and does away with them."""

    def __init__(self, prefix: str, folder: Path):
        self.prefix = prefix
        self.folder = folder
        self._databases: list[str] = []
        self._processes: list[subprocess.Popen] = []
        self._building = threading.Lock()

    @property
    def base(self) -> str:
        """The database that the cases clone; who comes first builds it."""
        with self._building:
            return self._base

    @cached_property
    def _base(self) -> str:
        """A history, and nothing evaluated."""
        name = self._named("base")
        database.clone(database.template(database.FOR_TESTS), name)
        database.install(name, addons.MAIN)
        self._start("history", name, "history", {}).finish()
        return name

    @cached_property
    def several(self) -> str:
        """The database of the cases with several companies."""
        name = self.database("several")
        self._start("companies", name, "companies", {}).finish()
        return name

    def database(self, case: str, base: str = "") -> str:
        """A clone of a base for one case; by default, of that with one company."""
        base = base or self.base
        name = self._named(case)
        database.clone(base, name)
        return name

    def empty(self, case: str) -> str:
        """A database with nothing in it."""
        name = self._named(case)
        database.query(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return name

    def drop(self, name: str) -> None:
        database.drop(name)
        self._databases.remove(name)

    def start(
        self,
        db: str,
        name: str,
        *closed: str,
        by_cron=True,
        figures: Path | None = None,
    ) -> Scheduler:
        """Start the scheduled action; it waits at the `closed` points.

        :param by_cron: as Odoo's scheduler does, which lets no second one in
        """
        arguments = {
            "name": name,
            "folder": str(self._signals(db)),
            "closed": closed,
            "by_cron": by_cron,
            "figures": figures and str(figures),
        }
        return self._start(name, db, "schedule", arguments)

    def work(self, db: str, name: str, which=(), *, steps=(), closed=(), figures=False):
        """Start a worker: what a person does with one evaluation.

        :param which: names of the template and the company
        :param steps: what is done, each as a request of its own
        """
        arguments = {
            "name": name,
            "folder": str(self._signals(db)),
            "closed": closed,
            "which": which,
            "steps": steps,
            "figures": figures,
            "report": str(self._report(db, name)),
        }
        return self._start(name, db, "worker", arguments)

    def sum_up(self, db: str, name: str, *steps: str, closed=()):
        """Start a process that does something with the sums of orders."""
        return self._start_steps("sums", db, name, steps, closed)

    def chain(self, db: str, name: str, *steps: str, closed=()):
        """Start a process that does something with the chain of seals."""
        return self._start_steps("chain", db, name, steps, closed)

    def exchange(self, db: str, step: str) -> dict:
        """Exchange records by files, which all databases see; what became of it."""
        files = self.folder / "exchange"
        files.mkdir(exist_ok=True)
        report = self._report(db, step)
        arguments = {"step": step, "files": str(files), "report": str(report)}
        self._start(step, db, "exchange", arguments).finish()
        return json.loads(report.read_text())

    def _start_steps(self, script: str, db: str, name: str, steps, closed):
        arguments = {
            "name": name,
            "folder": str(self._signals(db)),
            "closed": closed,
            "steps": steps,
            "report": str(self._report(db, name)),
        }
        return self._start(name, db, script, arguments)

    def report(self, db: str, name: str) -> dict:
        """What a worker that has ended found: ``refused``, ``figures``."""
        return json.loads(self._report(db, name).read_text())

    def many(self, count: int) -> dict:
        """What the evaluation of so many suppliers takes, with every KPI there is."""
        db = self.database(f"many_{count}")
        file = self._report(db, "many")
        arguments = {"suppliers": count, "figures": str(file)}
        self._start("many", db, "many", arguments).finish(MANY)
        self.drop(db)
        return json.loads(file.read_text())

    def run(self, db: str, name: str) -> dict:
        """Run the scheduled action to its end; the figures that it leaves."""
        file = self._signals(db) / f"{name}.json"
        self.start(db, name, figures=file).finish()
        return json.loads(file.read_text())

    def close(self) -> None:
        for popen in self._processes:
            if popen.poll() is None:
                popen.kill()
                popen.wait()
        for name in [*self._databases]:
            self.drop(name)

    def _named(self, case: str) -> str:
        # Noted before it is made: it may be half made when we are told to stop.
        name = self.prefix + case
        self._databases.append(name)
        return name

    def _report(self, db: str, name: str) -> Path:
        return self._signals(db) / f"{name}.report.json"

    def _signals(self, db: str) -> Path:
        folder = self.folder / db
        folder.mkdir(exist_ok=True)
        return folder

    def _start(self, name: str, db: str, script: str, arguments: dict) -> Scheduler:
        log = paths.logs() / LOG.format(f"{db.removeprefix(self.prefix)}-{name}")
        existing = session.current().runtime.pythonpath
        parts = [str(part) for part in (existing, paths.CHECKOUT) if part]
        popen = odoo.start_script(
            INSIDE / f"{script}.py",
            db=db,
            args=arguments,
            log=log,
            env={"PYTHONPATH": os.pathsep.join(parts)},
        )
        self._processes.append(popen)
        return Scheduler(name, popen, self._signals(db), log)


_current: list[Laboratory] = []


@contextmanager
def opened(prefix: str):
    with tempfile.TemporaryDirectory() as folder:
        laboratory = Laboratory(prefix, Path(folder))
        _current.append(laboratory)
        try:
            yield laboratory
        finally:
            _current.clear()
            laboratory.close()


def current() -> Laboratory:
    return _current[0]
