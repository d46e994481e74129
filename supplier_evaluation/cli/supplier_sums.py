"""``odoo supplier_sums -d DATABASE``: all sums of orders and bills, made anew.

Odoo finds commands of add-ons here, and loads them without the add-on itself.
"""

import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class SupplierSums(Command):
    """Make the sums anew that are kept of orders, receipts and bills."""

    name = "supplier_sums"

    def run(self, args):
        config.parser.prog = self.prog
        config.parse_config(args, setup_logging=True)
        databases = config["db_name"]
        if len(databases) != 1:
            sys.exit("Say which database, by -d NAME.")
        with Registry(databases[0]).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            if "supplier.fact.change" not in env:
                sys.exit(f"Supplier Evaluation is not installed in {databases[0]}.")
            if not env["supplier.fact.change"]._make_all(cr.commit):
                sys.exit(
                    "The scheduled action is making sums at this moment, and will make "
                    "all of them anew."
                )
