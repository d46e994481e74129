from odoo.tools import SQL


def migrate(cr, version):
    """Drop the foreign keys of what the parts of a scorecard copy from it.

    The scorecard has them. The columns of who wrote a part, and when, stay with what
    they hold; nothing is written there any more.
    """
    cr.execute(
        """
        SELECT rel.relname, con.conname
          FROM pg_constraint con
          JOIN pg_class rel ON rel.oid = con.conrelid
          JOIN pg_attribute att
            ON att.attrelid = rel.oid AND att.attnum = ANY(con.conkey)
         WHERE con.contype = 'f'
           AND rel.relname IN (
                   'supplier_scorecard_line', 'supplier_scorecard_dimension')
           AND att.attname IN (
                   'company_id', 'partner_id', 'template_id', 'create_uid', 'write_uid')
        """
    )
    found = cr.fetchall()
    for table, name in found:
        cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(name),
            )
        )
    names = [name for _table, name in found]
    cr.execute("DELETE FROM ir_model_constraint WHERE name = ANY(%s)", [names])
