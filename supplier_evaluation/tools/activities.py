"""Activities of many records: one statement, and no mail for each."""

from markupsafe import Markup

from odoo.tools import plaintext2html


def planned(records, xmlid, company=None):
    """Return what is planned for records, whoever's list it is on.

    :param records: of one model
    :param str xmlid: full external id of the type of the activities
    :param company: for which; none: the records are of one company each
    :return: the activities, with full rights
    """
    env = records.env
    of_company = [("supplier_company_id", "=", company.id)] if company else []
    return (
        env["mail.activity"]
        .sudo()
        .search(
            [
                ("activity_type_id", "=", env.ref(xmlid).id),
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                *of_company,
            ]
        )
    )


def plan(records, xmlid, vals_list, **context):
    """Put records on the lists of people.

    Those who put them there need no right to activities: who sees a record is asked
    before.

    :param records: of the model, in the environment of whoever plans
    :param str xmlid: full external id of the type of the activities
    :param list vals_list: their values: ``res_id``, ``user_id``, ``date_deadline`` and
        what else they say. A note that is no ``Markup`` is text: what people wrote,
        as “<5 %”, is not read as HTML
    :param context: under which they are created
    :return: the activities, with full rights
    """
    env = records.env
    # Read the names together: each activity takes the name of its record.
    records.browse([vals["res_id"] for vals in vals_list]).mapped("display_name")
    kind = {
        "activity_type_id": env.ref(xmlid).id,
        "automated": True,
        "res_model_id": env["ir.model"]._get_id(records._name),
    }
    activities = env["mail.activity"].sudo()
    return activities.with_context(mail_activity_quick_update=True, **context).create(
        [{**kind, **vals, **_as_html(vals)} for vals in vals_list]
    )


def _as_html(vals):
    note = vals.get("note")
    if not note or isinstance(note, Markup):
        return {}
    return {"note": plaintext2html(note)}
