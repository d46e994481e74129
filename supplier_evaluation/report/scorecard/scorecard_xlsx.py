"""Scorecards as a workbook: one sheet with the ranking, one with every KPI."""

import io

import xlsxwriter


def scorecards_xlsx(evaluation):
    """Return the evaluation's scorecards as the bytes of an XLSX file.

    Cells are written as text or numbers, never as formulas: a supplier's name
    that begins with ``=`` stays a name.
    """
    return ScorecardWorkbook(evaluation).content()


class ScorecardWorkbook:
    """Builds the workbook of one evaluation."""

    def __init__(self, evaluation):
        self.env = evaluation.env
        self.cards = evaluation.scorecard_ids

    def content(self):
        """Return the bytes of the file."""
        buffer = io.BytesIO()
        workbook = xlsxwriter.Workbook(
            buffer, {"in_memory": True, "strings_to_formulas": False}
        )
        self._write_sheet(
            workbook,
            self.env._("Ranking"),
            self._ranking_headers(),
            self._ranking_rows(),
        )
        self._write_sheet(
            workbook, self.env._("KPIs"), self._kpi_headers(), self._kpi_rows()
        )
        workbook.close()
        return buffer.getvalue()

    def _write_sheet(self, workbook, title, headers, rows):
        sheet = workbook.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        bold = workbook.add_format({"bold": True, "bottom": 1})
        number = workbook.add_format({"num_format": "0.00"})
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, bold)
            sheet.set_column(column, column, max(10, len(header) + 2))
        sheet.set_column(0, 0, 36)
        for index, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(index, column, value, number)
                elif value is not None:
                    sheet.write(index, column, value)
        sheet.autofilter(0, 0, max(len(rows), 1), len(headers) - 1)

    def _ranking_headers(self):
        return [
            self.env._("Supplier"),
            self.env._("Rank"),
            self.env._("Score"),
            self.env._("At Least"),
            self.env._("At Most"),
            self.env._("Grade"),
            self.env._("Provisional"),
            self.env._("Coverage (%)"),
            self.env._("Delivery Lines"),
            self.env._("Change"),
        ]

    def _ranking_rows(self):
        last = len(self.cards) + 1
        return [
            (
                card.partner_id.display_name,
                card.rank or None,
                card.score if card.has_score else None,
                card.score_low if card.has_score else None,
                card.score_high if card.has_score else None,
                card.grade_id.name or "",
                self.env._("yes") if card.provisional else "",
                card.coverage,
                card.delivery_lines,
                card.trend if card.trend_direction != "new" else None,
            )
            for card in self.cards.sorted(lambda card: (card.rank or last, -card.score))
        ]

    def _kpi_headers(self):
        return [
            self.env._("Supplier"),
            self.env._("KPI"),
            self.env._("Value"),
            self.env._("Unit"),
            self.env._("Records"),
            self.env._("At Least"),
            self.env._("At Most"),
            self.env._("Score"),
            self.env._("Weight (%)"),
            self.env._("Points"),
        ]

    def _kpi_rows(self):
        unit_field = self.env["supplier.kpi"]._fields["unit"]
        units = dict(unit_field._description_selection(self.env))
        return [
            (
                line.partner_id.display_name,
                line.kpi_id.name,
                line.value if line.has_value else None,
                units[line.unit],
                line.n,
                line.low if line.has_interval else None,
                line.high if line.has_interval else None,
                line.score if line.has_value else None,
                line.effective_weight,
                line.contribution,
            )
            for line in self.cards.line_ids
        ]
