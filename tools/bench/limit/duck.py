"""Computes the delivery KPIs of a year with DuckDB; run by the Python that has it.

Reads from stdin, as JSON, what is asked; writes what it found to the file ``result``.
"""

import json
import sys
import time
from pathlib import Path

import duckdb


def main():
    asked = json.load(sys.stdin)
    connection = duckdb.connect()
    started = time.perf_counter()
    for table, columns in asked["tables"].items():
        file = Path(asked["folder"]) / f"{table}.csv"
        kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        connection.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv('{file}', header = false, "
            f"delim = ',', quote = '\"', nullstr = '', columns = {{{kinds}}})"
        )
    loading = time.perf_counter() - started
    seconds = []
    for _repeat in range(asked["repeats"]):
        started = time.perf_counter()
        answer = connection.execute(asked["statement"], asked["values"])
        rows = answer.fetchall()
        seconds.append(time.perf_counter() - started)
    codes = [column[0] for column in answer.description[1:]]
    Path(asked["result"]).write_text(
        json.dumps(
            {
                "version": duckdb.__version__,
                "threads": connection.execute(
                    "SELECT current_setting('threads')"
                ).fetchone()[0],
                "loading": loading,
                "seconds": seconds,
                "codes": codes,
                "rows": rows,
            }
        )
    )


if __name__ == "__main__":
    main()
