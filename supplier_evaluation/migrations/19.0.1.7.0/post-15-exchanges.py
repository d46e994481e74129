from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Mark what came in exchange for returned goods; it was told by its transfer."""
    api.Environment(cr, SUPERUSER_ID, {})["stock.move"]._mark_replacements()
