from odoo.tools.sql import rename_column


def migrate(cr, version):
    """The part of the facts that a figure concerns is called its aspect."""
    rename_column(cr, "supplier_kpi", "basis", "aspect")
