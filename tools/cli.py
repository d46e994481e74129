"""The command line: one module in `tools/commands/` is one command.

A command module has ``HELP`` (one line), ``add_arguments(parser)`` and ``run(args)``,
which returns an exit status or None. It is imported only to be listed or run.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import signal
import sys

from . import commands
from .console import Failure, say

# As a user meets them; commands that are not named here follow in alphabetical order.
ORDER = (
    "demo",
    "test",
    "lint",
    "readme",
    "terms",
    "serve",
    "screenshots",
    "bench",
    "odoo",
    "db",
    "clean",
)


def names() -> list[str]:
    found = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return sorted(found, key=lambda name: ORDER.index(name) if name in ORDER else 99)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="./dev", description="Develop, test and try supplier_evaluation."
    )
    subparsers = top.add_subparsers(metavar="COMMAND", required=True)
    for name in names():
        module = importlib.import_module(f"{commands.__name__}.{name}")
        sub = subparsers.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: list[str] | None = None) -> int:
    args = parser().parse_args(argv)
    # Being told to end is no reason to leave servers behind: unwind as for Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return args.run(args) or 0
    except Failure as failure:
        sys.stdout.flush()
        say(f"\n./dev: {failure}")
        return 1
    except KeyboardInterrupt:
        say("\n./dev: interrupted; the same command goes on where it stopped.")
        return 130
    except BrokenPipeError:
        return 1
