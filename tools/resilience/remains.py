"""What is in a database, asked past Odoo: rows, sessions, waiting."""

from __future__ import annotations

from .. import database

# One row an evaluation; `whole` says that nothing of it is missing.
EVALUATIONS = """
    SELECT run.date_to, run.state,
           run.state = 'published'
               AND run.date_published IS NOT NULL
               AND run.scorecard_count > 0
               AND run.scorecard_count = (
                   SELECT count(*) FROM supplier_scorecard card
                    WHERE card.evaluation_id = run.id AND card.seal_number > 0)
               AND run.scorecard_count * (
                   SELECT count(*) FROM supplier_scorecard_template_line line
                    WHERE line.template_id = run.template_id) = (
                   SELECT count(*) FROM supplier_scorecard_line line
                     JOIN supplier_scorecard card ON card.id = line.scorecard_id
                    WHERE card.evaluation_id = run.id) AS whole
      FROM supplier_evaluation run
     ORDER BY run.date_to, run.id
"""
# Seals given out, the company's count of them, and vendors whose score is of the last.
SEALS = """
    SELECT (SELECT count(*) FROM supplier_scorecard WHERE seal_number > 0),
           (SELECT count(DISTINCT seal_number) FROM supplier_scorecard
             WHERE seal_number > 0),
           (SELECT max(supplier_seal_number) FROM res_company)
"""
# Where the evaluations of several companies are: whether there are scorecards, and of
# how many a vendor has a score yet to be written.
STANDING = """
    SELECT template.name ->> 'en_US', company.name, run.state,
           (SELECT count(*) FROM supplier_scorecard card
             WHERE card.evaluation_id = run.id),
           run.is_vendor_due IS TRUE
      FROM supplier_evaluation run
      JOIN supplier_scorecard_template template ON template.id = run.template_id
      JOIN res_company company ON company.id = run.company_id
     ORDER BY run.id
"""
ERRORS = "SELECT last_error FROM supplier_scorecard_template WHERE last_error != ''"
SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
WAITING = SESSIONS + " AND wait_event_type = 'Lock'"


def evaluations(db: str) -> list[tuple[str, str, bool]]:
    """(last day, state, is whole) of every evaluation, oldest first."""
    return [tuple(row) for row in database.query(EVALUATIONS, database=db)]


def standing(db: str) -> dict[tuple[str, str], tuple[str, int, bool]]:
    """{(template, company): (state, scorecards, vendors are due)}, oldest first."""
    return {
        (template, company): tuple(rest)
        for template, company, *rest in database.query(STANDING, database=db)
    }


def seals(db: str) -> list[int]:
    """Sealed scorecards, their different numbers, the company's count: all equal."""
    [row] = database.query(SEALS, database=db)
    return [number or 0 for number in row]


def errors(db: str) -> list[str]:
    """What the scheduled action could not do."""
    return [text for (text,) in database.query(ERRORS, database=db)]


def has_sessions(db: str) -> bool:
    return bool(database.query(SESSIONS, db)[0][0])


def has_waiting(db: str) -> bool:
    """Does one session wait for a lock that another one holds?"""
    return bool(database.query(WAITING, db)[0][0])
