"""Copy, upgrade, compare: see `tools.upgrade`."""

from __future__ import annotations

import argparse
import re
import sys

from .. import database, odoo, paths, session
from ..console import Failure, say, step
from . import figures

MODULE = "supplier_evaluation"
INSIDE = paths.TOOLS / "upgrade" / "inside.py"
TROUBLE = re.compile(r" (WARNING|ERROR|CRITICAL) ")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.upgrade")
    parser.add_argument("source", help="a database of the version before")
    parser.add_argument("copy", help="the name of the copy, which is kept")
    parser.add_argument("--new", help="a database with the add-on, installed anew")
    args = parser.parse_args()
    try:
        with session.opened():
            problems = _upgrade(args)
    except Failure as failure:
        problems = [str(failure)]
    for problem in problems:
        say(f"  {problem}")
    say(f"  {len(problems)} problems." if problems else "  Nothing was lost.")
    return 1 if problems else 0


def _upgrade(args) -> list[str]:
    """Upgrade a copy; what is wrong with it then."""
    database.clone(args.source, args.copy)
    before = figures.of(args.copy)
    with step(f"Upgrading {args.copy}") as progress:
        troubles = []
        log = paths.logs() / f"upgrade-{args.copy}.log"
        status = odoo.run(
            ["-u", MODULE, "--stop-after-init", "--no-http"],
            db=args.copy,
            log=log,
            progress=progress,
            on_line=lambda line: TROUBLE.search(line) and troubles.append(line),
        )
        if status:
            raise Failure(f"{args.copy} could not be upgraded.", f"See {log}.")
    with step("Comparing what it holds"):
        problems = troubles + figures.lost(before, figures.of(args.copy, before))
        if args.new:
            problems += figures.other_tables(args.copy, args.new)
    with step("Opening what it shows"):
        if odoo.run_script(INSIDE, db=args.copy):
            problems.append(
                "Something cannot be opened, or a seal is broken: see above."
            )
    return problems


if __name__ == "__main__":
    sys.exit(main())
