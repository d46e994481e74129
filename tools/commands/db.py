"""Look after the databases: list, clone, drop.

The templates that new databases are cloned from are called `tests` and `demo` here.
"""

from .. import database, session
from ..console import Failure, say

HELP = "list, clone or drop databases (./dev db clone tests mine)"
TEMPLATES = {"tests": database.FOR_TESTS, "demo": database.FOR_DEMO}


def add_arguments(parser):
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="the names of all databases")
    clone = actions.add_parser("clone", help="copy a database, or a template")
    clone.add_argument("source", help="a database, or the template `tests` or `demo`")
    clone.add_argument("name", help="the new database")
    drop = actions.add_parser("drop", help="delete databases with their file stores")
    drop.add_argument("names", nargs="+", metavar="NAME")


def run(args):
    with session.opened():
        if args.action == "list":
            print("\n".join(database.names()))
        elif args.action == "clone":
            _clone(args.source, args.name)
        else:
            for name in args.names:
                database.drop(name)


def _clone(source, name):
    if source in TEMPLATES and not database.exists(source):
        source = database.template(TEMPLATES[source])
    if not database.exists(source):
        raise Failure(f"There is no database `{source}`.", "See: ./dev db list")
    database.clone(source, name)
    say(f"  {name} is a copy of {source}.")
