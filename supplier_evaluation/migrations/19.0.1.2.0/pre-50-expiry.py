"""One list shows what expires; the address of the former one leads to it."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_act_window a
           SET path = NULL
          FROM ir_model_data d
         WHERE d.model = 'ir.actions.act_window' AND d.res_id = a.id
           AND d.module = 'supplier_evaluation'
           AND d.name = 'supplier_document_expiry_action'
        """
    )
