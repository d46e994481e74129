"""Serve the web client on a database; one that does not exist yet is made first."""

from .. import addons, database, network, odoo, paths, printer, session
from ..console import Failure, say, step

HELP = "web client on http://localhost:8069, admin / admin"


def add_arguments(parser):
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--db", default="demo", help="the database (default: demo)")
    parser.add_argument(
        "--cron", action="store_true", help="run the scheduled actions, too"
    )


def run(args):
    if network.is_taken(args.port):
        raise Failure(
            f"Port {args.port} is taken by another program.",
            f"End that program, or choose another: ./dev serve --port {args.port + 1}",
        )
    printer.offer()
    with session.opened():
        if not database.exists(args.db):
            _make(args.db)
        say(f"\n  http://localhost:{args.port}   user: admin   password: admin")
        say("  Ctrl-C ends it.\n")
        arguments = ["-d", args.db, "--http-port", str(args.port)]
        arguments += ["--max-cron-threads", "1" if args.cron else "0"]
        return odoo.call(arguments)


def _make(name):
    """A database with the add-on and no data: `./dev demo` makes one with a history."""
    modules = [addon.name for addon in addons.found() if addon.name == addons.MAIN]
    if not modules:
        raise Failure("There is no add-on in this checkout.")
    database.fresh(name)
    log = paths.logs() / "serve.log"
    with step(
        f"Installing {', '.join(modules)} in the new database {name}"
    ) as progress:
        arguments = ["-i", ",".join(modules), "--stop-after-init", "--no-http"]
        status = odoo.run(arguments, db=name, log=log, progress=progress)
    present = database.installed(name)
    if status or any(present.get(module) != "installed" for module in modules):
        database.drop(name)
        raise Failure("The add-on could not be installed.", f"See {log}.")
