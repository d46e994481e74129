"""Drop the tool's databases; with --all, everything that it has put in the cache."""

import shutil

from .. import database, paths, postgres, session, state
from ..console import Failure, say

HELP = "drop the databases; --all: the whole cache"


def add_arguments(parser):
    parser.add_argument("--all", action="store_true", help="remove the cache folder")


def run(args):
    if postgres.users_own():
        _drop_named()
    else:
        with state.lock():
            postgres.remove_cluster()
    shutil.rmtree(paths.cache() / "data", ignore_errors=True)
    if args.all:
        _remove_cache()
    say("Clean.")


def _drop_named():
    """On a user's server only what carries the tool's name is the tool's."""
    with session.opened():
        for name in database.names():
            if name.startswith(database.PREFIX):
                database.drop(name)
                say(f"  dropped {name}")


def _remove_cache():
    folder = paths.cache()
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise Failure(
            f"{folder} could not be removed: {error}", "Remove it."
        ) from error
