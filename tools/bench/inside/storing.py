"""What storing alone takes: no measuring, no scoring, no Python."""

import io
import time
from statistics import median

from probes import say

REPEATS = 3
TABLES = {
    "supplier_scorecard": "evaluation_id = %(id)s",
    "supplier_scorecard_line": "scorecard_id IN"
    " (SELECT id FROM supplier_scorecard WHERE evaluation_id = %(id)s)",
}


def store_again(env, evaluation):
    """Store the scorecards and lines of an evaluation as they are, and commit.

    What a run cannot take less than, however fast it measures and scores. The rows come
    from memory, as the database itself wrote them.

    :param evaluation: a computed one; it is the same afterwards
    :return: ``{"store_month_s": seconds, "store_month_rows": rows}``
    """
    say("Storing alone: the same rows again …")
    # No value of ours is in the SQL but names of tables and columns.
    params = {"id": evaluation.id}
    rows = {
        table: _copied(env.cr, table, where, params) for table, where in TABLES.items()
    }
    seconds = [_store(env.cr, rows, params) for _repeat in range(1 + REPEATS)]
    return {
        "store_month_s": median(seconds[1:]),
        "store_month_rows": sum(text.count("\n") for _columns, text in rows.values()),
    }


def _copied(cr, table, where, params):
    """Return the columns of a table, and its rows as COPY writes them."""
    cr.execute(
        "SELECT STRING_AGG(QUOTE_IDENT(attname), ', ') FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    [columns] = cr.fetchone()
    query = cr.mogrify(f"SELECT {columns} FROM {table} WHERE {where}", params)
    text = io.StringIO()
    cr._obj.copy_expert(f"COPY ({query.decode()}) TO STDOUT", text)
    return columns, text.getvalue()


def _store(cr, rows, params):
    """Take the rows away, store them again; return the seconds of the latter."""
    for table in reversed(TABLES):
        cr.execute(f"DELETE FROM {table} WHERE {TABLES[table]}", params)
    cr.commit()
    started = time.perf_counter()
    for table, (columns, text) in rows.items():
        cr._obj.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO(text))
    cr.commit()
    return time.perf_counter() - started
