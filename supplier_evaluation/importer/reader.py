"""Reads a CSV or XLSX file into rows of cells. Plain Python, no Odoo.

A cell is what the file holds: text, a number, a date, or None. Rows keep the number
that a spreadsheet program shows beside them.
"""

import codecs
import csv
import io
import zipfile
from collections import Counter
from dataclasses import dataclass

from openpyxl import load_workbook

from .cells import (
    AUTO,
    cell_text,
    escape_formula,
    header_key,
    unescape_formula,
)

DELIMITERS = (",", ";", "\t", "|")
MAX_ROWS = 200_000
# Columns added at the end of the file of rejected rows.
REJECTED_COLUMNS = ("row", "reason")
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class HistoryFileError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple


@dataclass(frozen=True)
class Table:
    header: tuple
    rows: tuple

    def index(self, header):
        """Position of a column, by its exact name or else whatever its spelling."""
        if header in self.header:
            return self.header.index(header)
        wanted = header_key(header)
        keys = [header_key(name) for name in self.header]
        return keys.index(wanted) if keys.count(wanted) == 1 else None


def write_rejected(header, rejected):
    """The rejected rows as CSV: the file's own columns, the row and the reason."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([escape_formula(name) for name in (*header, *REJECTED_COLUMNS)])
    for number, reason, raw in rejected:
        cells = [cell_text(cell) for cell in raw]
        cells += [""] * (len(header) - len(cells))
        cells = [*cells[: len(header)], str(number), reason]
        writer.writerow([escape_formula(text) for text in cells])
    return buffer.getvalue().encode("utf-8-sig")


def read_table(content, encoding=AUTO, delimiter=AUTO):
    """Read a file.

    :param bytes content: the file
    :param str encoding: a Python encoding, or ``auto``: UTF-8, or UTF-16 with its mark
    :param str delimiter: of the columns of a CSV file, or ``auto``
    :raise HistoryFileError: with what is wrong
    """
    if not content.strip():
        raise HistoryFileError("file_empty")
    if content.startswith(b"PK\x03\x04"):
        records = _read_xlsx(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise HistoryFileError("file_is_xls")
    else:
        records = _read_csv(_decode(content, encoding), delimiter)
    return _to_table(records)


def _to_table(records):
    """Take the first row that is not blank as the header."""
    header, rows = None, []
    for number, cells in enumerate(records, start=1):
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells = cells[:-1]
        if not cells:
            continue
        if header is None:
            header = cells
        else:
            rows.append(Row(number, tuple(cells)))
        if len(rows) > MAX_ROWS:
            raise HistoryFileError("file_too_long", limit=MAX_ROWS)
    if header is None:
        raise HistoryFileError("file_empty")
    names = [cell_text(unescape_formula(cell)) for cell in header]
    if tuple(names[-2:]) == REJECTED_COLUMNS:
        names = names[:-2]
        rows = [
            Row(row.number, tuple(map(unescape_formula, row.cells[: len(names)])))
            for row in rows
        ]
    return Table(_unique(names), tuple(rows))


def _unique(names):
    """Every column gets a name of its own."""
    seen, result = Counter(), []
    for position, name in enumerate(names, start=1):
        name = name or f"#{position}"
        seen[name] += 1
        result.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return tuple(result)


def _decode(content, encoding):
    marked = next((_BOMS[bom] for bom in _BOMS if content.startswith(bom)), None)
    try:
        return content.decode(marked or ("utf-8" if encoding == AUTO else encoding))
    except (UnicodeDecodeError, LookupError) as error:
        code = "file_encoding_auto" if encoding == AUTO else "file_encoding"
        raise HistoryFileError(code, encoding=encoding) from error


def _read_csv(text, delimiter):
    declared = text[:5].lower()
    skipped = 0
    if declared.startswith("sep=") and len(declared) == 5:
        # The first line some programs write to name the delimiter.
        delimiter, skipped = text[4], 1
        text = text.partition("\n")[2]
    try:
        if delimiter == AUTO:
            delimiter = _guess_delimiter(text)
        yield from ([],) * skipped
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise HistoryFileError("file_csv", error=error) from error


def _guess_delimiter(text):
    """The delimiter that cuts the most rows like the header, into most columns."""

    def score(delimiter):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(cells) for cells in _first(reader, 30) if cells]
        if not widths or widths[0] < 2:
            return (0, 0)
        return (sum(width == widths[0] for width in widths) / len(widths), widths[0])

    return max(DELIMITERS, key=score)


def _first(iterator, count):
    for _index, item in zip(range(count), iterator, strict=False):
        yield item


def _read_xlsx(content):
    """The rows of the first sheet that is not hidden."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [s for s in book.worksheets if s.sheet_state == "visible"]
        for sheet in sheets[:1]:
            # Some programs write a wrong size; the rows themselves are right.
            sheet.reset_dimensions()
            for cells in sheet.iter_rows(values_only=True):
                yield list(cells)
        book.close()
    except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError) as error:
        raise HistoryFileError("file_xlsx") from error
