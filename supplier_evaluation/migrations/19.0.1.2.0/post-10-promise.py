from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Lines confirmed before get what a line promises since: when, and how much.

    The promised day itself stays; what was filled once is not touched again.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["purchase.order.line"]._fill_missing_promises()
