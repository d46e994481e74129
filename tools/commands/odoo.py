"""Run Odoo itself with the tool's configuration.

For example: ./dev odoo -- shell -d demo
"""

from .. import odoo, session

HELP = "Odoo itself with the tool's configuration (./dev odoo -- shell -d demo)"


def add_arguments(parser):
    parser.add_argument(
        "arguments", nargs="*", metavar="-- ARGS", help="Odoo's arguments"
    )


def run(args):
    with session.opened():
        return odoo.call(args.arguments)
