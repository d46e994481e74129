"""Scorecards as a workbook: cover, ranking, heat map, KPIs, and what was counted."""

import io

from ...tools.wording import listed
from .counted import CountedRecords
from .cover import Cover
from .kpi_lines import KpiLines
from .ranking import HeatMap, Ranking
from .workbook import Book


def scorecards_xlsx(evaluation, counted=True):
    """Return the evaluation's scorecards as the bytes of an XLSX file.

    :param bool counted: also the records behind the figures
    """
    return workbook_of(evaluation.scorecard_ids, counted)


def workbook_of(cards, counted=True):
    """Return scorecards as the bytes of an XLSX file.

    :param cards: what is shown; of several evaluations, the records that were counted
        are left out
    :param bool counted: also the records behind the figures
    """
    env = cards.env
    evaluations = cards.evaluation_id.sorted()
    cards = _ranked(cards, evaluations)
    several = len(evaluations) > 1
    buffer = io.BytesIO()
    companies = listed(env, evaluations.company_id.mapped("name"))
    book = Book(buffer, env._("Supplier Scorecards"), companies)
    cover = Cover(env, cards, book)
    ranking = Ranking(env, cards, several).add_to(book)
    HeatMap(env, cards, several).add_to(book)
    KpiLines(env, cards, several).add_to(book)
    remarks = []
    if counted and len(evaluations) == 1:
        records = CountedRecords(env, cards)
        records.add_to(book)
        remarks = records.remarks
    cover.fill(ranking, remarks)
    book.close()
    return buffer.getvalue()


def _ranked(cards, evaluations):
    """One evaluation after the other, and in each the best one first.

    Those without a rank come behind, the best of them first.
    """
    place = {evaluation: number for number, evaluation in enumerate(evaluations)}
    last = len(cards) + 1
    return cards.sorted(
        lambda card: (place[card.evaluation_id], card.rank or last, -card.score)
    )
