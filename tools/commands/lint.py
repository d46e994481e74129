"""Check the style: ruff, pylint-odoo and the OCA pre-commit checks."""

from .. import lint
from ..console import say

HELP = "ruff, pylint-odoo, the OCA pre-commit checks"


def add_arguments(parser):
    parser.add_argument(
        "--fix", action="store_true", help="let ruff correct and format"
    )


def run(args):
    clean = lint.run(fix=args.fix)
    say("Nothing to complain about." if clean else "See above; try: ./dev lint --fix")
    return 0 if clean else 1
