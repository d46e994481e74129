"""How many more SQL statements everyday work takes with the add-on than without."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from .. import addons, database, odoo, paths
from ..console import Failure, say, step
from ..results import Result

INSIDE = paths.TOOLS / "neighbours" / "inside" / "cost.py"
# At most this share more, without purchase policies and with one that blocks.
ALLOWED = 0.10


def run(name: str) -> Result:
    """Measure on a database of this name, which is dropped again."""
    result = Result()
    try:
        with step("What everyday work costs with the add-on"):
            database.fresh(name)
            without = _count(name)
            database.install(name, addons.MAIN)
            counts = {False: _count(name), True: _count(name, policy=True)}
    finally:
        database.drop(name)
    for policy, with_it in counts.items():
        result += compared(without, with_it, " (a policy blocks)" * policy)
    return result


def compared(without: dict[str, int], with_it: dict[str, int], when: str) -> Result:
    """One test for each kind of work: it takes hardly more statements than before."""
    result = Result()
    for work, before in without.items():
        after = with_it[work]
        say(f"  {work}{when}: {before} statements without, {after} with the add-on")
        if after <= before * (1 + ALLOWED):
            result.passed += 1
        else:
            say(f"FAIL: {work}{when}: more than {ALLOWED:.0%} above {before}")
            result.failed += 1
    return result


def _count(name: str, *, policy: bool = False) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        args = {"answer": str(answer), "policy": policy}
        if odoo.run_script(INSIDE, db=name, args=args):
            raise Failure("The statements could not be counted.", "See above.")
        return json.loads(answer.read_text())
