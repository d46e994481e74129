"""What the screens ask the server for, each as the buyer who opens them asks it."""

from functools import partial

# What shows all suppliers in one table is measured, and grows with them.
ALL = "all suppliers"
LISTED = {name: {} for name in ("partner_id", "score", "grade_id", "trend", "rank")}
PART = {name: {} for name in ("score", "previous_score", "peer_median", "loss")}


class Calls:
    """The calls of the screens about the scorecards of one template.

    :param env: of the user who looks
    :param int template_id: that of the scorecards
    """

    def __init__(self, env, template_id):
        self.env = env
        self.template_id = template_id
        self.cards = env["supplier.scorecard"]
        self.lines = env["supplier.scorecard.line"]
        self.dimensions = env["supplier.scorecard.dimension"]
        self.latest = [
            ("template_id", "=", template_id),
            ("evaluation_id.is_latest", "=", True),
        ]
        self.published = [
            ("template_id", "=", template_id),
            ("state", "=", "published"),
        ]
        some = self.cards.search(
            [*self.latest, ("provisional", "=", False)], limit=5, order="id"
        )
        self.card_ids = some.ids

    def all(self):
        """Yield ``(name, function)``."""
        yield from self._overview()
        yield from self._card()
        yield from self._lists()

    def _overview(self):
        options = {"template_id": self.template_id}
        yield "overview", partial(self.cards.retrieve_overview, **options)
        for title, more in (
            ("heat map, by dimension", {}),
            ("heat map, by KPI", {"by": "kpi"}),
            ("heat map, by score, last rows", {"order": "score desc", "offset": 400}),
        ):
            yield title, partial(self.cards.retrieve_heatmap, **options, **more)
        compare = self.cards.retrieve_comparison
        yield "comparison of five", partial(compare, self.card_ids)
        what_if = self.env["supplier.evaluation"].retrieve_what_if
        yield f"what if, {ALL}", partial(what_if, **options)

    def _card(self):
        card = self.cards.browse(self.card_ids[0])
        yield "scorecard", card.retrieve_card
        # The same KPI with few suppliers as with all: what it reads depends on it.
        line = self.lines.browse(card.line_ids.sorted("kpi_id").ids[0])
        yield "figure of a scorecard", line.retrieve_figure
        partner = self.env["res.partner"].browse(card.partner_id.id)
        yield "supplier", partner.retrieve_360

    def _lists(self):
        yield "scorecards, list", self._list(self.cards, LISTED)
        yield "KPI figures, list", self._list(self.lines, {**PART, "value_text": {}})
        yield "dimensions, list", self._list(self.dimensions, PART)
        yield (
            "KPI figures, pivot by KPI",
            self._groups(self.lines, self.latest, ["kpi_id"]),
        )
        yield (
            f"dimensions, pivot of {ALL}",
            self._groups(self.dimensions, self.latest, ["partner_id", "dimension"]),
        )
        yield (
            "dimensions, graph of all months",
            self._groups(
                self.dimensions, self.published, ["date_to:month", "dimension"]
            ),
        )

    def _list(self, records, specification):
        def call():
            return records.web_search_read(self.latest, specification, limit=80)

        return call

    def _groups(self, records, domain, groupby):
        def call():
            return records.formatted_read_group(domain, groupby, ["score:avg"])

        return call
