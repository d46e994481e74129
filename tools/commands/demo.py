"""From nothing to published scorecards: Odoo, a database, a history, the ranking.

Without a file, twelve suppliers of different characters trade with two companies for
a year, in Odoo itself: they deliver, bill, answer, hand in certificates, cause trouble
and are assessed, and every month is evaluated and published. With --history, a real
delivery history (CSV or XLSX) is imported and evaluated instead. With --lang, the same
year in another language, names and messages included, in a database of its own.

The database is kept: the next call shows it again, in seconds.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .. import addons, database, odoo, paths, printer, session, state
from ..console import Failure, say, step
from ..demo.words import ENGLISH, LANGUAGES

HELP = "a database with a history and published scorecards; prints the ranking"
SCRIPTS = paths.TOOLS / "demo"
# In the database: what it was made of, and what an import said.
KEY = "supplier_evaluation.demo"
IMPORT_KEY = "supplier_evaluation.demo_import"
UNFINISHED = "unfinished"
WORKBOOK = "scorecards.xlsx"
# What the story is about besides the add-on; a history has only deliveries.
BRIDGES = ("supplier_evaluation_requisition", "supplier_evaluation_sale")
# Odoo's: what is earned by the sales.
BESIDES = ("sale_margin",)
TOLD = 3  # the exit status of a script that has explained its failure


def add_arguments(parser):
    parser.add_argument("--history", metavar="FILE", help="a real delivery history")
    parser.add_argument(
        "--fresh", action="store_true", help="make the database anew in any case"
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=ENGLISH,
        help=f"the language of the demo (default: {ENGLISH})",
    )


def run(args):
    file = _readable(args.history) if args.history else None
    if file and args.lang != ENGLISH:
        raise Failure(
            f"--lang {args.lang} would do nothing: a history has names of its own.",
            "Leave --lang out, or --history.",
        )
    name = "history" if file else database_of(args.lang)
    with session.opened(), state.lock("demo"):
        mark = _mark(file, args.lang)
        shown = {"imported": bool(file), "import_key": IMPORT_KEY, "lang": args.lang}
        shown["output"] = str(Path.cwd() / WORKBOOK)
        if args.fresh or _mark_of(name) != mark:
            status = _build(name, mark, file, args.fresh, shown)
        else:
            printer.offer()
            status = _script("show", name, shown) and 1
        if status:
            return status
    db = "" if name == "demo" else f" --db {name}"
    print(f"Web client: ./dev serve{db}, then http://localhost:8069 (admin / admin)")
    return 0


def database_of(lang):
    """The database that holds the demo in a language."""
    return "demo" if lang == ENGLISH else f"demo_{lang}"


def _readable(name):
    file = Path(name)
    try:
        if file.stat().st_size:
            with file.open("rb"):
                return file.absolute()
        problem = "it is empty"
    except OSError as error:
        problem = error.strerror
    raise Failure(f"{name} cannot be read: {problem}.", "Give a CSV or XLSX file.")


def _mark(file, lang):
    """Changes when a database made before is no longer what would be made now."""
    sources = sorted(SCRIPTS.glob("*.py"))
    suffixes = {".py", ".xml", ".csv"} | ({".po"} if lang != ENGLISH else set())
    for addon in addons.found():
        sources += sorted(
            path
            for path in addon.folder.rglob("*")
            if path.suffix in suffixes
            and not {"tests", "static"}.intersection(path.parts)
        )
    identity = session.current().runtime.identity
    return state.fingerprint(identity, lang, *sources, *([file] if file else []))


def _mark_of(name):
    """What a database was made of, or None if this command did not make it."""
    if not database.exists(name) or not _has_table(name, "ir_config_parameter"):
        return None
    rows = database.query(
        "SELECT value FROM ir_config_parameter WHERE key = %s", KEY, database=name
    )
    return rows[0][0] if rows else None


def _has_table(name, table):
    [(found,)] = database.query("SELECT to_regclass(%s)::text", table, database=name)
    return bool(found)


def _check_replaceable(name):
    """Refuse to drop a database in which somebody else has worked."""
    if not database.exists(name) or _mark_of(name):
        return
    has_orders = _has_table(name, "purchase_order") and database.query(
        "SELECT id FROM purchase_order LIMIT 1", database=name
    )
    if has_orders or not _has_table(name, "purchase_order"):
        raise Failure(
            f"There is a database `{name}` that this command did not make.",
            f"To replace it: ./dev demo --fresh{_options_of(name)}",
        )


def _options_of(name):
    """What the command is given to make this database."""
    if name == "history":
        return " --history FILE"
    lang = name.removeprefix("demo").removeprefix("_")
    return f" --lang {lang}" if lang else ""


def _build(name, mark, file, fresh, shown):
    """Make the database and show it; until it is complete, its mark says so."""
    if not fresh:
        _check_replaceable(name)
    with (
        # Of both threads: what one of them holds, the other believes to have.
        state.lock(),
        step(f"Making the database {name}"),
        ThreadPoolExecutor(1) as other,
    ):
        # Fetched meanwhile, on another core.
        printing = other.submit(printer.offer)
        _install(name, () if file else (*BRIDGES, *BESIDES))
        printing.result()
    arguments = {"key": KEY, "import_key": IMPORT_KEY, "mark": mark, "shown": shown}
    if file:
        say(f"  Importing {file.name} …")
        status = _script("load", name, {**arguments, "file": str(file)})
    else:
        status = _script("make", name, {**arguments, "lang": shown["lang"]})
    if status and status != TOLD:
        raise Failure("The demo could not be made; see above.")
    return status and 1


def _install(name, more):
    """Make a database that says that it is not complete.

    :param more: modules besides the add-on
    """
    database.fresh(name)
    database.query(
        "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)",
        *(KEY, UNFINISHED),
        database=name,
    )
    database.install(name, addons.MAIN, *more)


def _script(name, db, arguments):
    """Run one of the demo's scripts, which import each other as `tools.demo`."""
    existing = session.current().runtime.pythonpath
    parts = [str(part) for part in (existing, paths.CHECKOUT) if part]
    return odoo.run_script(
        SCRIPTS / f"{name}.py",
        db=db,
        args=arguments,
        env={"PYTHONPATH": os.pathsep.join(parts)},
    )
