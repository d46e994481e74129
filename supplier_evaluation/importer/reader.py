"""Reads a CSV or XLSX file into rows of cells. Plain Python, no Odoo.

A cell is what the file holds: text, a number, a date, or None. Rows keep the number
that a spreadsheet program shows beside them. A file is read in a stream, as often as
it is asked for its rows.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from .cells import (
    AUTO,
    cell_text,
    escape_formula,
    header_key,
    plain_cell,
    unescape_formula,
)
from .files.csv_file import CsvFile
from .files.html_file import HtmlFile, is_markup
from .files.layout import COMPLETE, PEEKED, find_layout
from .files.problem import HistoryFileError
from .files.workbook import Workbook
from .targets import is_receipt_list, missing_targets, propose_columns

# How pictures, papers and archives begin.
NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc",
)
# Columns added at the end of the file of rejected rows.
REJECTED_COLUMNS = ("row", "reason")


@dataclass(frozen=True)
class FileOptions:
    """Where the table is in a file, and how it is written.

    :param str encoding: a Python encoding, or ``auto``
    :param str delimiter: of the columns of a CSV file, or ``auto``
    :param str sheet: of a workbook; empty: found
    :param int header_row: the last row of the headers; 0: found
    :param tuple wanted: the headers to look for, if they are known already
    :param dict labels: target -> its label, one of the headers to look for
    """

    encoding: str = AUTO
    delimiter: str = AUTO
    sheet: str = ""
    header_row: int = 0
    wanted: tuple = ()
    labels: dict = field(default_factory=dict)

    def recognise(self, names):
        """How many of the names are headers that are looked for."""
        names = [name for name in names if name]
        if self.wanted:
            keys = {header_key(name) for name in names}
            found = [header_key(name) in keys for name in self.wanted]
            return sum(found) + (COMPLETE if all(found) else 0)
        proposed = propose_columns(names, self.labels)
        return len(proposed) + (0 if missing_targets(proposed) else COMPLETE)

    def rank(self, layout):
        """How useful a table is: 2 a list of order lines, 1 one of receipts, 0 neither.

        What a mapping knows is always a list.
        """
        proposed = propose_columns(filter(None, layout.names), self.labels)
        if self.wanted and layout.is_complete:
            return 2
        if missing_targets(proposed):
            return 0
        return 1 if is_receipt_list(proposed) else 2


class Row(NamedTuple):
    """A row: its cells, which of them are merged with others, and whether it shows.

    ``list_row`` is the row of the headers below which it stands, if these are another
    list's than that which is read.
    """

    number: int
    cells: tuple
    merged: dict = None
    hidden: bool = False
    list_row: int = 0


class Columns:
    """The headers of a table."""

    def __init__(self, header):
        self.header = tuple(header)

    def index(self, header):
        """Position of a column, by its exact name or else whatever its spelling."""
        if header in self.header:
            return self.header.index(header)
        wanted = header_key(header)
        keys = [header_key(name) for name in self.header]
        return keys.index(wanted) if keys.count(wanted) == 1 else None

    def check_columns(self):
        """Refuse a table that is not cut into columns."""
        if len(self.header) == 1:
            raise HistoryFileError("file_one_column")


class Table(Columns):
    """A file as a table: its headers, and its rows as often as they are wanted."""

    def __init__(self, source, layout):
        self.source = source
        self.header_row = layout.row
        names = layout.names
        self._is_rejected = names[-2:] == REJECTED_COLUMNS
        if self._is_rejected:
            names = names[:-2]
        super().__init__(_unique(map(unescape_formula, names)))

    def rows(self, after=0):
        """Yield every :class:`Row` below the headers that is not empty.

        :param int after: the number of the last row that is passed over
        """
        width = len(self.header)
        after = max(after, self.header_row)
        for number, cells, merged, hidden in self.source.records(after):
            if not any(map(_has_words, cells)):
                continue
            if self._is_rejected:
                cells = map(unescape_formula, cells[:width])
            cells = tuple(map(plain_cell, cells))
            cells = cells[:width] if self.source.is_grid else _trimmed(cells, width)
            yield Row(number, cells, merged, hidden)

    def head(self, count):
        """The first rows."""
        return list(islice(self.rows(), count))


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


def read_table(content, options=None):
    """Open a file.

    :param bytes content: the file
    :param FileOptions options: how to read it; everything is found without
    :raise HistoryFileError: with what is wrong
    """
    options = options or FileOptions()
    if options.header_row < 0:
        raise HistoryFileError("file_header_row")
    if not content or content.isspace():
        raise HistoryFileError("file_empty")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        raise HistoryFileError("file_locked" if is_locked else "file_is_xls")
    if content.startswith(NO_TABLES):
        raise HistoryFileError("file_xlsx")
    source = _kind_of(content)(content, options, options.recognise)
    records = ((number, cells) for number, cells, *_marks in source.records())
    first = options.header_row and options.header_row - 1
    layout = find_layout(
        islice(records, first, first + PEEKED), options.header_row, options.recognise
    )
    if not layout:
        raise HistoryFileError("file_empty")
    return Table(source, layout)


def _kind_of(content):
    if content.startswith(b"PK\x03\x04"):
        return Workbook
    return HtmlFile if is_markup(content) else CsvFile


def _says_something(cell):
    return cell is not None and (not isinstance(cell, str) or bool(cell_text(cell)))


def _has_words(cell):
    """Lines of dashes separate rows, and are none."""
    is_text = isinstance(cell, str)
    return cell is not None and (not is_text or any(map(str.isalnum, cell)))


def _trimmed(cells, width):
    """Without the empty cells that some programs write beyond the last column."""
    while len(cells) > width and not _says_something(cells[-1]):
        cells = cells[:-1]
    return cells


def _unique(names):
    """Every column gets a name of its own."""
    seen, result = Counter(), []
    for position, name in enumerate(names, start=1):
        name = name or f"#{position}"
        seen[name] += 1
        result.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return tuple(result)
