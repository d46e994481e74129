"""What is published, in the form of which seals are made, and the chains of seals."""

import hashlib
import json
from collections import defaultdict

from odoo.tools import SQL

from ..columns import DIMENSION, EDITIONS, LINE, SEALED_RUN_COLUMNS


def digest(previous, content):
    """Return the seal of a content that follows another seal."""
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def broken_link(links, head):
    """Follow a chain of seals from its beginning.

    :param links: iterable of ``(record, number, seal, content)``, as they are stored
    :param head: ``(number, seal)`` of the last one, as the company knows it
    :return: ``(number, record)`` of the first link that does not hold, without a
        record where it is missing; None if all hold
    """
    seal, number = "", 0
    last_number, last_seal = head
    for record, stored_number, stored_seal, content in links:
        number += 1
        seal = digest(seal, content)
        if stored_number != number:
            return number, None
        if stored_seal != seal or (number == last_number and last_seal != seal):
            return number, record
    return None if number == last_number else (number + 1, None)


def scorecard_contents(scorecards):
    """Yield ``(id, text)``: what each scorecard says, in a canonical form."""
    env = scorecards.env
    env.flush_all()
    editions = env.execute_query(
        SQL(
            """
            SELECT id, COALESCE(seal_edition, 0) FROM supplier_scorecard
             WHERE id = ANY(%s) ORDER BY seal_number NULLS LAST, id
            """,
            scorecards.ids,
        )
    )
    ids = defaultdict(list)
    for scorecard_id, edition in editions:
        ids[edition].append(scorecard_id)
    contents = {}
    for edition, of_one in ids.items():
        contents |= contents_of(scorecards.browse(of_one), EDITIONS.get(edition))
    for scorecard_id, _edition in editions:
        yield scorecard_id, contents[scorecard_id]


def contents_of(scorecards, edition):
    """Return, by id, what scorecards of one edition say.

    Of an edition that does not exist nobody can say it: no seal is that of nothing.

    :param Edition edition: the columns that speak, or None
    """
    if edition is None:
        return dict.fromkeys(scorecards.ids, "")
    env = scorecards.env
    runs = {run.id: _run_digest(run) for run in scorecards.evaluation_id}
    lines = _parts(env[LINE], edition.line, scorecards.ids, SQL("sequence, id"))
    dimensions = {}
    if edition.dimension:
        dimensions = _parts(
            env[DIMENSION], edition.dimension, scorecards.ids, SQL("id")
        )
    contents = {}
    for scorecard_id, run_id, *values in _select(
        scorecards,
        ["id", "evaluation_id", *edition.card],
        SQL("id = ANY(%s)", scorecards.ids),
    ):
        content = [runs[run_id], values, lines.get(scorecard_id, [])]
        if edition.dimension:
            content.append(dimensions.get(scorecard_id, []))
        contents[scorecard_id] = json.dumps(content, default=str)
    return contents


def _parts(model, columns, ids, order):
    """Return what parts of scorecards say: ``{scorecard id: [values]}``."""
    parts = defaultdict(list)
    for scorecard_id, *values in _select(
        model,
        ["scorecard_id", *columns],
        SQL("scorecard_id = ANY(%s) ORDER BY scorecard_id, %s", ids, order),
    ):
        parts[scorecard_id].append(values)
    return parts


def evaluation_contents(evaluations):
    """Return, by id, what each evaluation says, in a canonical form.

    The last seal of its scorecards binds it to their chain. What was changed by hand is
    in it where there is something: without, it is what it was before there was that.
    """
    env = evaluations.env
    env.flush_all()
    last_cards = dict(
        env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (evaluation_id) evaluation_id, seal
                  FROM supplier_scorecard WHERE evaluation_id = ANY(%s)
                 ORDER BY evaluation_id, seal_number DESC NULLS LAST
                """,
                evaluations.ids,
            )
        )
    )
    digests = {run.id: _run_digest(run) for run in evaluations}
    rows = _select(
        evaluations, ["id", *SEALED_RUN_COLUMNS], SQL("id = ANY(%s)", evaluations.ids)
    )
    by_hand = {run.id: run.changed_by_hand for run in evaluations}
    contents = {}
    for run_id, *values in rows:
        content = [digests[run_id], values, last_cards.get(run_id)]
        if by_hand[run_id]:
            content.append(json.dumps(by_hand[run_id], sort_keys=True))
        contents[run_id] = json.dumps(content, default=str)
    return contents


def _run_digest(run):
    """Stands for the rules of a run, which all its scorecards share."""
    content = [run.revision, run.cutoff, run.template_snapshot]
    return digest("", json.dumps(content, default=str, sort_keys=True))


def _select(model, columns, condition):
    return model.env.execute_query(
        SQL(
            "SELECT %s FROM %s WHERE %s",
            SQL(", ").join(SQL.identifier(name) for name in columns),
            SQL.identifier(model._table),
            condition,
        )
    )
