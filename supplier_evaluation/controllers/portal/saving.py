"""The records behind a figure, as a file that a supplier keeps."""

import io

from ...report.scorecard.workbook import Book, Column

WIDTH = 18


def workbook(env, line, figure):
    """Return the records behind a figure as a workbook: what counted, what did not.

    :param env: environment of the reader
    :param line: the scorecard line
    :param dict figure: what ``supplier.portal`` says of it
    :rtype: bytes
    """
    buffer = io.BytesIO()
    book = Book(buffer, line.kpi_id.name, line.company_id.name)
    columns = [Column(label, WIDTH) for label in figure["labels"]]
    columns.append(Column(env._("Why"), 2 * WIDTH))
    for title, rows in (
        (env._("Counted"), figure["counted"]),
        (env._("Left Out"), figure["left_out"]),
    ):
        table = book.add_table(title, columns)
        for row in rows:
            table.append([*row["texts"], row["reason"]])
        table.finish()
    book.close()
    return buffer.getvalue()
