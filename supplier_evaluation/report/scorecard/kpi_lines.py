"""The sheet with a row for each KPI of each scorecard."""

from odoo.tools import split_every

from .ranking import period_columns, period_values
from .workbook import Column

# So many scorecards have their lines in memory at once.
PAGE = 500
FIELDS = (
    "scorecard_id",
    "dimension",
    "kpi_id",
    "value",
    "has_value",
    "target_value",
    "peer_value",
    "score",
    "peer_median",
    "previous_score",
    "loss",
    "effective_weight",
    "contribution",
    "n",
    "has_interval",
    "low",
    "high",
    "is_overridden",
    "override_reason",
)


class KpiLines:
    """What each score is made of, in the order of the ranking."""

    def __init__(self, env, cards, several):
        self.env = env
        self.cards = cards
        self.several = several
        self.kpis = {}
        dimension = env["supplier.scorecard.line"]._fields["dimension"]
        self.dimensions = dict(dimension._description_selection(env))

    def add_to(self, book):
        """Add the sheet.

        :rtype: Table
        """
        table = book.add_table(self.env._("KPIs"), self._columns(), frozen=3)
        for page in split_every(PAGE, self.cards.ids, self.cards.browse):
            lines = self._lines(page)
            for card in page:
                head = (
                    card.partner_id.sudo().display_name,
                    *period_values(card, self.several),
                )
                for line in lines.get(card.id, ()):
                    table.append((*head, *self._row(line)))
        table.finish()
        return table

    def _columns(self):
        return [
            Column(self.env._("Supplier"), 36),
            *period_columns(self.env, self.several),
            Column(self.env._("Dimension"), 13),
            Column(self.env._("KPI"), 34),
            Column(self.env._("Measured"), 12, "number"),
            Column(self.env._("Unit"), 8),
            Column(self.env._("Target"), 10, "number"),
            Column(self.env._("Others"), 10, "number"),
            Column(self.env._("Score"), 8, "score"),
            Column(self.env._("Others' Score"), 9, "score"),
            Column(self.env._("Previous Score"), 10, "score"),
            Column(self.env._("Points Lost"), 9, "score"),
            Column(self.env._("Weight (%)"), 9, "score"),
            Column(self.env._("Points"), 9, "score"),
            Column(self.env._("Records"), 9, "integer"),
            Column(self.env._("At Least"), 10, "number"),
            Column(self.env._("At Most"), 10, "number"),
            Column(self.env._("Overridden Because"), 30),
        ]

    def _row(self, line):
        name, unit = self._kpi(line["kpi_id"])
        return (
            self.dimensions.get(line["dimension"]),
            name,
            line["value"] if line["has_value"] else None,
            unit,
            line["target_value"],
            line["peer_value"],
            line["score"],
            line["peer_median"],
            line["previous_score"],
            line["loss"],
            line["effective_weight"],
            line["contribution"],
            line["n"],
            *((line["low"], line["high"]) if line["has_interval"] else (None, None)),
            line["override_reason"] if line["is_overridden"] else None,
        )

    def _kpi(self, kpi_id):
        """Return name and unit of a KPI in words; they are few."""
        if kpi_id not in self.kpis:
            kpi = self.env["supplier.kpi"].browse(kpi_id)
            self.kpis[kpi_id] = (kpi.name, kpi._unit_label() or None)
        return self.kpis[kpi_id]

    def _lines(self, cards):
        """Return ``{scorecard id: lines as dictionaries}``, read past the cache.

        A hundred thousand records would stay in memory otherwise.
        """
        model = self.env["supplier.scorecard.line"]
        query = model._search(
            [("scorecard_id", "in", cards.ids)], order="scorecard_id, sequence, id"
        )
        columns = [model._field_to_sql(model._table, name, query) for name in FIELDS]
        lines = {}
        for row in self.env.execute_query(query.select(*columns)):
            line = dict(zip(FIELDS, row, strict=True))
            lines.setdefault(line["scorecard_id"], []).append(line)
        return lines
