"""Changes sentences of presets in databases of before, for migrations."""

from odoo.tools import SQL


def replace_sentences(cr, model, sentences):
    """Say something else in presets; what somebody wrote otherwise stays.

    Only the English text changes, and not if it says the new sentence already: so it
    may be done twice.

    :param Cursor cr: of the database that is upgraded
    :param model: recordset of the presets; their external ids begin with its table
    :param dict sentences: of each end of an external id and field, the former sentence
        and the present one
    """
    model.flush_model()
    for (code, name), (former, present) in sentences.items():
        cr.execute(
            SQL(
                """
                UPDATE %(table)s
                   SET %(column)s = JSONB_SET(
                           %(column)s, '{en_US}',
                           TO_JSONB(REPLACE(%(column)s ->> 'en_US', %(former)s,
                                            %(present)s)))
                 WHERE id IN (SELECT res_id FROM ir_model_data
                               WHERE model = %(model)s
                                 AND module = 'supplier_evaluation'
                                 AND name = %(xmlid)s)
                   AND POSITION(%(former)s IN %(column)s ->> 'en_US') > 0
                   -- A present sentence may be a part of the former one.
                   AND (POSITION(%(present)s IN %(column)s ->> 'en_US') = 0
                        OR POSITION(%(present)s IN %(former)s) > 0)
                """,
                table=SQL.identifier(model._table),
                column=SQL.identifier(name),
                model=model._name,
                former=former,
                present=present,
                xmlid=f"{model._table}_{code}",
            )
        )
    model.invalidate_model()
