"""Measure the add-on on a large generated database.

The database is generated once for each size and kept (`./dev clean` drops it). What is
measured, and the results: see benchmarks/README.md. The exit status is 1 when the
add-on's figures are not those of the hand-written statement.
"""

import json
import platform
import tempfile
from datetime import date
from pathlib import Path

from .. import odoo, session
from ..bench import FLOOR, SCRIPT, data, report
from ..console import Failure, say

HELP = "the benchmark: time, statements and memory of an evaluation"


def add_arguments(parser):
    parser.add_argument("--suppliers", type=int, default=5000, metavar="N")
    parser.add_argument("--lines", type=int, default=1_000_000, metavar="M")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument(
        "--fresh", action="store_true", help="generate the database anew"
    )


def run(args):
    if args.suppliers < 10 or args.lines < 30 * args.suppliers:
        raise Failure(
            "That is too little to measure.",
            "Take at least 10 suppliers, and 30 lines for each.",
        )
    today = date.today()
    size = data.Size.of_last_year(args.suppliers, args.lines, today)
    with session.opened():
        figures = _measure(data.ready(size, fresh=args.fresh), size)
    figures |= {"date": today.isoformat(), "python": platform.python_version()}
    print(report.table(figures))
    if args.json:
        report.write(figures, args.json)
        say(f"  The figures are in {args.json}.")
    return 1 if figures["different"] else 0


def _measure(name, size):
    """Run the measurement inside Odoo; its figures."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "figures.json"
        arguments = {
            "date_from": size.date_from.isoformat(),
            "floor": str(FLOOR),
            "result": str(result),
        }
        if odoo.run_script(SCRIPT, db=name, args=arguments):
            raise Failure(
                "The benchmark failed.", "Generate the data anew: ./dev bench --fresh"
            )
        return json.loads(result.read_text())
