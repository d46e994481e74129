"""Answers of the database that are too long to be held at once, and long questions.

The database keeps answers in tables of this transaction and hands them over by the
slice. They are gone with the transaction, however it ends.
"""

from itertools import count

from odoo.tools import SQL

# So many rows are fetched at once: the longest of them are tens of numbers.
SLICE = 500
# A name that no other answer of this process has; other sessions do not see it.
_numbers = count(1)


def id_array(ids):
    """Return the SQL of an array of ids: one word, however many they are.

    Of a list, each number would be quoted here and read there as a value of its own.

    :param ids: iterable of integers
    """
    return SQL("%s::integer[]", f"{{{','.join(map(str, ids))}}}")


def keep_answer(env, query):
    """Let the database keep the answer of a query; return the name of the table.

    :param env: environment of the cursor
    :param SQL query: a SELECT
    :rtype: SQL
    """
    table = SQL.identifier(f"supplier_answer_{next(_numbers)}")
    env.flush_query(query)
    # Not by INSERT: PostgreSQL would read with one process only.
    env.cr.execute(SQL("CREATE TEMP TABLE %s ON COMMIT DROP AS %s", table, query))
    return table


def study_answers(env, tables):
    """Let the database count what it keeps: not knowing, it joins row by row."""
    if tables:
        env.cr.execute(SQL("ANALYZE %s", SQL(", ").join(tables)))


def drop_answers(env, tables):
    """Forget answers before the transaction ends."""
    if tables:
        env.cr.execute(SQL("DROP TABLE %s", SQL(", ").join(tables)))


def fetch_slices(env, query):
    """Yield the rows of a query, a list of at most so many at a time.

    What is read between two slices may write, but not to what the query reads.

    :param env: environment of the cursor
    :param SQL query: a SELECT
    """
    size = SLICE
    cursor = SQL.identifier(f"supplier_cursor_{next(_numbers)}")
    env.flush_query(query)
    # All rows are read: a plan that has the first ones early is none for the last.
    env.cr.execute("SET LOCAL cursor_tuple_fraction = 1")
    env.cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", cursor, query))
    fetch = SQL("FETCH %s FROM %s", size, cursor)
    rows = env.execute_query(fetch)
    while rows:
        yield rows
        rows = env.execute_query(fetch) if len(rows) == size else ()
    env.cr.execute(SQL("CLOSE %s", cursor))
