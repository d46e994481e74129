from odoo.tools import SQL


def migrate(cr, version):
    """No target is none: our rules for information came with one of 0 hours."""
    for table in ("supplier_alert_rule", "supplier_alert"):
        cr.execute(
            SQL(
                "UPDATE %s SET answer_hours = NULL WHERE answer_hours = 0",
                SQL.identifier(table),
            )
        )
