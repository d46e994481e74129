def migrate(cr, version):
    """Vendors show within the hour what a new day says of their certifications."""
    cr.execute(
        """
        UPDATE ir_cron c
           SET interval_type = 'hours'
          FROM ir_model_data d
         WHERE d.model = 'ir.cron' AND d.res_id = c.id
           AND d.module = 'supplier_evaluation'
           AND d.name = 'ir_cron_supplier_certification_expire'
           AND c.interval_number = 1 AND c.interval_type = 'days'
        """
    )
