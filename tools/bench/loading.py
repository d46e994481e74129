"""Runs the statements that generate the rows, as fast as two cores allow.

What every row would cost is paid once, afterwards: indexes and foreign keys are taken
off the tables and made anew, triggers of add-ons are silent meanwhile. Statements that
have nothing to do with each other run at the same time. The rows are the same.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from .. import database
from ..console import say, step

SESSIONS = 2
# Of a session that loads; the server's own are meant for many sessions at once.
MEMORY = (
    "SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; "
    "SET max_parallel_maintenance_workers = 0; "
)
END = re.compile(r";[ \t]*(?:\n|\Z)")
WRITES = re.compile(
    r"^(?:INSERT INTO|CREATE TABLE|CREATE FUNCTION|UPDATE|CREATE SCHEMA|DROP SCHEMA"
    r"|CREATE (?:UNIQUE )?INDEX ON) ([\w.]+)",
    re.MULTILINE,
)
TRIGGERS = """
    DO $$ DECLARE its regclass; BEGIN
        FOR its IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger
                    WHERE NOT tgisinternal
        LOOP EXECUTE format('ALTER TABLE %s {} TRIGGER USER', its); END LOOP;
    END $$
"""
INDEXES = """
    SELECT c.relname, quote_ident(i.relname), pg_get_indexdef(i.oid)
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class c ON c.oid = x.indrelid
     WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid)
     ORDER BY c.relname, i.relname
"""
KEYS = """
    SELECT c.relname, quote_ident(conname), pg_get_constraintdef(k.oid)
      FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid
     WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace
       AND contype = 'f'
     ORDER BY c.relname, conname
"""


@dataclass
class Task:
    """A statement, and those that must have ended before it begins."""

    title: str
    text: str
    values: Sequence = ()
    writes: str = ""
    needs: list[Task] = field(default_factory=list)
    seconds: float = 0.0


def tasks(text: str, values: Sequence = ()) -> list[Task]:
    """The statements of a text, each with those before it that it has to wait for.

    It waits for what writes anything that it names, and for what names anything that it
    writes.

    :param values: for the one statement that has parameters
    """
    found: list[Task] = []
    for part in filter(str.strip, END.split(text)):
        start = WRITES.search(part)
        title, target = (
            (start[0], start[1]) if start else (part.split("(")[0].strip(), "")
        )
        one = Task(title, _unlogged(part), values if "%s" in part else (), target)
        one.needs = [
            before
            for before in found
            if _names(part, before.writes) or _names(before.text, target)
        ]
        found.append(one)
    return found


def _names(text: str, name: str) -> bool:
    """Whether a statement names something; a schema is all that is in it."""
    return bool(name) and bool(re.search(rf"(?<![\w.]){re.escape(name)}\b", text))


def _unlogged(text: str) -> str:
    """Tables that are dropped at the end need no write-ahead log."""
    return text.replace("CREATE TABLE bench.", "CREATE UNLOGGED TABLE bench.")


def load(name: str, text: str, values: Sequence) -> dict[str, float]:
    """Run the statements on a database; the seconds of each, in their order."""
    todo = tasks(text, values)
    tables = sorted({task.writes for task in todo if task.title.startswith("INSERT")})
    with step("Generating: no indexes, no checks, no triggers"):
        indexes = database.query(INDEXES, tables, database=name)
        keys = database.query(KEYS, tables, database=name)
        _take_off(name, indexes, keys)
    seconds = _run(name, "Generating: rows", todo)
    with step("Generating: foreign keys are said again"):
        # At once: each locks what it refers to, and looks at no row.
        statements = [
            f"ALTER TABLE {table} ADD CONSTRAINT {key} {definition} NOT VALID"
            for table, key, definition in keys
        ]
        database.query(";".join(statements), database=name)
        database.query(TRIGGERS.format("ENABLE"), database=name)
    again = [Task(f"vacuum {table}", f"VACUUM ANALYZE {table}") for table in tables]
    again += _indexes_again(indexes) + _keys_again(keys)
    return seconds | _run(name, "Generating: indexes and checks", again)


def _take_off(name: str, indexes: list, keys: list) -> None:
    statements = [f"DROP INDEX {index}" for _table, index, _definition in indexes]
    statements += [
        f"ALTER TABLE {table} DROP CONSTRAINT {key}" for table, key, _definition in keys
    ]
    database.query(";".join([TRIGGERS.format("DISABLE"), *statements]), database=name)


def _indexes_again(indexes: list) -> list[Task]:
    """The indexes of a table follow each other: its rows are in memory then."""
    return [
        Task(f"indexes {table}", ";".join(made))
        for table, made in _by_table(indexes, "{2}").items()
    ]


def _keys_again(keys: list) -> list[Task]:
    return [
        Task(f"foreign keys {table}", f"ALTER TABLE {table} {', '.join(checked)}")
        for table, checked in _by_table(keys, "VALIDATE CONSTRAINT {1}").items()
    ]


def _by_table(rows: list, text: str) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for row in rows:
        result.setdefault(row[0], []).append(text.format(*row))
    return result


def _run(name: str, text: str, todo: list[Task]) -> dict[str, float]:
    """Run them in a few sessions; each as soon as those that it needs have ended."""
    with step(text) as progress, ThreadPoolExecutor(SESSIONS) as sessions:
        waiting, running, done = list(todo), {}, []
        while waiting or running:
            for task in [each for each in waiting if _is_free(each, done)]:
                if len(running) < SESSIONS:
                    waiting.remove(task)
                    running[sessions.submit(_timed, name, task)] = task
            done += _ended(running)
            progress.update(f"{len(done)}/{len(todo)}", len(done) / len(todo))
    for task in todo:
        if task.seconds >= 1:
            say(f"    {task.seconds:8.1f} s  {task.title}")
    seconds: dict[str, float] = {}
    for task in todo:
        seconds[task.title] = seconds.get(task.title, 0) + task.seconds
    return seconds


def _is_free(task: Task, done: list[Task]) -> bool:
    ended = {id(each) for each in done}
    return all(id(each) in ended for each in task.needs)


def _ended(running: dict[Future, Task]) -> list[Task]:
    """Wait for one or more of them; they run no longer."""
    finished, _others = wait(running, return_when=FIRST_COMPLETED)
    for future in finished:
        future.result()
    return [running.pop(future) for future in finished]


def _timed(name: str, task: Task) -> None:
    started = time.monotonic()
    # VACUUM stands alone; the server's own settings are enough for it.
    memory = "" if task.text.startswith("VACUUM") else MEMORY
    database.query(memory + task.text, *task.values, database=name)
    task.seconds = time.monotonic() - started
