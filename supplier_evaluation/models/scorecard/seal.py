"""The chains of seals: what is published seals itself and its predecessor.

A seal is the SHA-256 (FIPS 180-4) of the previous seal and of everything the
scorecard says, so a figure that is changed later breaks its seal and all after.
The supplier is sealed by its name at that time: merging two vendors moves their
scorecards, and changes none.

Evaluations have a chain of their own, with their period and when they were published.
It stands beside that of the scorecards, whose seals are what they were before there
was one. A state changes after publishing, so it is in no seal: it follows from what is
sealed. The last published revision of a period is valid, those before are superseded.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL, split_every

from ...tools.bulk import bulk_update
from .columns import DIMENSION, EDITIONS, LATEST, LINE, PARTS, SEALED_RUN_COLUMNS

PAGE = 1000


def seal_scorecards(scorecards, company):
    """Append the scorecards to the company's chain.

    Writing the head of the chain on the company makes a concurrent publication
    wait or fail: no two scorecards get the same number.
    """
    number, seal = company.supplier_seal_number, company.supplier_seal_hash or ""
    bulk_update(
        scorecards,
        {"seal_edition": "integer"},
        [(scorecard_id, LATEST) for scorecard_id in scorecards.ids],
    )
    rows = []
    for page in split_every(PAGE, scorecards.sorted("id").ids):
        for scorecard_id, content in _contents(scorecards.browse(page)):
            number += 1
            seal = _digest(seal, content)
            rows.append((scorecard_id, number, seal))
    bulk_update(scorecards, {"seal_number": "integer", "seal": "varchar"}, rows)
    head = {"supplier_seal_number": number, "supplier_seal_hash": seal}
    company._write_guarded(head)


def seal_evaluations(evaluations, company):
    """Append published evaluations, with their scorecards sealed, to their chain.

    :param evaluations: of the company, in the order in which they were published
    """
    number = company.supplier_evaluation_seal_number
    seal = company.supplier_evaluation_seal_hash or ""
    contents = _run_contents(evaluations)
    for evaluation in evaluations:
        number += 1
        seal = _digest(seal, contents[evaluation.id])
        evaluation._write_guarded({"seal_number": number, "seal": seal})
    head = {
        "supplier_evaluation_seal_number": number,
        "supplier_evaluation_seal_hash": seal,
    }
    company._write_guarded(head)


def verify_seals(company):
    """Check the company's chains from their beginning, and what follows from them.

    :return: what is wrong, in words, or False
    """
    return (
        verify_scorecards(company)
        or _verify_evaluations(company)
        or _verify_states(company)
        or _verify_parts(company)
    )


def verify_scorecards(company):
    """Check the chain of scorecards alone.

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
    head = {company.supplier_seal_number: company.supplier_seal_hash}
    for page in split_every(PAGE, numbered):
        scorecards = env["supplier.scorecard"].browse(row[0] for row in page)
        contents = dict(_contents(scorecards))
        for scorecard_id, stored_number, stored_seal in page:
            number += 1
            seal = _digest(seal, contents[scorecard_id])
            if stored_number != number:
                return _missing(env, number)
            if {stored_seal, head.get(number, seal)} != {seal}:
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


def _verify_evaluations(company):
    env = company.env
    evaluations = env["supplier.evaluation"].search(
        [("company_id", "=", company.id), ("seal_number", ">", 0)], order="seal_number"
    )
    contents = _run_contents(evaluations)
    seal, number = "", 0
    head = {
        company.supplier_evaluation_seal_number: company.supplier_evaluation_seal_hash
    }
    for evaluation in evaluations:
        number += 1
        seal = _digest(seal, contents[evaluation.id])
        if evaluation.seal_number != number:
            return _missing_run(env, number)
        if {evaluation.seal, head.get(number, seal)} != {seal}:
            return env._(
                "The evaluation %s does not match its seal: it was changed after "
                "publishing.",
                evaluation.name,
            )
    if number != company.supplier_evaluation_seal_number:
        return _missing_run(env, number + 1)
    return False


def _missing_run(env, number):
    return env._("The sealed evaluation number %s is missing.", number)


@dataclass(frozen=True)
class _Standing:
    """What an evaluation and its scorecards say of each other, as they are stored."""

    evaluation_id: int
    state: str
    revision: int
    template_id: int
    date_from: date
    date_to: date
    is_sealed: bool
    has_unsealed: bool
    disagrees: bool

    @property
    def is_published(self):
        return self.is_sealed or self.state in ("published", "superseded")

    @property
    def period(self):
        return self.template_id, self.date_from, self.date_to


def _verify_states(company):
    """Check that evaluations are in the state that follows from what is sealed."""
    env = company.env
    last = {}
    standings = [each for each in _standings(company) if each.is_published]
    for each in standings:
        name = env["supplier.evaluation"].browse(each.evaluation_id).name
        if each.disagrees:
            return env._(
                "The evaluation %s does not match its scorecards: its period was "
                "changed after publishing.",
                name,
            )
        if each.has_unsealed:
            return env._("The evaluation %s has scorecards without a seal.", name)
        if each.period not in last:
            last[each.period] = each.revision
    for each in standings:
        is_last = last[each.period] == each.revision
        if each.state != ("published" if is_last else "superseded"):
            states = env["supplier.evaluation"]._fields["state"]
            return env._(
                "The evaluation %(evaluation)s is %(state)s, which does not follow "
                "from what was published: its state was changed by hand.",
                evaluation=env["supplier.evaluation"].browse(each.evaluation_id).name,
                state=dict(states._description_selection(env))[each.state],
            )
    return False


def _verify_parts(company):
    """Check where scorecards and their parts say that they belong.

    They are found by it, and it is in no seal: it follows from the evaluation.
    """
    env = company.env
    astray = SQL(" OR ").join(
        SQL(
            """
            EXISTS (SELECT 1 FROM %s part
                     WHERE part.scorecard_id = card.id
                       AND (part.company_id, part.partner_id, part.template_id,
                            part.date_to, part.state)
                           IS DISTINCT FROM
                           (card.company_id, card.partner_id, card.template_id,
                            card.date_to, card.state))
            """,
            SQL.identifier(env[model]._table),
        )
        for model in PARTS
    )
    found = env.execute_query(
        SQL(
            """
            SELECT run.id
              FROM supplier_evaluation run
              JOIN supplier_scorecard card ON card.evaluation_id = run.id
             WHERE run.company_id = %s
               AND (card.state IS DISTINCT FROM run.state OR %s)
             ORDER BY run.id LIMIT 1
            """,
            company.id,
            astray,
        )
    )
    return bool(found) and env._(
        "The evaluation %s does not match the figures on its scorecards: where they "
        "belong was changed by hand.",
        env["supplier.evaluation"].browse(found[0]).name,
    )


def _standings(company):
    """Return the standing of each evaluation, the last revision first."""
    rows = company.env.execute_query(
        SQL(
            """
            SELECT run.id, run.state, run.revision, run.template_id,
                   run.date_from, run.date_to,
                   COALESCE(run.seal_number, 0) > 0
                       OR COALESCE(BOOL_OR(card.seal_number > 0), FALSE),
                   COALESCE(BOOL_OR(COALESCE(card.seal_number, 0) = 0)
                       FILTER (WHERE card.id IS NOT NULL), FALSE),
                   COALESCE(BOOL_OR(
                       (card.template_id, card.company_id, card.date_from, card.date_to)
                       IS DISTINCT FROM
                       (run.template_id, run.company_id, run.date_from, run.date_to)
                   ) FILTER (WHERE card.id IS NOT NULL), FALSE)
              FROM supplier_evaluation run
              LEFT JOIN supplier_scorecard card ON card.evaluation_id = run.id
             WHERE %(company)s IN (run.company_id, card.company_id)
             GROUP BY run.id
             ORDER BY run.revision DESC, run.id DESC
            """,
            company=company.id,
        )
    )
    return [_Standing(*row) for row in rows]


def _digest(previous, content):
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def _contents(scorecards):
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
        contents |= _contents_of(scorecards.browse(of_one), EDITIONS.get(edition))
    for scorecard_id, _edition in editions:
        yield scorecard_id, contents[scorecard_id]


def _contents_of(scorecards, edition):
    """Return, by id, what scorecards of one edition say.

    Of an edition that does not exist nobody can say it: no seal is that of nothing.
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


def _run_contents(evaluations):
    """Return, by id, what each evaluation says, in a canonical form.

    The last seal of its scorecards binds it to their chain.
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
    return {
        run_id: json.dumps(
            [digests[run_id], values, last_cards.get(run_id)], default=str
        )
        for run_id, *values in rows
    }


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
