"""This part of the tests, as ./dev runs and counts it."""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .. import addons, database, odoo, paths, process
from ..console import Failure, Step, say, step
from ..results import Result

SCRIPT = paths.TOOLS / "histories" / "inside" / "run.py"
COUNT = 2000
# Suppliers that share a market, and are undone together.
SIZE = 20
PAUSE = 0.5
# Differences that are told in full; all are in the file.
SHOWN = 10
DIFFERENCES = "histories-differences.log"


@dataclass(frozen=True)
class Wanted:
    """Which histories to try.

    :param batch: this one alone, as a difference names it
    """

    seed: int
    count: int = COUNT
    batch: int | None = None

    @property
    def batches(self) -> list[int]:
        if self.batch is not None:
            return [self.batch]
        return list(range(-(-self.count // SIZE)))


def some_seed() -> int:
    return random.SystemRandom().randrange(10**6)


def run(prefix: str, wanted: Wanted) -> Result:
    """Try histories on all cores, on databases whose names begin with `prefix`.

    :raises Failure: if a worker crashed, when what the others found is told
    """
    say(f"  Seed {wanted.seed}: ./dev test histories --seed {wanted.seed}")
    workers = min(os.cpu_count() or 1, len(wanted.batches))
    names = [f"{prefix}{number}" for number in range(workers)]
    try:
        with step("Histories, and the definition of what they come to") as progress:
            _prepare(names)
            with tempfile.TemporaryDirectory() as folder:
                outcomes, crash = _try(names, wanted, Path(folder), progress)
    finally:
        for name in names:
            database.drop(name)
    result = _told(outcomes, wanted)
    if crash:
        raise crash
    return result


def _prepare(names: list[str]) -> None:
    """Make a database with the add-on for every worker."""
    first, *others = names
    database.clone(database.template(database.FOR_TESTS), first)
    database.install(first, addons.MAIN)
    for name in others:
        database.clone(first, name)


def _try(
    names: list[str], wanted: Wanted, folder: Path, progress: Step
) -> tuple[list[dict], Failure | None]:
    """Let every worker do its share; what they found, and whether one crashed."""
    files = [folder / f"{number}.jsonl" for number in range(len(names))]
    logs = [paths.logs() / f"histories-{number}.log" for number in range(len(names))]
    workers = [
        odoo.start_script(
            SCRIPT,
            db=name,
            args={
                "seed": wanted.seed,
                "size": SIZE,
                "batches": wanted.batches[number :: len(names)],
                "result": str(files[number]),
            },
            log=logs[number],
        )
        for number, name in enumerate(names)
    ]
    try:
        while any(worker.poll() is None for worker in workers):
            time.sleep(PAUSE)
            _show(_read(files), wanted, progress)
    finally:
        for worker in workers:
            if worker.poll() is None:
                worker.terminate()
                worker.wait()
    return _read(files), _crash(workers, logs)


def _crash(workers, logs: list[Path]) -> Failure | None:
    """Why the first of the workers that crashed did so."""
    for worker, log in zip(workers, logs, strict=True):
        if worker.returncode:
            return Failure(f"A worker failed.\n{process.tail(log, 30)}", f"See {log}.")
    return None


def _read(files: list[Path]) -> list[dict]:
    """What was written to the end of its line."""
    return [
        json.loads(line)
        for file in files
        if file.exists()
        for line in file.read_text().splitlines(keepends=True)
        if line.endswith("\n")
    ]


def _show(outcomes: list[dict], wanted: Wanted, progress: Step) -> None:
    different = sum(outcome.get("different", 0) for outcome in outcomes)
    done = sum(outcome["histories"] for outcome in outcomes)
    progress.update(
        f"{done} histories, {different} with differences",
        len(outcomes) / len(wanted.batches),
    )


def _told(outcomes: list[dict], wanted: Wanted) -> Result:
    """Tell what differs; a history is a test."""
    result = Result()
    texts, codes = [], Counter()
    for outcome in sorted(outcomes, key=lambda outcome: outcome["batch"]):
        if outcome["problem"]:
            batch = outcome["batch"]
            result.problems.append(f"batch {batch} of seed {wanted.seed} was not done")
            say(outcome["problem"])
            continue
        texts += outcome["differences"]
        codes.update(outcome["codes"])
        result.failed += outcome["different"]
        result.passed += outcome["histories"] - outcome["different"]
    file = paths.logs() / DIFFERENCES
    file.write_text("\n\n".join(texts) + "\n")
    for text in texts[:SHOWN]:
        say(f"{text}\n")
    for code, number in codes.most_common():
        say(f"  {number} times different: {code}")
    if len(texts) > SHOWN:
        say(f"  {len(texts) - SHOWN} more differences are in {file}")
    return result
