from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """When an order was acknowledged counts as an answer; the chatter knows it."""
    orders = api.Environment(cr, SUPERUSER_ID, {})["purchase.order"]
    orders._fill_missing_acknowledgements()
