"""What blocks say, in a canonical form, and their seals.

The form is written down here, and in the checker ``tools/verify_chain.py`` of the
project, which reads it from a dump of the database and shares no code with this one.

A value is the text that PostgreSQL's COPY writes for it (without COPY's escapes), so it
is the same in the database and in a plain dump; empty is null. A text of more than 500
characters is ``["sha256", its digest]``. Of a link to many records, it is their ids in
rising order, with commas between them. Of parts, a digest is made of their rows in
the order of their ids, each as COPY writes it (with its escapes), joined by line feeds.

What a block says is JSON, in UTF-8, with sorted keys. A seal is the SHA-256 (FIPS
180-4), in hexadecimal digits, of these lines: the seal before it (empty for the first
block), company, number, instant in UTC, kind, model, id, and what the block says.
"""

import hashlib
import json
from collections import defaultdict

from odoo import models
from odoo.tools import SQL

SEALED = "supplier.sealed.mixin"
LONGEST = 500
# What COPY writes for signs that would end a value or a row; the backslash first.
ESCAPES = (
    ("\\", r"\\"),
    ("\b", r"\b"),
    ("\f", r"\f"),
    ("\n", r"\n"),
    ("\r", r"\r"),
    ("\t", r"\t"),
    ("\v", r"\v"),
)


def seal_of(previous, block):
    """Return the seal of a block that follows another one.

    :param str previous: the seal of the block before; empty for the first one
    :param block: values ``company_id, number, date, kind, res_model, res_id, content``,
        the date as text in UTC: ``2026-10-01 08:00:00``
    """
    lines = [previous, *map(str, block)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def said(text):
    """Return a value as a block says it: long texts by their digest."""
    if text is None or len(text) <= LONGEST:
        return text
    return ["sha256", hashlib.sha256(text.encode()).hexdigest()]


def as_content(**parts):
    """Return what a block says, as the text that is sealed."""
    return json.dumps(parts, ensure_ascii=False, sort_keys=True)


def parsed(content):
    """Return what a block says; nothing, where somebody made it unreadable.

    :rtype: dict
    """
    try:
        said_then = json.loads(content)
    except ValueError:
        return {}
    return said_then if isinstance(said_then, dict) else {}


def sealed_models(env):
    """Return the models that the chain covers, in the order of their names."""
    names = sorted(env.registry.descendants([SEALED], "_inherit"))
    return [env[name] for name in names if not env[name]._abstract]


def covers(env):
    """Return what the chain covers by now, as a block says it."""
    return as_content(
        covers={
            model._name: {
                "when": model._sealed_when,
                "parts": {
                    part: link for part, (link, _names) in model._sealed_parts.items()
                },
                "links": {
                    name: [field.relation, field.column1, field.column2]
                    for name in model._sealed_columns()
                    for field in [model._fields[name]]
                    if field.type == "many2many"
                },
            }
            for model in sealed_models(env)
        }
    )


def to_seal(model, alias="t"):
    """Return the SQL condition of the rows of a model that have to be in the chain."""
    if not model._sealed_when:
        return SQL("TRUE")
    return SQL("COALESCE(%s, 0) > 0", SQL.identifier(alias, model._sealed_when))


def texts_of(model, columns, ids):
    """Return what rows say, as COPY would write it.

    :param columns: names of stored columns, or of links to many records
    :return: ``{id: {column: text or None}}``, without rows that there are not
    """
    if not columns:
        columns = ["id"]
    rows = model.env.execute_query(
        SQL(
            "SELECT id, %s FROM %s WHERE id = ANY(%s)",
            SQL(", ").join(_as_text(model, name) for name in columns),
            SQL.identifier(model._table),
            list(ids),
        )
    )
    return {row_id: dict(zip(columns, values, strict=True)) for row_id, *values in rows}


def _as_text(model, name):
    field, column = model._fields[name], SQL.identifier(name)
    if field.type == "many2many":
        linked = SQL.identifier(field.relation, field.column2)
        return SQL(
            "(SELECT STRING_AGG(%s::text, ',' ORDER BY %s) FROM %s WHERE %s = %s)",
            linked,
            linked,
            SQL.identifier(field.relation),
            SQL.identifier(field.relation, field.column1),
            SQL.identifier(model._table, "id"),
        )
    if field.column_type[0] == "bool":
        # COPY writes a letter, a cast the word.
        return SQL("CASE %s WHEN TRUE THEN 't' WHEN FALSE THEN 'f' END", column)
    return SQL("%s::text", column)


def digests_of(part, link, columns, ids):
    """Return digests of the rows that belong to others, made by the database.

    :param part: the model of these rows
    :param str link: their field that says to what they belong
    :param columns: names of their columns
    :param ids: of what they belong to
    :return: ``{id: digest}``, without those that have no rows
    """
    part.flush_model()
    texts = [_as_copied(part, name) for name in columns]
    rows = part.env.execute_query(
        SQL(
            """
            SELECT %(link)s, ENCODE(SHA256(CONVERT_TO(
                       STRING_AGG(CONCAT_WS(E'\\t', %(texts)s), E'\\n' ORDER BY id),
                       'UTF8')), 'hex')
              FROM %(table)s WHERE %(link)s = ANY(%(ids)s) GROUP BY %(link)s
            """,
            link=SQL.identifier(link),
            texts=SQL(", ").join(texts),
            table=SQL.identifier(part._table),
            ids=list(ids),
        )
    )
    return dict(rows)


def _as_copied(model, name):
    """Return a value as COPY writes it, escapes included."""
    text = _as_text(model, name)
    if model._fields[name].column_type[0] in ("varchar", "text", "jsonb"):
        for sign, escaped in ESCAPES:
            text = SQL("REPLACE(%s, %s, %s)", text, sign, escaped)
    return SQL(r"COALESCE(%s, '\N')", text)


def contents_of(model, ids):
    """Return what blocks say of rows as they stand there now.

    :param ids: of rows of the model
    :return: ``{id: text}``; of a row that there is not, that it is missing
    """
    sealed = model._sealed_columns()
    links = {
        name: field.comodel_name
        for name, field in model._fields.items()
        if field.store
        and field.type == "many2one"
        and name not in models.MAGIC_COLUMNS
        and _has_names(model.env[field.comodel_name])
    }
    texts = texts_of(model, sorted({*sealed, *links}), ids)
    names = _names_of(model.env, links, texts.values())
    partners = [name for name in sealed if links.get(name) == "res.partner"]
    parts = {}
    for part, (link, columns) in model._sealed_parts.items():
        parts[part] = columns, digests_of(model.env[part], link, columns, ids)
    contents = dict.fromkeys(ids, as_content(row=None))
    for row_id, values in texts.items():
        contents[row_id] = as_content(
            row={name: said(values[name]) for name in sealed},
            names={
                name: names[comodel].get(values[name])
                for name, comodel in links.items()
                if values[name]
            },
            partners=partners,
            anew=sorted(model._sealed_anew),
            parts={
                part: {"columns": columns, "sha256": digests.get(row_id)}
                for part, (columns, digests) in parts.items()
            },
        )
    return contents


def _names_of(env, links, rows):
    """Return ``{model: {id as text: name}}`` of what rows name, as it is called now.

    People and suppliers are called otherwise later, and suppliers become one.
    """
    wanted = defaultdict(set)
    for values in rows:
        for name, comodel in links.items():
            if values[name]:
                wanted[comodel].add(int(values[name]))
    return {comodel: _names(env[comodel], ids) for comodel, ids in wanted.items()}


def _has_names(model):
    field = model._fields.get("name")
    return model._name == "res.users" or bool(
        field and field.store and field.type == "char"
    )


def _names(model, ids):
    model.flush_model()
    if model._name == "res.users":
        query = SQL(
            "SELECT person.id::text, partner.name FROM res_users person"
            " JOIN res_partner partner ON partner.id = person.partner_id"
            " WHERE person.id = ANY(%s)",
            list(ids),
        )
    else:
        is_translated = model._fields["name"].translate
        query = SQL(
            "SELECT id::text, %s FROM %s WHERE id = ANY(%s)",
            SQL("name ->> 'en_US'") if is_translated else SQL("name"),
            SQL.identifier(model._table),
            list(ids),
        )
    return dict(model.env.execute_query(query))
