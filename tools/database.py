"""Databases: templates that are built once, and clones of them that cost a second.

All functions need a running server: call them inside ``with session.opened():``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping

from . import odoo, paths, process, session, state
from .console import Failure, step

# Everything that the tool names itself begins so; on a user's server nothing else is
# touched.
PREFIX = "supplier_evaluation_"
TEMPLATE = PREFIX + "template_"
BUILDING = PREFIX + "building_"
# What the tests need: kits come with mrp, goods that never see our warehouse with
# subcontracting, automation rules that hear of scores, and Odoo's dashboards with the
# bridge to them; the modules that install themselves beside these are there, as in any
# Odoo. Sales are not: what concerns them is tested with the bridge to them.
FOR_TESTS = (
    "purchase_stock",
    "calendar",
    "base_automation",
    "purchase_mrp",
    "purchase_requisition",
    "mrp_subcontracting_purchase",
    "spreadsheet_dashboard",
)
# What a demo or a benchmark needs: these alone, half as many modules.
FOR_DEMO = ("purchase_stock", "calendar")
ALONE = "--skip-auto-install"


def query(
    statement: str, *values: object, database: str = "postgres", host: str = ""
) -> list[list]:
    """Run one statement outside any transaction; the rows that it returns.

    :param host: of another server than the session's
    """
    current = session.current()
    request = {"database": database, "statement": statement, "values": values}
    done = subprocess.run(
        [current.runtime.python, paths.TOOLS / "inside" / "query.py"],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        env=odoo.environment({"PGHOST": host} if host else None),
        check=False,
    )
    if done.returncode:
        raise Failure(
            f"PostgreSQL: {done.stderr.strip()}",
            "Check PGHOST, PGPORT, PGUSER and PGPASSWORD; the role must be allowed to "
            "create databases." * bool(current.is_users_server),
        )
    return json.loads(done.stdout)


def names() -> list[str]:
    rows = query("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")
    return [name for (name,) in rows]


def exists(name: str) -> bool:
    return bool(query("SELECT 1 FROM pg_database WHERE datname = %s", name))


def drop(name: str) -> None:
    """Drop a database with its file store; nothing happens if there is none.

    Odoo's own `db drop` does the same, after it has loaded itself for seconds.
    """
    if exists(name):
        query(f"DROP DATABASE {_quoted(name)} WITH (FORCE)")
        shutil.rmtree(_filestore(name), ignore_errors=True)


def clone(source: str, name: str) -> None:
    """Make database `name` a copy of `source`, with its file store.

    Odoo's own `db duplicate` loads all modules of the copy to give it an identity,
    which takes seconds, and copies the file store last; here a database that exists is
    complete.
    """
    statement = f"CREATE DATABASE {_quoted(name)} TEMPLATE {_quoted(source)}"
    if exists(name):
        raise Failure(
            f"There is a database `{name}` already.", "Drop it: ./dev db drop."
        )
    shutil.rmtree(_filestore(name), ignore_errors=True)
    if _filestore(source).exists():
        shutil.copytree(_filestore(source), _filestore(name))
    query(statement)
    # Two databases with one identity would be one to Odoo's sessions and services.
    query(
        "UPDATE ir_config_parameter SET value = gen_random_uuid() "
        "WHERE key = 'database.uuid'",
        database=name,
    )


def rename(source: str, name: str) -> None:
    _by_odoo("rename", source, name)


def template(modules: tuple[str, ...] = FOR_DEMO, *, demo: bool = False) -> str:
    """The name of a database with these modules of Odoo's; built if there is none.

    Modules of the checkout are never in it, so it is good for any state of it.
    """
    name = template_name(modules, demo=demo)
    if exists(name):
        return name
    with state.lock():
        if not exists(name):
            _build(name, modules, demo)
    return name


def template_name(modules: tuple[str, ...], *, demo: bool = False) -> str:
    identity = session.current().runtime.identity
    options = _options(modules)
    return TEMPLATE + state.fingerprint(identity, sorted(modules), demo, *options)


def _options(modules: tuple[str, ...]) -> list[str]:
    return [ALONE] if modules == FOR_DEMO else []


def fresh(name: str, modules: tuple[str, ...] = FOR_DEMO) -> None:
    """Make `name` a new clone of the template, whatever it was before."""
    source = template(modules)
    drop(name)
    clone(source, name)


def install(name: str, *modules: str, env: Mapping[str, str] | None = None) -> None:
    """Install modules in a database, with what they depend on.

    :param env: of Odoo's process, besides the usual
    """
    log = paths.logs() / f"{name}.log"
    told = ", ".join(modules)
    with step(f"Installing {told} in the new database {name}") as progress:
        arguments = ["-i", ",".join(modules), "--stop-after-init", "--no-http"]
        status = odoo.run(arguments, db=name, log=log, progress=progress, env=env)
    missing = [module for module in modules if not _is_in(name, module, status)]
    if missing:
        raise Failure(f"{', '.join(missing)} could not be installed.", f"See {log}.")


def installed(name: str) -> dict[str, str]:
    """The state of every module in a database."""
    return dict(query("SELECT name, state FROM ir_module_module", database=name))


def _build(name: str, modules: tuple[str, ...], demo: bool) -> None:
    for leftover in names():
        if leftover.startswith(BUILDING):
            drop(leftover)
    partial = BUILDING + name.removeprefix(TEMPLATE)
    state.need_space(2)
    text = f"Building a template database with {', '.join(modules)} (a minute)"
    with step(text) as progress:
        arguments = ["-i", ",".join(modules), "--stop-after-init", "--no-http"]
        arguments += _options(modules)
        arguments += ["--with-demo"] if demo else []
        log = paths.logs() / "template.log"
        status = odoo.run(arguments, db=partial, log=log, progress=progress)
        missing = [module for module in modules if not _is_in(partial, module, status)]
        if missing:
            raise Failure(
                f"The template database could not be built ({', '.join(missing)}).",
                f"See {log}.",
            )
        rename(partial, name)


def _by_odoo(*arguments: str) -> None:
    """What `odoo db` does with a database and its file store."""
    process.run(
        odoo.command(["db", *arguments]),
        env=odoo.environment(),
        log=f"db-{arguments[0]}",
        failure=f"Odoo could not {' '.join(arguments)}.",
    )


def _is_in(name: str, module: str, status: int) -> bool:
    return status == 0 and installed(name).get(module) == "installed"


def _filestore(name: str):
    return paths.data_dir() / "filestore" / name


def _quoted(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,63}", name):
        raise Failure(
            f"`{name}` is no good name for a database.",
            "Use letters, digits, `_`, `-` and `.` (at most 63).",
        )
    return f'"{name}"'
