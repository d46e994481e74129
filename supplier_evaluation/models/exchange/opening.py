"""Opens the record that another system sent, or has a name for."""

from odoo.exceptions import UserError

from ...tools.actions import open_form


def open_exchanged(told, model, number):
    """Return the action that opens a record of ours.

    :param told: the record that names it, of any model
    :param str model: its model, which may be empty, or not be installed any more
    :param int number: its number
    :raises UserError: there is no such record, or the user may not open it
    """
    records = told.env[model] if model in told.env else told.browse()
    record = records.browse(number).exists() if records._name == model else records
    if not record or not record.has_access("read"):
        raise UserError(
            told.env._(
                "%s is no longer there, or you may not open it.", told.display_name
            )
        )
    return open_form(model, record.display_name, record=record)
