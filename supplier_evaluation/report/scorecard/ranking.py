"""The sheets with a row for each scorecard: the ranking, and the heat map."""

from .workbook import Column


class Ranking:
    """One row a supplier, the best one first."""

    def __init__(self, env, cards, several):
        self.env = env
        self.cards = cards
        self.several = several

    def add_to(self, book):
        """Add the sheet.

        :rtype: Table
        """
        table = book.add_table(self.env._("Ranking"), self._columns())
        for card in self.cards:
            table.append(self._row(card))
        table.finish()
        return table

    def _columns(self):
        return [
            Column(self.env._("Supplier"), 36),
            *period_columns(self.env, self.several),
            Column(self.env._("Rank"), 7, "integer"),
            Column(self.env._("Score"), 8, "score"),
            Column(self.env._("At Least"), 9, "score"),
            Column(self.env._("At Most"), 9, "score"),
            Column(self.env._("Grade"), 8),
            Column(self.env._("Provisional"), 12),
            Column(self.env._("Previous Score"), 10, "score"),
            Column(self.env._("Change"), 9, "score"),
            Column(self.env._("Weight with Data (%)"), 10, "score"),
            Column(self.env._("Delivery Lines"), 10, "integer"),
            Column(self.env._("Spend"), 15, "money"),
            Column(self.env._("Currency"), 9),
        ]

    def _row(self, card):
        is_new = card.trend_direction == "new"
        return (
            card.partner_id.sudo().display_name,
            *period_values(card, self.several),
            card.rank,
            *known(card, card.score, card.score_low, card.score_high),
            card.grade_id.name,
            self.env._("yes") if card.provisional else None,
            None if is_new else card.score - card.trend,
            None if is_new else card.trend,
            card.coverage,
            card.delivery_lines,
            card.spend,
            card.currency_id.name,
        )


class HeatMap:
    """Suppliers against dimensions, coloured by the thresholds of the grades."""

    def __init__(self, env, cards, several):
        self.env = env
        self.cards = cards
        self.several = several
        dimension = env["supplier.scorecard.dimension"]._fields["dimension"]
        self.labels = dict(dimension._description_selection(env))

    def add_to(self, book):
        """Add the sheet; a dimension without data stays empty, and has no colour."""
        rows = self._scores()
        shown = {name for scores in rows.values() for name in scores}
        dimensions = [name for name in self.labels if name in shown]
        columns = [
            Column(self.env._("Supplier"), 36),
            *period_columns(self.env, self.several),
            Column(self.env._("Grade"), 8),
            Column(self.env._("Score"), 10, "score"),
            *(Column(self.labels[name], 14, "score") for name in dimensions),
        ]
        table = book.add_table(self.env._("Heat Map"), columns)
        first = table.column(self.env._("Score"))
        for card in self.cards:
            scores = rows.get(card.id, {})
            table.append(
                (
                    card.partner_id.sudo().display_name,
                    *period_values(card, self.several),
                    card.grade_id.name,
                    *known(card, card.score),
                    *(scores.get(name) for name in dimensions),
                )
            )
        last = table.finish()
        if colours := self._colours():
            area = (1, first, last, len(columns) - 1)
            table.sheet.conditional_format(*area, colours)

    def _scores(self):
        """Return ``{scorecard id: {dimension: score}}``."""
        rows = {}
        for row in self.cards.dimension_ids:
            score = row.score if row.has_score else None
            rows.setdefault(row.scorecard_id.id, {})[row.dimension] = score
        return rows

    def _colours(self):
        """Return the colour scale: red up to the worst threshold, green from the best.

        The worst grade begins at 0, which is no threshold.
        """
        thresholds = {
            minimum
            for evaluation in self.cards.evaluation_id
            for _name, minimum in (evaluation.template_snapshot or {}).get("grades", ())
            if minimum
        }
        if not thresholds:
            return None
        low, high = min(thresholds), max(thresholds)
        return {
            "type": "3_color_scale",
            "min_type": "num",
            "mid_type": "num",
            "max_type": "num",
            "min_value": low,
            "mid_value": (low + high) / 2,
            "max_value": high,
            "min_color": "#F4A39A",
            "mid_color": "#FFE9A8",
            "max_color": "#9BD3A0",
        }


def period_columns(env, several):
    """Return the columns that tell evaluations apart, where there are several."""
    if not several:
        return []
    return [
        Column(env._("Template"), 22),
        Column(env._("Period"), 22),
        Column(env._("Company"), 22),
    ]


def period_values(card, several):
    """Return the cells of :func:`period_columns`."""
    if not several:
        return ()
    template = card.evaluation_id._template_name()
    return template, card.period_label, card.company_id.name


def known(card, *scores):
    """Return the scores of a card that has them, otherwise as many empty cells."""
    return scores if card.has_score else (None,) * len(scores)
