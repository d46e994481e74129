from odoo import api, models
from odoo.tools import SQL

from ...tools.numbers import number

# How many are told; the others are in the list that they open.
TOLD = 6
MOVERS = 5
# Points that a dimension without an interval has to move to be told.
PART_MOVE = 5
# A KPI is named as the cause when it explains this share of a movement.
CAUSE_SHARE = 0.25


class SupplierScorecard(models.Model):
    """What is news since the period before, in sentences."""

    _inherit = "supplier.scorecard"

    @api.model
    def _told_changes(self, cards, before):
        """Return what changed, the most important first.

        Only movements that exceed the interval of a score are told.

        :param list cards: of the period
        :param list before: of the period before; without it nobody is new
        :return: ``{"items": list, "total": number, "card_ids": list}``; an item has
            ``kind``, ``text``, ``card_id``, ``company_id`` and ``grades``
        """
        news = _news(cards, before)
        moved = {card.id for kind, card in news if kind in ("up", "down")}
        told = _first_of_each_kind(news, TOLD)
        causes = self._causes([card for kind, card in told if kind in ("up", "down")])
        items = [
            {
                "kind": kind,
                "text": self._told(kind, card, causes.get(card.id)),
                "card_id": card.id,
                "grades": self._told_grades(card),
            }
            for kind, card in told
        ]
        parts = self._moved_parts([card for card in cards if card.id not in moved])
        items += self._told_parts(parts[: TOLD - len(items)], cards)
        companies = {card.id: card.company_id for card in cards}
        for item in items:
            item["company_id"] = companies[item["card_id"]]
        news_ids = {card.id for _kind, card in news} | {part[0] for part in parts}
        return {
            "items": items,
            "total": len(news) + len(parts),
            "card_ids": sorted(news_ids),
        }

    def _moved_parts(self, cards):
        """Return dimensions that moved by more than chance explains.

        Of suppliers whose score as a whole did not.

        :return: rows ``scorecard_id, dimension, score, score before``, the most first
        """
        self.env["supplier.scorecard.dimension"].check_access("read")
        return self.env.execute_query(
            SQL(
                """
                SELECT part.scorecard_id, part.dimension,
                       part.score::float8, part.previous_score::float8
                  FROM supplier_scorecard_dimension part
                 WHERE part.scorecard_id = ANY(%(cards)s)
                   AND ABS(part.score - part.previous_score) >= %(least)s
                   AND part.previous_score
                       NOT BETWEEN COALESCE(part.score_low, part.score)
                               AND COALESCE(part.score_high, part.score)
                 ORDER BY ABS(part.score - part.previous_score) * part.weight DESC,
                          part.id
                """,
                cards=[card.id for card in cards if not card.provisional],
                least=PART_MOVE,
            )
        )

    def _told_parts(self, parts, cards):
        names = {card.id: card.name for card in cards}
        labels = dict(
            self.env["supplier.scorecard.dimension"]
            ._fields["dimension"]
            ._description_selection(self.env)
        )
        for card_id, dimension, score, before in parts:
            values = {
                "supplier": names[card_id],
                "dimension": labels[dimension],
                "score": number(self.env, score or 0),
                "score_before": number(self.env, before or 0),
            }
            if score < before:
                text = self.env._(
                    "%(supplier)s is worse in %(dimension)s: its score there went from "
                    "%(score_before)s to %(score)s.",
                    **values,
                )
            else:
                text = self.env._(
                    "%(supplier)s is better in %(dimension)s: its score there went "
                    "from %(score_before)s to %(score)s.",
                    **values,
                )
            kind = "down" if score < before else "up"
            yield {"kind": kind, "text": text, "card_id": card_id, "grades": []}

    @staticmethod
    def _told_grades(card):
        """Return the grade before and the present one, if they differ."""
        if not card.previous_grade_id or card.grade_id == card.previous_grade_id:
            return []
        return [card.previous_grade_id, card.grade_id]

    def _told(self, kind, card, cause):
        """Return one change as a sentence, in the language of the reader."""
        values = {
            "supplier": card.name,
            "score": number(self.env, card.score or 0),
            "points": number(self.env, abs(card.trend or 0)),
        }
        if kind in ("up", "down") and cause:
            return self._told_with_cause(kind, values | cause)
        if kind == "down":
            return self.env._(
                "%(supplier)s lost %(points)s points and has %(score)s now: more than "
                "chance explains.",
                **values,
            )
        if kind == "up":
            return self.env._(
                "%(supplier)s gained %(points)s points and has %(score)s now: more "
                "than chance explains.",
                **values,
            )
        if kind == "grade":
            return self.env._(
                "%(supplier)s has another grade, with a score of %(score)s.", **values
            )
        if kind == "provisional":
            return self.env._(
                "%(supplier)s is provisional now: there are too few records to judge.",
                **values,
            )
        return self.env._(
            "%(supplier)s was evaluated for the first time, with a score of %(score)s.",
            **values,
        )

    def _told_with_cause(self, kind, values):
        if kind == "down":
            return self.env._(
                "%(supplier)s lost %(points)s points and has %(score)s now: "
                "%(kpi)s went from %(value_before)s to %(value)s.",
                **values,
            )
        return self.env._(
            "%(supplier)s gained %(points)s points and has %(score)s now: "
            "%(kpi)s went from %(value_before)s to %(value)s.",
            **values,
        )

    def _causes(self, cards):
        """Return the KPI that moved each score most, in words.

        :param list cards: scorecards that moved
        :return: ``{scorecard_id: {kpi, value, value_before}}``; nothing where no KPI
            stands out
        """
        direction = {card.id: 1 if card.trend > 0 else -1 for card in cards}
        trend = {card.id: abs(card.trend) for card in cards}
        best = {}
        for card_id, kpi_id, value, before, points in self._line_movements(cards):
            gained = points * direction[card_id]
            if gained > best.get(card_id, (CAUSE_SHARE * trend[card_id],))[0]:
                best[card_id] = (gained, kpi_id, value, before)
        kpis = self.env["supplier.kpi"].browse({row[1] for row in best.values()})
        named = {kpi.id: kpi for kpi in kpis}
        return {
            card_id: {
                "kpi": named[kpi_id].name,
                "value": named[kpi_id]._with_unit(value),
                "value_before": named[kpi_id]._with_unit(before),
            }
            for card_id, (_gained, kpi_id, value, before) in best.items()
        }

    def _line_movements(self, cards):
        self.env["supplier.scorecard.line"].check_access("read")
        return self.env.execute_query(
            SQL(
                """
                SELECT line.scorecard_id, line.kpi_id,
                       line.value::float8, former.value::float8,
                       ((line.score - former.score) * line.effective_weight
                           / 100)::float8
                  FROM supplier_scorecard_line line
                  JOIN supplier_scorecard card ON card.id = line.scorecard_id
                  JOIN supplier_scorecard_line former
                    ON former.scorecard_id = card.previous_id
                   AND former.kpi_id = line.kpi_id
                 WHERE line.scorecard_id = ANY(%(cards)s)
                   AND line.has_value AND former.has_value
                   AND line.score <> former.score
                   AND line.value <> former.value
                 ORDER BY line.scorecard_id, line.sequence
                """,
                cards=[card.id for card in cards],
            )
        )

    @staticmethod
    def _movers(cards):
        """Return who gained most and who lost most, provisional ones left out."""
        known = [
            card for card in cards if card.trend is not None and not card.provisional
        ]
        known.sort(key=lambda card: card.trend)
        falls = [card for card in known[:MOVERS] if card.trend < 0]
        rises = [card for card in reversed(known[-MOVERS:]) if card.trend > 0]
        return {
            name: [
                {
                    "card_id": card.id,
                    "name": card.name,
                    "score": card.score,
                    "trend": card.trend,
                    "grade_id": card.grade_id,
                    "moved": card.moved,
                }
                for card in some
            ]
            for name, some in (("up", rises), ("down", falls))
        }


def _news(cards, before):
    """Return ``[(kind, card), …]``, the most important first."""
    falls, rises = _moved(cards, "down"), _moved(cards, "up")
    moved = {card.id for card in falls + rises}
    regraded = [
        card
        for card in cards
        if card.id not in moved
        and card.previous_grade_id
        and card.grade_id != card.previous_grade_id
        and not (card.provisional or card.previous_provisional)
    ]
    faded = [
        card
        for card in cards
        if card.provisional and card.previous_provisional is False
    ]
    fresh = [card for card in cards if before and card.direction == "new"]
    fresh = [card for card in fresh if card.score is not None]
    return [
        *(("down", card) for card in falls),
        *(("up", card) for card in rises),
        *(("grade", card) for card in regraded),
        *(("provisional", card) for card in faded),
        *(("new", card) for card in fresh),
    ]


def _moved(cards, direction):
    """Return who moved more than chance explains, the most first."""
    moved = [
        card
        for card in cards
        if card.direction == direction and card.moved and not card.provisional
    ]
    return sorted(moved, key=lambda card: -abs(card.trend))


def _first_of_each_kind(news, count):
    """Return some of the news in their order: no kind hides all others."""
    by_kind = {}
    for kind, card in news:
        by_kind.setdefault(kind, []).append((kind, card))
    chosen = []
    while len(chosen) < min(count, len(news)):
        for waiting in by_kind.values():
            if waiting and len(chosen) < count:
                chosen.append(waiting.pop(0))
    order = {kind: index for index, kind in enumerate(by_kind)}
    return sorted(chosen, key=lambda pair: order[pair[0]])
