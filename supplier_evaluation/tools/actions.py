"""Window actions as they are opened by methods: the shapes are said once."""

from copy import deepcopy
from urllib.parse import urlencode

from lxml import etree

from odoo.exceptions import AccessError


def open_records(env, xmlid, domain, context=None, name=None, modes=None):
    """Return a stored window action, narrowed to some records.

    :param env: environment of whoever opens it
    :param str xmlid: full external id of the action
    :param domain: the records to show, as a list
    :param dict context: of the action; empty by default, so that no filter of the
        menu hides one of the records
    :param str name: title; that of the action by default
    :param modes: views in their order, as ``("graph", "list")``; those of the action
        by default
    :raises ValueError: there is no such action
    """
    action = env["ir.actions.act_window"]._for_xml_id(xmlid)
    # A path is an address of the whole list: reloading it would lose the domain.
    action.update(path=False, domain=domain, context=context or {})
    if name:
        action.update(name=name, display_name=name)
    if modes:
        action.update(_views(modes))
    return action


def open_form(model, name, defaults=None, record=None):
    """Return the window action that opens a form.

    :param str model: name of the model
    :param str name: title
    :param dict defaults: values of fields of a new record
    :param record: the record to show; a new one without it
    """
    action = {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": model,
        **_views(("form",)),
        "context": {
            f"default_{field}": value for field, value in (defaults or {}).items()
        },
    }
    if record:
        action["res_id"] = record.id
    return action


def open_dialog(model, name, defaults=None, record=None):
    """Return the window action that opens a form over the present screen.

    The parameters are those of :func:`open_form`.
    """
    return {**open_form(model, name, defaults, record), "target": "new"}


def can_open_form(record):
    """Whether a user may read all that the form of a record shows.

    Rights to the record do not tell: Odoo gives stock users orders, whose form lists
    bills, and there it fails. So what the client would read is read.

    :param record: of the user's environment; an empty one cannot be opened
    """
    if not record or not record.has_access("read"):
        return False
    arch = etree.fromstring(
        record.get_views([(False, "form")])["views"]["form"]["arch"]
    )
    # What was read with more rights would not be refused again.
    record.env.invalidate_all()
    try:
        record.web_read(_read_by_form(arch))
    except AccessError:
        return False
    return True


def _read_by_form(arch):
    """Return what a form reads, as ``web_read`` takes it.

    >>> _read_by_form(etree.fromstring(
    ...     "<form><field name='a'/><field name='b'><list><field name='c'/></list>"
    ...     "</field></form>"
    ... ))
    {'a': {}, 'b': {'fields': {'c': {}}}}
    """
    read = {}
    for node in arch.iter("field"):
        if next(node.iterancestors("field"), None) is None:
            # A wide screen shows the list, which reads more than cards do.
            rows = [*node.iterchildren("list"), *node.iterchildren("kanban")]
            read[node.get("name")] = (
                {"fields": _read_by_form(deepcopy(rows[0]))} if rows else {}
            )
    return read


def open_download(record, field, filename):
    """Return the action that downloads a file.

    :param record: the record that has it
    :param str field: name of the binary field
    :param str filename: the name it gets
    """
    address = f"/web/content/{record._name}/{record.id}/{field}"
    query = urlencode({"filename": filename, "download": "true"})
    return {
        "type": "ir.actions.act_url",
        "url": f"{address}?{query}",
        "target": "download",
    }


def _views(modes):
    return {"view_mode": ",".join(modes), "views": [(False, mode) for mode in modes]}
