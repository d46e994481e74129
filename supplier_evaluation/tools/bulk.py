"""Batched writes for results that come by the ten thousand."""

import json
from io import BytesIO

from odoo.tools import SQL

PAGE = 1000
# What separates values and rows in PostgreSQL's COPY text format.
COPY_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def bulk_insert(model, columns, rows):
    """Insert rows without going through ``create``; return their ids in order.

    For tables whose values are all computed by the caller: no default, compute
    or constraint of the ORM runs, except those of the database. The rows go
    through COPY, in one stream.

    :param model: recordset of the table
    :param columns: column names; ``create_uid`` and its like are added if logged
    :param rows: one tuple of values per record
    """
    ids = _next_ids(model, len(rows))
    numbered = ((row_id, *row) for row_id, row in zip(ids, rows, strict=True))
    bulk_copy(model, ("id", *columns), numbered)
    return ids


def bulk_copy(model, columns, rows):
    """Insert rows like :func:`bulk_insert`, whose ids nobody asks for.

    :param rows: iterable of tuples; only their text is held
    """
    cr = model.env.cr
    names, stamp = [*columns], ()
    if model._log_access:
        names += ["create_uid", "write_uid", "create_date", "write_date"]
        stamp = (model.env.uid, model.env.uid, cr.now(), cr.now())
    copy_rows(cr, SQL.identifier(model._table), names, rows, stamp)


def copy_rows(cr, table, columns, rows, same=()):
    """Put rows into a table, be it of a model or of this transaction, in one stream.

    :param SQL table: its name
    :param rows: iterable of tuples; only their text is held
    :param same: values that every row ends with
    """
    end = "".join(f"\t{value}" for value in _copy_values(same)) + "\n"
    # Before the stream begins: an error of the caller's would end it as one of COPY.
    text = "".join("\t".join(_copy_values(row)) + end for row in rows).encode()
    query = SQL(
        "COPY %s (%s) FROM STDIN",
        table,
        SQL(", ").join(SQL.identifier(name) for name in columns),
    )
    cr.copy_expert(query.code, BytesIO(text))


def _next_ids(model, count):
    rows = model.env.execute_query(
        SQL(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            model._table,
            count,
        )
    )
    return [row_id for (row_id,) in rows]


def _copy_values(values):
    """Return values as PostgreSQL's COPY text format has them.

    In one expression: millions are written so.
    """
    return [
        "\\N"
        if value is None
        else value.translate(COPY_ESCAPES)
        if isinstance(value, str)
        else str(value)
        for value in values
    ]


def bulk_update(model, columns, rows):
    """Update columns of many records, each with values of its own.

    :param columns: ``{column: SQL type}``
    :param rows: tuples ``(id, value, …)`` in the order of the columns
    """
    assignments = SQL(", ").join(
        SQL("%s = v.%s", SQL.identifier(name), SQL.identifier(name)) for name in columns
    )
    query = SQL(
        "UPDATE %(table)s SET %(set)s FROM (VALUES %%s) AS v (id, %(names)s)"
        " WHERE %(table)s.id = v.id",
        table=SQL.identifier(model._table),
        set=assignments,
        names=SQL(", ").join(SQL.identifier(name) for name in columns),
    )
    casts = ", ".join(["%s", *(f"%s::{kind}" for kind in columns.values())])
    model.env.cr.execute_values(
        query.code % (), rows, template=f"({casts})", page_size=PAGE
    )
    model.invalidate_model(list(columns))


def bulk_update_company_values(model, columns, rows, company):
    """Update company-dependent columns of many records for one company.

    The values of other companies, in the same JSON object, stay.

    :param columns: column names
    :param rows: tuples ``(id, value, …)``; a value of None is removed
    """
    names = SQL(", ").join(SQL.identifier(name) for name in columns)
    assignments = SQL(", ").join(
        SQL(
            "%(column)s = jsonb_strip_nulls(COALESCE(%(table)s.%(column)s, '{}')"
            " || jsonb_build_object(%(company)s, v.%(column)s))",
            column=SQL.identifier(name),
            table=SQL.identifier(model._table),
            company=SQL(f"'{int(company.id)}'"),
        )
        for name in columns
    )
    query = SQL(
        "UPDATE %(table)s SET %(set)s FROM (VALUES %%s) AS v (id, %(names)s)"
        " WHERE %(table)s.id = v.id",
        table=SQL.identifier(model._table),
        set=assignments,
        names=names,
    )
    template = "(%s" + ", %s::jsonb" * len(columns) + ")"
    cr = model.env.cr
    cr.execute_values(
        query.code % (),
        [(row[0], *map(_to_json, row[1:])) for row in rows],
        template=template,
        page_size=PAGE,
    )
    model.invalidate_model(list(columns))


def _to_json(value):
    return None if value is None else json.dumps(value)
