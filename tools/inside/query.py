"""Run one SQL statement (its text and values on stdin as JSON); print the rows as JSON.

In Odoo's Python, which has a PostgreSQL driver: ./dev itself needs no database client.
"""

import json
import sys

import psycopg2


def main() -> int:
    request = json.load(sys.stdin)
    try:
        connection = psycopg2.connect(dbname=request["database"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(request["statement"], request["values"] or None)
            rows = cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        sys.stderr.write(str(error))
        return 1
    json.dump(rows, sys.stdout, default=str)
    return 0


if __name__ == "__main__":
    sys.exit(main())
