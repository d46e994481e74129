"""The team's ticks for the five dimensions are gone from the form of a template.

While the files are read, the new form of a template meets the old addition, which shows
them still. So our additions to it are emptied: each is read again from its file.
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
