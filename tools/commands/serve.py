"""Serve the web client on a database; one that does not exist yet is made first."""

from .. import addons, database, network, odoo, printer, session
from ..console import Failure, say

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
    if addons.MAIN not in {addon.name for addon in addons.found()}:
        raise Failure("There is no add-on in this checkout.")
    database.fresh(name)
    try:
        database.install(name, addons.MAIN)
    except Failure:
        database.drop(name)
        raise
