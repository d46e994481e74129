"""What our rooms add to the screens of other rooms moved from file to file.

While the files are read, a new screen meets additions of before, which look for what is
in another view by now. So they are emptied: each is read again from its file.
"""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_ui_view v
           SET arch_db = '{"en_US": "<data/>"}'
          FROM ir_model_data own, ir_model_data above
         WHERE own.model = 'ir.ui.view' AND own.res_id = v.id
           AND own.module = 'supplier_evaluation' AND NOT own.noupdate
           AND above.model = 'ir.ui.view' AND above.res_id = v.inherit_id
           AND above.module = 'supplier_evaluation'
           AND v.mode = 'extension'
        """
    )
