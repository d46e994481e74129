from odoo.tools.sql import column_exists, rename_column


def migrate(cr, version):
    """The part of the facts that a figure concerns is called its aspect."""
    if column_exists(cr, "supplier_kpi", "basis"):
        rename_column(cr, "supplier_kpi", "basis", "aspect")
