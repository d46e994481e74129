from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Confirmed orders keep what they promise the customer now."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["sale.order.line"]._fill_missing_customer_promises()
