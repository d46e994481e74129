"""An evaluation as text: who stands where, how sure that is, and the way there."""

from __future__ import annotations

from .suppliers import CHARACTERS

BLOCKS = "▁▂▃▄▅▆▇█"
NO_SCORE = "·"
# A longer name of a supplier is cut.
WIDTH = 40


def lines(evaluation, periods, unit, *, with_provisional=True):
    """Yield the lines of a table.

    :param periods: evaluations whose scores make the small picture, oldest first
    :param unit: what these are called
    """
    cards = evaluation.scorecard_ids.sorted(
        lambda card: (card.rank or 10**6, -card.score, card.partner_id.name)
    )
    if not with_provisional:
        cards = cards.filtered(lambda card: not card.provisional)
    has_trend = any(card.trend_direction != "new" for card in cards)
    pictures = _pictures(periods)
    width = min(WIDTH, max((len(card.partner_id.name) for card in cards), default=0))
    span = f"{len(periods)} {unit}".ljust(len(periods))
    heading = (
        f"{'#':>3}  {'Supplier':{width}}  Grade  Score   95 % interval  Data  Lines"
    )
    yield f"{heading}{'  Trend' if has_trend else ''}  {span}".rstrip()
    for card in cards:
        name = card.partner_id.name
        trend = f"  {_trend(card):>5}" if has_trend else ""
        picture = pictures.get(card.partner_id.id, "").ljust(len(span))
        yield (
            f"{card.rank or '–':>3}  {_cut(name, width):{width}}  {_grade(card)}  "
            f"{_score(card)}  {_interval(card)}  {card.coverage:3.0f}%  "
            f"{card.delivery_lines:5}{trend}  {picture}  {CHARACTERS.get(name, '')}"
        ).rstrip()


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
