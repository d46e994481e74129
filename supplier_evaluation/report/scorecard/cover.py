"""The first sheet: whose figures these are, of when, and what seals them."""

from collections import Counter

from odoo import fields
from odoo.tools import format_date, format_datetime

# So many bars of a chart have room for their names.
BARS = 25


class Cover:
    """Says what the workbook is, and shows the ranking and the grades as charts.

    It is added first and written last, when it is known what the others hold.
    """

    def __init__(self, env, cards, book):
        self.env = env
        self.cards = cards
        self.several = len(cards.evaluation_id) > 1
        self.book = book
        self.sheet = book.add_sheet(env._("Cover"))
        self.sheet.set_column(0, 0, 24)
        self.sheet.set_column(1, 1, 60)
        self.row = 0

    def fill(self, ranking, remarks):
        """Fill the sheet.

        :param Table ranking: the sheet with the ranking
        :param remarks: list of ``(records, what is said of them)``
        """
        self._put(self.env._("Supplier Scorecards"), layout="title")
        for evaluation in self.cards.evaluation_id:
            self.row += 1
            self._pairs(self._about(evaluation))
        self.row += 1
        self._pairs(
            [
                (self.env._("Scorecards"), self._count()),
                (self.env._("Exported by"), self.env.user.name),
                (self.env._("Exported on"), self._instant(fields.Datetime.now())),
            ]
        )
        if remarks:
            self.row += 1
            self._put(self.env._("Counted records"), layout="label")
            self._pairs(remarks)
        self.row += 1
        grades = self._grades()
        self._charts(ranking, *grades)

    def _about(self, evaluation):
        """Return what tells one evaluation from another, as ``(label, text)``."""
        state = evaluation._fields["state"]
        states = dict(state._description_selection(self.env))
        days = (
            format_date(self.env, evaluation.date_from),
            format_date(self.env, evaluation.date_to),
        )
        return [
            (self.env._("Company"), evaluation.company_id.name),
            (self.env._("Template"), evaluation._template_name()),
            (self.env._("Period"), evaluation.period_label),
            (self.env._("Days"), " – ".join(days)),
            (
                self.env._("Data Until (Cut-off)"),
                self._instant(evaluation.cutoff, evaluation.company_id._supplier_tz()),
            ),
            (self.env._("Revision"), str(evaluation.revision)),
            (self.env._("State"), states[evaluation.state]),
            (self.env._("Problems"), evaluation.problems),
            (
                self.env._("Proof Number"),
                str(evaluation.seal_number) if evaluation.seal else None,
            ),
            (
                self.env._("Proof Against Changes"),
                evaluation.seal or self.env._("Not published yet."),
            ),
            (self.env._("Filled In Later"), evaluation.later_figures),
        ]

    def _count(self):
        """All scorecards of the evaluations, or a choice of them."""
        total = sum(self.cards.evaluation_id.mapped("scorecard_count"))
        if total == len(self.cards):
            return str(total)
        return self.env._(
            "%(count)s chosen of %(total)s", count=len(self.cards), total=total
        )

    def _instant(self, instant, tz=None):
        """An instant where the company is, or the reader, with the name of the zone."""
        tz = tz or self.env.user.tz or "UTC"
        return f"{format_datetime(self.env, instant, tz=tz)} ({tz})"

    def _grades(self):
        """Write how many have each grade; return the first and the last row."""
        counts = Counter(card.grade_id for card in self.cards if card.grade_id)
        first = self.row + 1
        counted = self.env._("Suppliers")
        if self.several:
            counted = self.env._("Scorecards")
        self._put(self.env._("Grade"), counted, layout="label")
        for grade in self.cards.grade_id.sorted("min_score", reverse=True):
            self.sheet.write_string(self.row, 0, grade.name, self.book.formats["text"])
            self.sheet.write_number(
                self.row, 1, counts[grade], self.book.formats["integer"]
            )
            self.row += 1
        return first, self.row - 1

    def _charts(self, ranking, first, last):
        """Draw the grades and the best suppliers, from cells of this workbook."""
        if last >= first:
            area = [self.sheet.name, first, 0, last, 0]
            title = self.env._("Suppliers by grade")
            if self.several:
                title = self.env._("Scorecards by grade")
            self._chart("column", title, area, 1, self.row + 1)
        charted = min(ranking.count, BARS)
        # Suppliers of several periods or companies are not ranked with each other.
        if charted and not self.several:
            area = [ranking.sheet.name, 1, 0, charted, 0]
            score = ranking.column(self.env._("Score"))
            title = (
                self.env._("Score by supplier")
                if charted == ranking.count
                else self.env._("Score of the best %s suppliers", charted)
            )
            self._chart("bar", title, area, score, self.row + 18, 140 + 20 * charted)

    def _chart(self, kind, title, categories, column, row, height=320):
        """Insert a chart whose values stand in another column of the same rows.

        :param categories: name of the sheet, and the range of the names
        """
        sheet, first, _first, last, _last = categories
        chart = self.book.workbook.add_chart({"type": kind})
        chart.add_series(
            {
                "name": title,
                "categories": categories,
                "values": [sheet, first, column, last, column],
                "data_labels": {"value": True},
                "gap": 40,
            }
        )
        chart.set_title({"name": title})
        chart.set_legend({"none": True})
        if kind == "bar":
            # The best one on top, and scores that can be compared at sight.
            chart.set_y_axis({"reverse": True})
            chart.set_x_axis({"min": 0, "max": 100, "crossing": "max"})
        chart.set_size({"width": 620, "height": height})
        self.sheet.insert_chart(row, 0, chart, {"description": title})

    def _pairs(self, pairs):
        for label, text in pairs:
            if text:
                self._put(label, text)

    def _put(self, label, text=None, layout="label"):
        self.sheet.write_string(self.row, 0, label, self.book.formats[layout])
        if text is not None:
            self.sheet.write_string(self.row, 1, text, self.book.formats["wrapped"])
        self.row += 1
