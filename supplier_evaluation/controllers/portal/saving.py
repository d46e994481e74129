"""The records behind a figure, as a file that a supplier keeps."""

import io

from ...report.scorecard.workbook import Book, Column

WIDTH = 18


def workbook(env, line, saved):
    """Return the records behind a figure as a workbook: what counted, what did not.

    Its first sheet says how many of how many they are.

    :param env: environment of the reader
    :param line: the scorecard line
    :param dict saved: what ``supplier.portal`` has of it for a file
    :rtype: bytes
    """
    buffer = io.BytesIO()
    card = line.scorecard_id
    book = Book(buffer, line.kpi_id.name, line.company_id.name)
    cover = book.add_sheet(env._("Figure"))
    cover.set_column(0, 0, WIDTH)
    cover.set_column(1, 1, 3 * WIDTH)
    facts = [
        (env._("KPI"), line.kpi_id.name),
        (env._("Company"), line.company_id.name),
        (env._("Supplier"), line.partner_id.name),
        (env._("Period"), card.period_label),
    ]
    columns = [Column(label, WIDTH, kind) for label, kind in saved["columns"]]
    columns.append(Column(env._("Why"), 2 * WIDTH))
    for title, name, is_counted in (
        (env._("Counted"), "counted", True),
        (env._("Left Out"), "left_out", False),
    ):
        table = book.add_table(title, columns)
        for row in saved[name]:
            table.append(row)
        table.finish()
        facts.append((title, saved["note"](table.count, is_counted)))
    for row, (label, text) in enumerate(facts):
        cover.write_string(row, 0, label, book.formats["label"])
        cover.write_string(row, 1, text or "", book.formats["wrapped"])
    book.close()
    return buffer.getvalue()
