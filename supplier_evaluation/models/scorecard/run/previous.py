"""The published scorecards of the period before, and of what they consist.

It ended before this one begins: a part of this period is no trend of it.
"""

from odoo.tools import SQL

# What is read of the scorecard before, beside the figures of a supplier.
COLUMNS = (
    SQL("previous.id"),
    SQL("previous.score"),
    SQL("previous_lines.scores"),
    SQL("previous_dimensions.scores"),
)


def previous_cards(evaluation):
    """Return the query of the last published scorecards: ``partner_id, id, score``.

    :rtype: SQL
    """
    return SQL(
        """
        SELECT DISTINCT ON (card.partner_id)
               card.partner_id, card.id,
               CASE WHEN card.has_score THEN card.score END AS score
          FROM supplier_scorecard card
          JOIN supplier_evaluation run ON run.id = card.evaluation_id
         WHERE run.template_id = %(template)s
           AND run.company_id = %(company)s
           AND run.state = 'published'
           AND run.date_to < %(date_from)s
         ORDER BY card.partner_id, run.date_to DESC, run.id DESC
        """,
        template=evaluation.template_id.id,
        company=evaluation.company_id.id,
        date_from=evaluation.date_from,
    )


def join_previous(cards):
    """Join what is read as COLUMNS to ``asked.partner_id``.

    :param SQL cards: the table that keeps the answer of :func:`previous_cards`
    """
    return SQL(
        """
        LEFT JOIN %s previous ON previous.partner_id = asked.partner_id
        LEFT JOIN LATERAL (%s) previous_lines ON TRUE
        LEFT JOIN LATERAL (%s) previous_dimensions ON TRUE
        """,
        cards,
        _scores_of(SQL("supplier_scorecard_line"), SQL("kpi_id")),
        _scores_of(SQL("supplier_scorecard_dimension"), SQL("dimension")),
    )


def _scores_of(table, what):
    """The scores of the parts of a scorecard, by KPI or dimension."""
    return SQL(
        "SELECT json_object_agg(part.%s, part.score::float8) AS scores FROM %s part"
        " WHERE part.scorecard_id = previous.id AND part.score IS NOT NULL",
        what,
        table,
    )
