def migrate(cr, version):
    """Store how long incidents took until they were answered, and resolved.

    Odoo would compute it record by record, and say that each was changed today. When
    somebody took them up is not known of those of before.
    """
    cr.execute(
        """
        ALTER TABLE supplier_incident
          ADD COLUMN IF NOT EXISTS hours_to_take_up double precision,
          ADD COLUMN IF NOT EXISTS hours_to_answer double precision,
          ADD COLUMN IF NOT EXISTS hours_to_resolve double precision;
        UPDATE supplier_incident
           SET hours_to_answer =
                   EXTRACT(EPOCH FROM date_first_answer - date_opened) / 3600,
               hours_to_resolve =
                   EXTRACT(EPOCH FROM date_resolved - date_opened) / 3600
        """
    )
