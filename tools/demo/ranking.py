"""An evaluation as text: who stands where, how sure that is, and the way there."""

from __future__ import annotations

from collections import Counter

from .suppliers import CHARACTERS
from .words import Words

ENGLISH_WORDS = Words()

BLOCKS = "▁▂▃▄▅▆▇█"
NO_SCORE = "·"
# Columns of the dimensions that the template scores.
DIMENSIONS = {
    "delivery": "Deliv",
    "quality": "Qual",
    "cost": "Cost",
    "service": "Serv",
    "compliance": "Comp",
}
# A longer name of a supplier is cut.
WIDTH = 40


def lines(evaluation, periods, unit, *, with_provisional=True, words=ENGLISH_WORDS):
    """Yield the lines of a table.

    :param periods: evaluations whose scores make the small picture, oldest first
    :param unit: what these are called
    :param words: the language of the story; suppliers are told in English
    """
    cards = evaluation.scorecard_ids.sorted(
        lambda card: (card.rank or 10**6, -card.score, card.partner_id.name)
    )
    if not with_provisional:
        cards = cards.filtered(lambda card: not card.provisional)
    scores = _dimension_scores(cards)
    dimensions = [key for key in DIMENSIONS if any(key in each for each in scores)]
    if len(dimensions) == 1:
        dimensions = []  # it would repeat the score
    has_trend = any(card.trend_direction != "new" for card in cards)
    pictures = _pictures(periods)
    names = [words.original(card.partner_id.name) for card in cards]
    width = min(WIDTH, max(map(len, names), default=0))
    span = f"{len(periods)} {unit}".ljust(len(periods))
    headings = "".join(f"{DIMENSIONS[key]:>6}" for key in dimensions)
    trend = "  Trend" if has_trend else ""
    yield (
        f"{'#':>3}  {'Supplier':{width}}  Grade  Score   95 % interval{headings}"
        f"  Data  Lines{trend}  {span}"
    ).rstrip()
    for card, own, name in zip(cards, scores, names, strict=True):
        points = "".join(_points(own.get(key)) for key in dimensions)
        trend = f"  {_trend(card):>5}" if has_trend else ""
        picture = pictures.get(card.partner_id.id, "").ljust(len(span))
        yield (
            f"{card.rank or '–':>3}  {_cut(name, width):{width}}  {_grade(card)}  "
            f"{_score(card)}  {_interval(card)}{points}  {card.coverage:3.0f}%  "
            f"{card.delivery_lines:5}{trend}  {picture}  {CHARACTERS.get(name, '')}"
        ).rstrip()


def _dimension_scores(cards):
    """What each dimension scores, of every card: the weighted mean of its KPIs."""
    result = []
    for card in cards:
        weights, points = Counter(), Counter()
        for line in card.line_ids.filtered("has_value"):
            weights[line.dimension] += line.effective_weight
            points[line.dimension] += line.effective_weight * line.score
        result.append({key: points[key] / weights[key] for key in weights})
    return result


def _points(score):
    return f"{'–' if score is None else f'{score:.0f}':>6}"


def _pictures(periods):
    """One block per period and supplier, by the supplier's id."""
    pictures = {}
    for index, period in enumerate(periods):
        for card in period.scorecard_ids:
            picture = pictures.setdefault(card.partner_id.id, [NO_SCORE] * len(periods))
            if card.has_score:
                picture[index] = BLOCKS[min(7, int(card.score / 12.5))]
    return {partner_id: "".join(picture) for partner_id, picture in pictures.items()}


def _cut(name, width):
    return name if len(name) <= width else f"{name[: width - 1]}…"


def _grade(card):
    mark = "*" if card.provisional else " "
    return f"{card.grade_id.name or '–'}{mark}".center(5)


def _score(card):
    return f"{card.score:6.2f}" if card.has_score else "     –"


def _interval(card):
    if not card.has_score:
        return "–".center(14)
    return f"{card.score_low:5.1f} – {card.score_high:5.1f} "


def _trend(card):
    return "new" if card.trend_direction == "new" else f"{card.trend:+.1f}"
