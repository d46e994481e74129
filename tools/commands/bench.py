"""Measure the add-on on a large generated database.

The database is generated once for each size and kept (`./dev clean` drops it). What is
measured, and the results: see benchmarks/README.md. The exit status is 1 when the
add-on's figures are not those of the hand-written statements; with --screens, when a
call of a screen takes too long, or statements that grow with the suppliers; with
--purchasing, when plain purchasing takes too many more statements than without the
add-on; with --replica, when a screen does not ask the standby, or shows half an answer;
with --what-if, when the browser takes too long to rank again; with --deliveries, when
forecasts of a real file are no better than past rates.
"""

import json
import platform
import tempfile
from datetime import date
from pathlib import Path

from .. import odoo, session
from ..bench import CHECKS, FLOOR, SCRIPT, data, limit, report
from ..bench.deliveries import run as deliveries
from ..bench.purchasing import run as purchasing
from ..bench.replica import run as replica
from ..bench.screens import run as screens
from ..bench.what_if import run as what_if
from ..console import Failure, say

HELP = "the benchmark: time, statements and memory of an evaluation"
SUPPLIERS = 5000
LINES = 1_000_000
SIZES = {"large": (20_000, 10_000_000)}
# What is measured with an option of its own, and on which data.
ALONE = {
    "--screens": "scorecards only",
    "--purchasing": "orders of its own",
    "--replica": "scorecards only",
    "--what-if": "suppliers of its own",
    "--deliveries": "a file",
}
# Those with data of their own, which no size changes.
OWN_DATA = ("--purchasing", "--what-if", "--deliveries")


def add_arguments(parser):
    parser.add_argument("--suppliers", type=int, default=SUPPLIERS, metavar="N")
    parser.add_argument("--lines", type=int, default=LINES, metavar="M")
    parser.add_argument(
        "--size",
        choices=SIZES,
        help="instead of both: " + "; ".join(map(_said, SIZES)),
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument(
        "--growth",
        action="store_true",
        help="measure a quarter of the lines, too (a database of its own)",
    )
    parser.add_argument(
        "--plans",
        type=Path,
        metavar="FOLDER",
        help="write the plans of the slow statements",
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--screens",
        action="store_true",
        help="measure the screens of scorecards instead (a database of its own)",
    )
    only.add_argument(
        "--purchasing",
        action="store_true",
        help="measure only what the add-on costs orders, receipts and bills",
    )
    only.add_argument(
        "--replica",
        action="store_true",
        help="open the screens with a standby of the server, and see who is asked",
    )
    only.add_argument(
        "--what-if",
        action="store_true",
        help="measure only how fast a browser ranks 5,000 suppliers again",
    )
    only.add_argument(
        "--deliveries",
        type=Path,
        metavar="FILE",
        help="try the forecasts only, on a CSV file of past deliveries",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="generate the database anew"
    )


def _said(name):
    return "{}: {:,} suppliers and {:,} lines".format(name, *SIZES[name])


def run(args):
    _set_size(args)
    _check(args)
    today = date.today()
    if args.screens:
        return _run_screens(args, today)
    if args.purchasing:
        return _shown(args, purchasing, purchasing.run())
    if args.replica:
        return _run_replica(args, today)
    if args.what_if:
        return _shown(args, what_if, what_if.run())
    if args.deliveries:
        return _shown(args, deliveries, deliveries.run(args.deliveries))
    sizes = [
        data.Size.of_last_year(args.suppliers, lines, today) for lines in _lines(args)
    ]
    if args.plans:
        args.plans.mkdir(parents=True, exist_ok=True)
    with session.opened():
        names = [data.ready(size, fresh=args.fresh) for size in sizes]
        figures = _measure(names[0], sizes[0], plans=args.plans)
        figures |= data.generated(names[0])
        for name, size in zip(names[1:], sizes[1:], strict=True):
            quarter = _measure(name, size, is_quarter=True)
            figures |= {f"quarter_{key}": value for key, value in quarter.items()}
        figures |= purchasing.run()
    figures |= what_if.run()
    figures |= {"date": today.isoformat(), "python": platform.python_version()}
    print(report.table(figures))
    say("  Forecasts were not tried: they need real deliveries (--deliveries FILE).")
    if args.json:
        report.write(figures, args.json)
        say(f"  The figures are in {args.json}.")
    return 0 if report.is_right(figures) else 1


def _run_screens(args, today):
    figures = screens.run(args.suppliers, fresh=args.fresh, today=today)
    return _shown(args, screens, figures)


def _run_replica(args, today):
    figures = replica.run(args.suppliers, fresh=args.fresh, today=today)
    return _shown(args, replica, figures)


def _shown(args, part, figures):
    """Show the figures of a part that was measured alone; the exit status."""
    print(part.table(figures))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n")
        say(f"  The figures are in {args.json}.")
    return 0 if part.is_met(figures) else 1


def _check(args):
    """Refuse what would do nothing, and what is too little to measure."""
    _refuse_idle(args)
    if args.suppliers < 10:
        raise Failure(
            f"{args.suppliers} suppliers are too few to measure.", "Take at least 10."
        )
    if not _alone(args) and min(_lines(args)) < 30 * args.suppliers:
        raise Failure(
            f"{args.lines} lines are too few for {args.suppliers} suppliers.",
            "Take at least 30 for each (with --growth: four times as many).",
        )


def _set_size(args):
    """A size has a name for what it takes of both."""
    if not args.size:
        return
    if (args.suppliers, args.lines) != (SUPPLIERS, LINES):
        raise Failure(
            f"--size {args.size} says how many suppliers and lines there are.",
            "Leave out --suppliers and --lines, or --size.",
        )
    args.suppliers, args.lines = SIZES[args.size]


def _refuse_idle(args):
    """Refuse options that the only part that is measured does not know."""
    alone = _alone(args)
    has_own_data = alone in OWN_DATA
    options = {
        "--suppliers": args.suppliers != SUPPLIERS and has_own_data,
        "--lines": args.lines != LINES,
        "--growth": args.growth,
        "--plans": args.plans,
        "--fresh": args.fresh and has_own_data,
    }
    idle = [option for option, is_given in options.items() if is_given and alone]
    if idle:
        raise Failure(
            f"{', '.join(idle)} would do nothing: {alone} has {ALONE[alone]}.",
            f"Leave out {', '.join(idle)}, or {alone}.",
        )


def _alone(args):
    """The option that says to measure only one part, if one does."""
    given = [
        option
        for option in ALONE
        if getattr(args, option.removeprefix("--").replace("-", "_"))
    ]
    return given[0] if given else ""


def _lines(args):
    """The lines of each database that is measured."""
    return [args.lines, args.lines // 4] if args.growth else [args.lines]


def _measure(name, size, *, plans=None, is_quarter=False):
    """Run the measurement inside Odoo; its figures.

    :param plans: folder for the plans of slow statements
    :param is_quarter: measure only what the growth is taken from
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "figures.json"
        arguments = {
            "date_from": size.date_from.isoformat(),
            "floor": str(FLOOR),
            "checks": str(CHECKS),
            "plans": str(plans.resolve()) if plans else None,
            "limit": {} if is_quarter else limit.asked(),
            "is_quarter": is_quarter,
            "result": str(result),
        }
        if odoo.run_script(SCRIPT, db=name, args=arguments):
            raise Failure(
                "The benchmark failed.", "Generate the data anew: ./dev bench --fresh"
            )
        return json.loads(result.read_text())
