"""The limit of the machine: the same KPIs by a database made for such questions.

DuckDB keeps columns, reads only those it needs and uses every core. It stores and
explains nothing, and its rows are a copy: so it is no way to do it, but what a way
could win at most.
"""

from __future__ import annotations

from pathlib import Path

from ... import state, venv
from ...console import Failure, say

SCRIPT = Path(__file__).with_name("duck.py")
STATEMENT = Path(__file__).with_name("floor.sql")


def asked() -> dict[str, str]:
    """What the measurement is given: a Python that has DuckDB, or an empty text."""
    try:
        with state.lock():
            python = str(venv.ensure("limit", ["limit"]))
    except Failure as failure:
        say(f"  DuckDB is not there, so the limit is not measured: {failure.what}")
        python = ""
    return {"python": python, "script": str(SCRIPT), "statement": str(STATEMENT)}
