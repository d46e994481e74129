#: Reminders on vendors, whom several companies share.
TYPES = ("mail_activity_type_supplier_contact", "mail_activity_type_tier_review")


def migrate(cr, version):
    """Say for which company a reminder is: that of the vendor, or of who is reminded.

    Each company looks for its own; what is of none would be there twice, and stay.
    """
    cr.execute(
        """
        UPDATE mail_activity a
           SET supplier_company_id = COALESCE(p.company_id, u.company_id)
          FROM res_partner p, res_users u, ir_model_data d
         WHERE a.res_model = 'res.partner'
           AND p.id = a.res_id
           AND u.id = a.user_id
           AND d.model = 'mail.activity.type'
           AND d.module = 'supplier_evaluation'
           AND d.name IN %s
           AND a.activity_type_id = d.res_id
           AND a.supplier_company_id IS NULL
        """,
        [TYPES],
    )
