"""Scorecards as a workbook: one sheet with the ranking, one with every KPI."""

import io

import xlsxwriter


def scorecards_xlsx(evaluation):
    """Return the evaluation's scorecards as the bytes of an XLSX file.

    Cells are written as text or numbers, never as formulas: a supplier's name
    that begins with ``=`` stays a name.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False}
    )
    _write_sheet(workbook, evaluation.env._("Ranking"), *_ranking(evaluation))
    _write_sheet(workbook, evaluation.env._("KPIs"), *_lines(evaluation))
    workbook.close()
    return buffer.getvalue()


def _write_sheet(workbook, title, headers, rows):
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
            if value is None:
                sheet.write_blank(index, column, None)
            elif isinstance(value, float):
                sheet.write_number(index, column, value, number)
            else:
                sheet.write(index, column, value)
    sheet.autofilter(0, 0, max(len(rows), 1), len(headers) - 1)


def _ranking(evaluation):
    _ = evaluation.env._
    headers = [
        _("Supplier"),
        _("Rank"),
        _("Score"),
        _("At Least"),
        _("At Most"),
        _("Grade"),
        _("Provisional"),
        _("Coverage (%)"),
        _("Delivery Lines"),
        _("Change"),
    ]
    rows = [
        (
            card.partner_id.display_name,
            card.rank or None,
            card.score if card.has_score else None,
            card.score_low if card.has_score else None,
            card.score_high if card.has_score else None,
            card.grade_id.name or "",
            _("yes") if card.provisional else "",
            card.coverage,
            card.delivery_lines,
            card.trend if card.trend_direction != "new" else None,
        )
        for card in evaluation.scorecard_ids.sorted(
            lambda card: (card.rank or len(evaluation.scorecard_ids) + 1, -card.score)
        )
    ]
    return headers, rows


def _lines(evaluation):
    _ = evaluation.env._
    headers = [
        _("Supplier"),
        _("KPI"),
        _("Value"),
        _("Unit"),
        _("Records"),
        _("At Least"),
        _("At Most"),
        _("Score"),
        _("Weight (%)"),
        _("Points"),
    ]
    units = dict(
        evaluation.env["supplier.kpi"]
        ._fields["unit"]
        ._description_selection(evaluation.env)
    )
    rows = [
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
        for line in evaluation.scorecard_ids.line_ids
    ]
    return headers, rows
