"""Seals of what an upgrade filled in on evaluations that were published before.

A seal covers the figures that there were when it was made, and is never made again.
What a later version adds gets a seal of its own, of the day on which it was added:
it shows what was changed since then, and says nothing of the time before. These seals
are a chain of their own, and no seal of before depends on them.
"""

import json

from odoo import fields
from odoo.tools import SQL

from ..columns import EDITIONS, LATEST
from .content import broken_link, contents_of, digest, evaluation_contents


def seal_later_figures(evaluations, company):
    """Append what was sealed with fewer figures than there are now to the chain.

    What has such a seal keeps it.

    :param evaluations: of the company, in the order in which they were published
    """
    number = company.supplier_later_seal_number
    seal = company.supplier_later_seal_hash or ""
    older = editions_of_older(evaluations)
    for evaluation in evaluations:
        if evaluation not in older or evaluation.later_seal_number:
            continue
        number += 1
        evaluation._write_guarded(
            {
                "later_seal_number": number,
                "later_seal_edition": LATEST,
                "later_seal_date": fields.Datetime.now(),
            }
        )
        seal = digest(seal, _content(evaluation))
        evaluation._write_guarded({"later_seal": seal})
        evaluation._seal_soon(changed=True)
    head = {"supplier_later_seal_number": number, "supplier_later_seal_hash": seal}
    company._write_guarded(head)


def verify_later_figures(company):
    """Check the chain of what upgrades filled in.

    :return: what is wrong with it, in words, or False
    """
    env = company.env
    evaluations = env["supplier.evaluation"].search(
        [("company_id", "=", company.id), ("later_seal_number", ">", 0)],
        order="later_seal_number",
    )
    broken = broken_link(
        (
            (run, run.later_seal_number, run.later_seal, _content(run))
            for run in evaluations
        ),
        (company.supplier_later_seal_number, company.supplier_later_seal_hash),
    )
    if not broken:
        return False
    number, evaluation = broken
    if not evaluation:
        return env._(
            "The seal number %s of figures that an upgrade filled in is missing.",
            number,
        )
    return env._(
        "Figures of the evaluation %s that an upgrade filled in do not match their "
        "seal: they were changed afterwards.",
        evaluation.name,
    )


def editions_of_older(evaluations):
    """Return what was sealed when there were fewer figures than today.

    :return: ``{evaluation: edition of its own seals}``
    """
    env = evaluations.env
    names = ["evaluation_id", "seal_number", "seal_edition"]
    env["supplier.scorecard"].flush_model(names)
    rows = env.execute_query(
        SQL(
            """
            SELECT evaluation_id, MIN(COALESCE(seal_edition, 0))
              FROM supplier_scorecard
             WHERE evaluation_id = ANY(%s) AND seal_number > 0
             GROUP BY evaluation_id
            HAVING MIN(COALESCE(seal_edition, 0)) < %s
            """,
            evaluations.ids,
            LATEST,
        )
    )
    return {evaluations.browse(run_id): edition for run_id, edition in rows}


def _content(evaluation):
    """Return all that the evaluation says by now, in a canonical form."""
    cards = evaluation.scorecard_ids.sorted("seal_number")
    edition = evaluation.later_seal_edition
    contents = contents_of(cards, EDITIONS.get(edition))
    return json.dumps(
        [
            evaluation_contents(evaluation)[evaluation.id],
            edition,
            evaluation.later_seal_date,
            [contents[card.id] for card in cards],
        ],
        default=str,
    )
