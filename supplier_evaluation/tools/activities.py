"""Activities of many records: one statement, and no mail for each."""

from collections import defaultdict

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


def planned_for(company, model, xmlid):
    """Return what is planned for a company, whatever record of a model it is about.

    :param str xmlid: full external id of the type of the activities
    :return: the activities, with full rights
    """
    env = company.env
    domain = [
        ("activity_type_id", "=", env.ref(xmlid).id),
        ("res_model", "=", model),
        ("supplier_company_id", "=", company.id),
    ]
    return env["mail.activity"].sudo().search(domain)


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
    names = _names_as_read(records, vals_list)
    kind = {
        "activity_type_id": env.ref(xmlid).id,
        "automated": True,
        "res_model_id": env["ir.model"]._get_id(records._name),
    }
    activities = env["mail.activity"].sudo()
    made = activities.with_context(mail_activity_quick_update=True, **context).create(
        [{**kind, **vals, **_as_html(vals)} for vals in vals_list]
    )
    for activity, name in zip(made, names, strict=True):
        # Odoo computes it first, in whatever language.
        if activity.res_name != name:
            activity.res_name = name
    return made


def _names_as_read(records, vals_list):
    """Return the name of each record as whoever is to see to it says it.

    It is kept as text with the activity, and a scheduled action has no language. The
    names of a language are read together.
    """
    env = records.env
    users = env["res.users"].sudo().browse([vals["user_id"] for vals in vals_list])
    langs = [user.lang or env.lang for user in users]
    ids = defaultdict(list)
    for lang, vals in zip(langs, vals_list, strict=True):
        ids[lang].append(vals["res_id"])
    names = {
        (lang, record.id): record.display_name
        for lang, own in ids.items()
        for record in records.with_context(lang=lang).browse(own)
    }
    return [
        names[lang, vals["res_id"]] for lang, vals in zip(langs, vals_list, strict=True)
    ]


def _as_html(vals):
    note = vals.get("note")
    if not note or isinstance(note, Markup):
        return {}
    return {"note": plaintext2html(note)}
