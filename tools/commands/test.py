"""Run the tests: scoring core, tools, add-ons in Odoo, bridges, resilience, wheel.

TAGS are Odoo's test tags, and run only these Odoo tests:
  ./dev test /supplier_evaluation:TestScorecard
  ./dev test /supplier_evaluation --db mine     (keeps and reuses the database)
  ./dev test /supplier_evaluation_sale          (a bridge, in a database of its own)
`scoring`, `tools`, `resilience`, `wheel`, `bridges` and `cost` run that part alone.
Bridges: each is tested where its other side is installed, and uninstalled: nothing of
it is left behind (about two minutes). The app is tested without them. Resilience:
the scheduled action is killed and run twice at once, in processes of its own (about
seven minutes). Wheel: the add-on is built, installed with pip beside Odoo and used from
there, with its demo data and without (about three minutes). Cost: the SQL statements of
everyday work, without the add-on and with it (a minute). Odoo's tests run in two shares
at once where there are two cores, and so do these parts after them. `neighbours` is no
part of the others: it runs the tests of Odoo's purchase and stock, and of five add-ons
of the OCA, with ours installed (about half an hour). `histories` is no part
of the others either, but a few are among Odoo's tests: orders, receipts, returns,
changes and bills at random, done in Odoo, and every KPI compared with the definition in
tests/histories/definition. 2,000 take about twenty minutes on two cores:
  ./dev test histories --seed 7 --count 100
  ./dev test histories --seed 7 --batch 3      (what a difference names, again)
"""

from .. import session, testing
from ..console import Failure, say
from ..histories.part import COUNT, SIZE, Wanted, some_seed
from ..results import Result

HELP = "all tests, or those with TAGS; the last line is `N passed, M failed`"


def add_arguments(parser):
    parser.add_argument("tags", nargs="?", default="", help="Odoo's test tags")
    parser.add_argument("--keep", action="store_true", help="keep the test database")
    parser.add_argument("--db", default="", help="test on this database, and keep it")
    parser.add_argument(
        "--no-browser", action="store_true", help="let Odoo skip the browser tours"
    )
    parser.add_argument(
        "--seed", type=int, help="of the histories; a new one each time by default"
    )
    parser.add_argument(
        "--count",
        type=int,
        metavar="N",
        help=f"how many histories, rounded up to whole batches of {SIZE} "
        f"(default: {COUNT})",
    )
    parser.add_argument("--batch", type=int, metavar="N", help="these histories alone")


def run(args):
    wanted = _wanted(args)
    result = Result()
    if args.tags in ("", testing.TOOLS_PART):
        result += testing.run_tools()
    if args.tags != testing.TOOLS_PART:
        with session.opened():
            result += _in_session(args, wanted)
    for problem in result.problems:
        say(f"PROBLEM: {problem}")
    if not result.executed:
        say("PROBLEM: no test was executed")
    print(result, flush=True)
    return 0 if result.good else 1


def _wanted(args):
    """The histories that the options ask for; None if histories are not tested."""
    options = {"--seed": args.seed, "--count": args.count, "--batch": args.batch}
    given = [name for name, value in options.items() if value is not None]
    if args.tags != testing.HISTORIES_PART:
        if given:
            raise Failure(
                f"{', '.join(given)} would do nothing: only histories have them.",
                f"./dev test {testing.HISTORIES_PART} {given[0]} {options[given[0]]}",
            )
        return None
    if args.count is not None and args.count < 1:
        raise Failure(
            f"--count {args.count}: there is nothing to try.",
            f"Give a number of histories, as --count {SIZE}, or leave --count out.",
        )
    if args.batch is not None and args.batch < 0:
        raise Failure(
            f"--batch {args.batch}: batches are counted from 0.",
            "Give the number that a difference names.",
        )
    seed = some_seed() if args.seed is None else args.seed
    return Wanted(seed, COUNT if args.count is None else args.count, args.batch)


def _in_session(args, wanted):
    result = Result()
    if args.tags == testing.SCORING_PART:
        result += testing.run_scoring()
    options = {"db": args.db, "keep": args.keep, "tours": not args.no_browser}
    if not args.tags:
        result += testing.run_all(**options)
    elif args.tags not in testing.PARTS:
        result += testing.run_odoo(args.tags, **options)
    if args.tags == testing.RESILIENCE_PART:
        result += testing.run_resilience()
    if args.tags == testing.WHEEL_PART:
        result += testing.run_wheel()
    if args.tags == testing.COST_PART:
        result += testing.run_cost()
    if args.tags == testing.BRIDGES_PART:
        result += testing.run_bridges()
    if args.tags == testing.NEIGHBOURS_PART:
        result += testing.run_neighbours()
    if args.tags == testing.HISTORIES_PART:
        result += testing.run_histories(wanted)
    return result
