"""The chain of seals: each published scorecard seals itself and its predecessor.

A seal is the SHA-256 (FIPS 180-4) of the previous seal and of everything the
scorecard says, so a figure that is changed later breaks its seal and all after.
"""

import hashlib
import json

from odoo.tools import SQL

from ..bulk import bulk_update
from .evaluation_run import LINE_COLUMNS, SCORECARD_COLUMNS

OVERRIDE_COLUMNS = ("is_overridden", "override_score", "override_reason")


def seal_scorecards(scorecards, company):
    """Append the scorecards to the company's chain.

    Writing the head of the chain on the company makes a concurrent publication
    wait or fail: no two scorecards get the same number.
    """
    number, seal = company.supplier_seal_number, company.supplier_seal_hash or ""
    rows = []
    for scorecard_id, content in _contents(scorecards.sorted("id")):
        number += 1
        seal = _digest(seal, content)
        rows.append((scorecard_id, number, seal))
    bulk_update(scorecards, {"seal_number": "integer", "seal": "varchar"}, rows)
    company.write({"supplier_seal_number": number, "supplier_seal_hash": seal})


def verify_seals(company):
    """Return the first scorecard of the company that does not match its seal.

    :return: an empty recordset when the chain is whole
    """
    scorecards = company.env["supplier.scorecard"].search(
        [("company_id", "=", company.id), ("seal_number", ">", 0)],
        order="seal_number",
    )
    seal = ""
    contents = dict(_contents(scorecards))
    for position, scorecard in enumerate(scorecards, start=1):
        seal = _digest(seal, contents[scorecard.id])
        if scorecard.seal != seal or scorecard.seal_number != position:
            return scorecard
    if len(scorecards) != company.supplier_seal_number or seal != (
        company.supplier_seal_hash or ""
    ):
        return scorecards[-1:]
    return scorecards.browse()


def _digest(previous, content):
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def _contents(scorecards):
    """Yield ``(id, text)``: what each scorecard says, in a canonical form."""
    env = scorecards.env
    env.flush_all()
    ids = scorecards.ids
    lines = {}
    for scorecard_id, *values in _select(
        env["supplier.scorecard.line"],
        ("scorecard_id", *LINE_COLUMNS[1:], *OVERRIDE_COLUMNS),
        SQL("scorecard_id = ANY(%s) ORDER BY scorecard_id, sequence, id", ids),
    ):
        lines.setdefault(scorecard_id, []).append(values)
    runs = {run.id: _run_content(run) for run in scorecards.evaluation_id}
    for scorecard_id, run_id, *values in _select(
        scorecards,
        ("id", *SCORECARD_COLUMNS),
        SQL("id = ANY(%s) ORDER BY id", ids),
    ):
        content = [runs[run_id], values, lines.get(scorecard_id, [])]
        yield scorecard_id, json.dumps(content, default=str, sort_keys=True)


def _run_content(run):
    return [run.revision, run.cutoff, run.template_snapshot]


def _select(model, columns, condition):
    return model.env.execute_query(
        SQL(
            "SELECT %s FROM %s WHERE %s",
            SQL(", ").join(SQL.identifier(name) for name in columns),
            SQL.identifier(model._table),
            condition,
        )
    )
