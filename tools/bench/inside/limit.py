"""The same KPIs by DuckDB, from a copy of the same rows: what the machine could do."""

import json
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from checks import differences, values_of
from probes import say
from runs import REPEATS

# Seconds that it may take; then it is given up, and the rest is measured.
LONGEST = 900
MOMENT = "TIMESTAMP"
# What the statement reads, and how DuckDB takes it.
TABLES = {
    "purchase_order_line": {
        "id": "INTEGER",
        "order_id": "INTEGER",
        "product_id": "INTEGER",
        "company_id": "INTEGER",
        "product_uom_qty": "DOUBLE",
        "quantity_promised": "DOUBLE",
        "price_subtotal": "DOUBLE",
        "date_promised": MOMENT,
        "date_promise_frozen": MOMENT,
        "date_promise_cancelled": MOMENT,
        "date_promise_broken": MOMENT,
        "supplier_exclusion": "VARCHAR",
        "has_twin_line": "BOOLEAN",
    },
    "purchase_order": {
        "id": "INTEGER",
        "partner_id": "INTEGER",
        "company_id": "INTEGER",
        "currency_rate": "DOUBLE",
        "acknowledged": "BOOLEAN",
        "date_acknowledged": MOMENT,
        "date_order": MOMENT,
    },
    "stock_move": {
        "id": "INTEGER",
        "purchase_line_id": "INTEGER",
        "product_uom": "INTEGER",
        "quantity": "DOUBLE",
        "state": "VARCHAR",
        "date": MOMENT,
        "origin_returned_move_id": "INTEGER",
    },
    "res_partner": {"id": "INTEGER", "commercial_partner_id": "INTEGER"},
    "product_product": {"id": "INTEGER", "product_tmpl_id": "INTEGER"},
    "product_template": {"id": "INTEGER", "uom_id": "INTEGER", "type": "VARCHAR"},
    "uom_uom": {"id": "INTEGER", "factor": "DOUBLE"},
}


def measure_limit(cursor, ours, python, script, statement):
    """Ask DuckDB what the floor was asked, and compare its numbers with ours.

    :param ours: the year's ``Measured``
    :param python: one that has DuckDB; without it nothing is measured
    :return: figures
    """
    if not python:
        return {}
    say("The limit: DuckDB on the same rows …")
    with tempfile.TemporaryDirectory() as folder:
        _export(cursor, Path(folder))
        try:
            found = _ask(Path(folder), ours.scope, python, script, statement)
        except subprocess.SubprocessError as error:
            say(f"The limit was not measured: {error}")
            return {}
    codes = found["codes"]
    theirs = {
        (partner, code): value
        for partner, *values in found["rows"]
        for code, value in zip(codes, values, strict=True)
    }
    different = differences(ours.values, theirs, codes, "the limit, year")
    return {
        "limit_year_s": median(found["seconds"][1:]),
        "limit_loading_s": found["loading"],
        "limit_threads": found["threads"],
        "limit_version": found["version"],
        "limit_compared": len(theirs),
        "limit_different": sum(different.values()),
    }


def _export(cursor, folder):
    for table, columns in TABLES.items():
        with (folder / f"{table}.csv").open("w") as file:
            statement = f"COPY (SELECT {', '.join(columns)} FROM {table}) TO STDOUT CSV"
            cursor._obj.copy_expert(statement, file)
    cursor.rollback()


def _ask(folder, scope, python, script, statement):
    result = folder / "result.json"
    statement = Path(statement).read_text()
    values = values_of(scope)
    asked = {
        "tables": TABLES,
        "folder": str(folder),
        "statement": statement,
        # It refuses values that nothing asks for.
        "values": {name: values[name] for name in values if f"${name}" in statement},
        "repeats": 1 + REPEATS,
        "result": str(result),
    }
    subprocess.run(
        [python, script],
        input=json.dumps(asked, default=str),
        text=True,
        check=True,
        timeout=LONGEST,
    )
    return json.loads(result.read_text())
