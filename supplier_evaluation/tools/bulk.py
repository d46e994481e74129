"""Batched writes for results that come by the ten thousand."""

import json
from itertools import islice

import psycopg2

from odoo.tools import SQL

PAGE = 1000
# How many rows are sent at once: the database stores them while the next are made.
CHUNK = 200
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

    :param rows: see :func:`copy_rows`
    """
    cr = model.env.cr
    names, stamp = [*columns], ()
    if model._log_access:
        names += ["create_uid", "write_uid", "create_date", "write_date"]
        stamp = (model.env.uid, model.env.uid, cr.now(), cr.now())
    copy_rows(cr, SQL.identifier(model._table), names, rows, stamp)


def copy_rows(cr, table, columns, rows, same=()):
    """Put rows into a table, be it of a model or of this transaction, in one stream.

    They are made while the database stores those before.

    :param SQL table: its name
    :param rows: iterable of tuples, which asks the database nothing
    :param same: values that every row ends with
    :raises Exception: what the iterable raises; the transaction is lost then
    """
    query = SQL(
        "COPY %s (%s) FROM STDIN",
        table,
        SQL(", ").join(SQL.identifier(name) for name in columns),
    )
    stream = _CopyStream(rows, same)
    try:
        cr.copy_expert(query.code, stream)
    except psycopg2.Error:
        # To the database, an error of the rows is one of reading them.
        if stream.error:
            raise stream.error from None
        raise


class _CopyStream:
    """Rows as a file in PostgreSQL's COPY text format, made as it is read.

    :param rows: iterable of tuples
    :param same: values that every row ends with
    """

    def __init__(self, rows, same):
        self.error = None
        self._rows = iter(rows)
        self._end = "".join(f"\t{value}" for value in _copy_values(same)) + "\n"

    def read(self, _size=-1):  # pylint: disable=method-required-super
        """Return the text of the next rows, nothing when there are no more."""
        try:
            return "".join(
                "\t".join(_copy_values(row)) + self._end
                for row in islice(self._rows, CHUNK)
            ).encode()
        except Exception as error:
            self.error = error
            raise


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
