"""The chains of seals: what is published seals itself and its predecessor.

A seal is the SHA-256 (FIPS 180-4) of the previous seal and of everything the
scorecard says, so a figure that is changed later breaks its seal and all after.
The supplier is sealed by its name at that time: merging two vendors moves their
scorecards, and changes none.

Evaluations have a chain of their own, with their period and when they were published.
It stands beside that of the scorecards, whose seals are what they were before there
was one. A state changes after publishing, so it is in no seal: it follows from what is
sealed. The last published revision of a period is valid, those before are superseded.

What an upgrade filled in after publishing is in none of them, and has its own.
"""

from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL, split_every

from ...tools.bulk import bulk_update
from .columns import LATEST, PARTS
from .sealing.content import (
    broken_link,
    digest,
    evaluation_contents,
    scorecard_contents,
)
from .sealing.later import verify_later_figures

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
        for scorecard_id, content in scorecard_contents(scorecards.browse(page)):
            number += 1
            seal = digest(seal, content)
            rows.append((scorecard_id, number, seal))
    bulk_update(scorecards, {"seal_number": "integer", "seal": "varchar"}, rows)
    head = {"supplier_seal_number": number, "supplier_seal_hash": seal}
    company._write_guarded(head)
    scorecards._seal_soon()


def seal_evaluations(evaluations, company):
    """Append published evaluations, with their scorecards sealed, to their chain.

    :param evaluations: of the company, in the order in which they were published
    """
    number = company.supplier_evaluation_seal_number
    seal = company.supplier_evaluation_seal_hash or ""
    contents = evaluation_contents(evaluations)
    for evaluation in evaluations:
        number += 1
        seal = digest(seal, contents[evaluation.id])
        evaluation._write_guarded({"seal_number": number, "seal": seal})
    head = {
        "supplier_evaluation_seal_number": number,
        "supplier_evaluation_seal_hash": seal,
    }
    company._write_guarded(head)
    evaluations._seal_soon()


def verify_seals(company):
    """Check the company's chains from their beginning, and what follows from them.

    :return: what is wrong, in words, or False
    """
    return (
        verify_scorecards(company)
        or _verify_evaluations(company)
        or _verify_states(company)
        or _verify_parts(company)
        or verify_later_figures(company)
    )


def verify_scorecards(company):
    """Check the chain of scorecards alone.

    :return: what is wrong with it, in words, or False
    """
    env = company.env
    env.flush_all()
    head = company.supplier_seal_number, company.supplier_seal_hash
    broken = broken_link(_scorecard_links(company), head)
    if not broken:
        return False
    number, scorecard = broken
    if not scorecard:
        return env._("The sealed scorecard number %s is missing.", number)
    return env._(
        "The scorecard %s does not match its seal: it was changed after publishing.",
        scorecard.display_name,
    )


def _scorecard_links(company):
    env = company.env
    numbered = env.execute_query(
        SQL(
            """
            SELECT id, seal_number, seal FROM supplier_scorecard
             WHERE company_id = %s AND seal_number > 0 ORDER BY seal_number
            """,
            company.id,
        )
    )
    for page in split_every(PAGE, numbered):
        scorecards = env["supplier.scorecard"].browse(row[0] for row in page)
        contents = dict(scorecard_contents(scorecards))
        for scorecard, (scorecard_id, number, seal) in zip(
            scorecards, page, strict=True
        ):
            yield scorecard, number, seal, contents[scorecard_id]


def _verify_evaluations(company):
    env = company.env
    evaluations = env["supplier.evaluation"].search(
        [("company_id", "=", company.id), ("seal_number", ">", 0)], order="seal_number"
    )
    contents = evaluation_contents(evaluations)
    broken = broken_link(
        ((run, run.seal_number, run.seal, contents[run.id]) for run in evaluations),
        (
            company.supplier_evaluation_seal_number,
            company.supplier_evaluation_seal_hash,
        ),
    )
    if not broken:
        return False
    number, evaluation = broken
    if not evaluation:
        return env._("The sealed evaluation number %s is missing.", number)
    return env._(
        "The evaluation %s does not match its seal: it was changed after publishing.",
        evaluation.name,
    )


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
