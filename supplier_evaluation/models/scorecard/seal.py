"""The chain of seals: each published scorecard seals itself and its predecessor.

A seal is the SHA-256 (FIPS 180-4) of the previous seal and of everything the
scorecard says, so a figure that is changed later breaks its seal and all after.
The supplier is sealed by its name at that time: merging two vendors moves their
scorecards, and changes none.
"""

import hashlib
import json

from odoo.tools import SQL, split_every

from ...tools.bulk import bulk_update
from .run import LINE_COLUMNS, SCORECARD_COLUMNS

PAGE = 1000
NOT_SEALED = {"scorecard_id", "partner_id"}
OVERRIDE_COLUMNS = (
    "is_overridden",
    "override_score",
    "override_reason",
    "override_uid",
    "override_date",
)
SEALED_COLUMNS = [name for name in SCORECARD_COLUMNS if name not in NOT_SEALED]
SEALED_LINE_COLUMNS = [
    name for name in (*LINE_COLUMNS, *OVERRIDE_COLUMNS) if name not in NOT_SEALED
]


def seal_scorecards(scorecards, company):
    """Append the scorecards to the company's chain.

    Writing the head of the chain on the company makes a concurrent publication
    wait or fail: no two scorecards get the same number.
    """
    number, seal = company.supplier_seal_number, company.supplier_seal_hash or ""
    rows = []
    for page in split_every(PAGE, scorecards.sorted("id").ids):
        for scorecard_id, content in _contents(scorecards.browse(page)):
            number += 1
            seal = _digest(seal, content)
            rows.append((scorecard_id, number, seal))
    bulk_update(scorecards, {"seal_number": "integer", "seal": "varchar"}, rows)
    company.write({"supplier_seal_number": number, "supplier_seal_hash": seal})


def verify_seals(company):
    """Check the company's chain from its beginning.

    :return: what is wrong with it, in words, or False
    """
    env = company.env
    env.flush_all()
    numbered = env.execute_query(
        SQL(
            """
            SELECT id, seal_number, seal FROM supplier_scorecard
             WHERE company_id = %s AND seal_number > 0 ORDER BY seal_number
            """,
            company.id,
        )
    )
    seal, number = "", 0
    for page in split_every(PAGE, numbered):
        scorecards = env["supplier.scorecard"].browse(row[0] for row in page)
        contents = dict(_contents(scorecards))
        for scorecard_id, stored_number, stored_seal in page:
            number += 1
            seal = _digest(seal, contents[scorecard_id])
            if stored_number != number:
                return _missing(env, number)
            if stored_seal != seal:
                return env._(
                    "The scorecard %s does not match its seal: it was changed after "
                    "publishing.",
                    env["supplier.scorecard"].browse(scorecard_id).display_name,
                )
    if number != company.supplier_seal_number:
        return _missing(env, number + 1)
    return False


def _missing(env, number):
    return env._("The sealed scorecard number %s is missing.", number)


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
        ["scorecard_id", *SEALED_LINE_COLUMNS],
        SQL("scorecard_id = ANY(%s) ORDER BY scorecard_id, sequence, id", ids),
    ):
        lines.setdefault(scorecard_id, []).append(values)
    runs = {run.id: _run_digest(run) for run in scorecards.evaluation_id}
    for scorecard_id, run_id, *values in _select(
        scorecards,
        ["id", "evaluation_id", *SEALED_COLUMNS],
        SQL("id = ANY(%s) ORDER BY seal_number NULLS LAST, id", ids),
    ):
        content = [runs[run_id], values, lines.get(scorecard_id, [])]
        yield scorecard_id, json.dumps(content, default=str)


def _run_digest(run):
    """Stands for the rules of a run, which all its scorecards share."""
    content = [run.revision, run.cutoff, run.template_snapshot]
    return _digest("", json.dumps(content, default=str, sort_keys=True))


def _select(model, columns, condition):
    return model.env.execute_query(
        SQL(
            "SELECT %s FROM %s WHERE %s",
            SQL(", ").join(SQL.identifier(name) for name in columns),
            SQL.identifier(model._table),
            condition,
        )
    )
