from odoo.tools import SQL

RELATIONS = {
    "purchase.order": "supplier_purchase_order_former_user_rel",
    "supplier.incident": "supplier_incident_former_user_rel",
}


def migrate(cr, version):
    """Whose orders and incidents were is kept; until now the chatter told it."""
    for model, relation in RELATIONS.items():
        table = model.replace(".", "_")
        cr.execute(
            SQL(
                """
                INSERT INTO %s (%s, res_users_id)
                SELECT DISTINCT record.id, formerly.id
                  FROM mail_tracking_value v
                  JOIN ir_model_fields f ON f.id = v.field_id
                   AND f.model = %s AND f.name = 'user_id'
                  JOIN mail_message m ON m.id = v.mail_message_id AND m.model = f.model
                  JOIN %s record ON record.id = m.res_id
                  JOIN res_users formerly ON formerly.id = v.old_value_integer
                ON CONFLICT DO NOTHING
                """,
                SQL.identifier(relation),
                SQL.identifier(f"{table}_id"),
                model,
                SQL.identifier(table),
            )
        )
