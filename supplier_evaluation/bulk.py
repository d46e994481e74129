"""Batched writes for results that come by the ten thousand."""

import json

from odoo.tools import SQL

PAGE = 1000


def bulk_insert(model, columns, rows):
    """Insert rows without going through ``create``; return their ids in order.

    For tables whose values are all computed by the caller: no default, compute
    or constraint of the ORM runs, except those of the database.

    :param model: recordset of the table
    :param columns: column names; ``create_uid`` and its like are added
    :param rows: one tuple of values per record
    """
    cr = model.env.cr
    stamp = (model.env.uid, model.env.uid, cr.now(), cr.now())
    names = [*columns, "create_uid", "write_uid", "create_date", "write_date"]
    query = SQL(
        "INSERT INTO %s (%s) VALUES %%s RETURNING id",
        SQL.identifier(model._table),
        SQL(", ").join(SQL.identifier(name) for name in names),
    )
    inserted = cr.execute_values(
        query.code % (),
        [(*row, *stamp) for row in rows],
        page_size=PAGE,
        fetch=True,
    )
    return [row_id for (row_id,) in inserted]


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
