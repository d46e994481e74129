"""Reads the rows of a sheet of an XLSX file, one after the other. No Odoo.

What openpyxl does not tell while it streams (hidden rows, merged cells, formulas that
nobody has computed) is read from the sheet's own XML. What it does tell, the formats of
numbers, is taken from the stream: to parse the XML takes as long once more.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import ParseError, iterparse

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import (
    column_index_from_string,
    coordinate_from_string,
    range_boundaries,
)
from openpyxl.utils.escape import unescape

from ..cells import NO_RESULT
from .formats import as_shown, what_is_shown
from .layout import PEEKED, find_layout
from .problem import HistoryFileError

_BROKEN = (zipfile.BadZipFile, KeyError, SyntaxError, ValueError, OSError)
_ROW = re.compile(rb"<(?:\w+:)?row[ >]")
_MARKS = re.compile(rb'<(?:\w+:)?f[ />]|<(?:\w+:)?mergeCell |hidden="')
_RECALCULATED = re.compile(rb"<(?:\w+:)?calcPr[^>]*fullCalcOnLoad=\"(?:1|true)\"")
_CHUNK = 1 << 20


@dataclass
class Marks:
    """What is special in a sheet."""

    hidden: set = field(default_factory=set)
    formulas: dict = field(default_factory=dict)
    merged: dict = field(default_factory=dict)


class Workbook:
    """A sheet of an XLSX file, chosen or found.

    :param bytes content: the file
    :param FileOptions options: how to read it
    :param recognise: takes names, returns how many of them are known headers
    """

    # What stands beside the table is not in the wrong column.
    is_grid = True
    encoding = ""
    delimiter = ""

    def __init__(self, content, options, recognise):
        self._content = content
        try:
            self._book = load_workbook(
                io.BytesIO(content), read_only=True, data_only=True
            )
            visible = [s for s in self._book.worksheets if s.sheet_state == "visible"]
            self.sheets = tuple(sheet.title for sheet in visible)
            self._sheet = self._find_sheet(visible, options, recognise)
            self._formats = self._telling_styles()
            self._marks = self._read_marks()
        except _BROKEN as error:
            raise HistoryFileError("file_xlsx") from error
        self.sheet = self._sheet.title

    def records(self, after=0):
        """Yield the rows as ``(number, cells, merged, hidden)``.

        ``merged`` is column -> first and last row of the merged cell, or None.

        :param int after: the number of the last row that is passed over
        """
        marks, values = self._marks, {}
        first = self._first_needed(after)
        try:
            rows = _rows(self._sheet, first, self._formats)
            for number, cells in enumerate(rows, start=first):
                cells = list(cells)
                for column in marks.formulas.get(number, ()):
                    cells += [None] * (column + 1 - len(cells))
                    cells[column] = NO_RESULT
                merged = marks.merged.get(number)
                for column, (top, _bottom) in (merged or {}).items():
                    cells += [None] * (column + 1 - len(cells))
                    if number == top:
                        values[column] = cells[column]
                    elif cells[column] is None:
                        cells[column] = values.get(column)
                if number > after:
                    yield number, cells, merged, number in marks.hidden
        except _BROKEN as error:
            raise HistoryFileError("file_xlsx") from error

    def _first_needed(self, after):
        """The first row to read: merged cells hold their value in their first row."""
        merged = self._marks.merged.get(after + 1, {})
        return min([after + 1, *(top for top, _bottom in merged.values())])

    def hidden_count(self, header_row):
        """How many rows below the headers are hidden."""
        return sum(number > header_row for number in self._marks.hidden)

    # ---- sheets -------------------------------------------------------------------

    def _find_sheet(self, visible, options, recognise):
        self.other_sheets = ()
        if options.sheet:
            if options.sheet not in self._book.sheetnames:
                raise HistoryFileError("file_sheet", sheet=options.sheet)
            return self._book[options.sheet]
        if not visible:
            raise HistoryFileError("file_empty")
        layouts = []
        for sheet in visible:
            peeked = (
                (number, list(cells))
                for number, cells in enumerate(islice(_rows(sheet), PEEKED), start=1)
            )
            layouts.append((find_layout(peeked, options.header_row, recognise), sheet))
        useful = [(layout, sheet) for layout, sheet in layouts if layout]
        if not useful:
            return visible[0]
        ranked = [(options.rank(layout), layout, sheet) for layout, sheet in useful]
        # The first of the best; without a useful one, that which names most.
        _rank, _layout, chosen = max(
            ranked, key=lambda found: (found[0], 0 if found[0] else found[1].score)
        )
        self.other_sheets = tuple(
            sheet.title
            for rank, _layout, sheet in ranked
            if rank and sheet is not chosen
        )
        return chosen

    # ---- what openpyxl does not tell ----------------------------------------------

    def _read_marks(self):
        # The part of the archive that holds the sheet.
        path = self._sheet._worksheet_path
        with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
            with archive.open(path) as part:
                self.row_count, has_marks = _scan(part)
            if not has_marks:
                return Marks()
            is_open = bool(_RECALCULATED.search(archive.read("xl/workbook.xml")))
            with archive.open(path) as part:
                return _parse_marks(part, is_open)

    def _telling_styles(self):
        """Style -> what its number format says, of those that say something."""
        book, telling = self._book, {}
        for number, style in enumerate(book._cell_styles):
            own = style.numFmtId - BUILTIN_FORMATS_MAX_SIZE
            if own < 0:
                shown = BUILTIN_FORMATS.get(style.numFmtId, "")
                # Its dollars are whatever money the reader's country has.
                shown = shown if "%" in shown or "yy" in shown else ""
            else:
                # Some programs name a format that they do not write down.
                shown = "".join(book._number_formats[own : own + 1])
            if said := what_is_shown(shown):
                telling[number] = said
        return telling


def _rows(sheet, first=1, formats=None):
    """The values of the rows; numbers as they are shown, if formats are given."""
    # Some programs write a wrong size; the rows themselves are right.
    sheet.reset_dimensions()
    if not formats:
        rows = sheet.iter_rows(min_row=first, values_only=True)
    else:
        rows = (
            [_shown(cell, formats) for cell in cells]
            for cells in sheet.iter_rows(min_row=first)
        )
    return (list(map(_unescaped, cells)) for cells in rows)


def _unescaped(value):
    """A text without what XML has in the place of signs, as “_x000D_”."""
    return unescape(value) if isinstance(value, str) and "_x" in value else value


def _shown(cell, formats):
    # Cells that are not in the file have no value, and no style either.
    value = cell.value
    if value is None or cell._style_id not in formats:
        return value
    return as_shown(value, formats[cell._style_id])


def _scan(part):
    """About how many rows there are, and whether it is worth while to parse them.

    Most sheets have nothing special, and parsing takes long.
    """
    rows, has_marks, tail = 0, False, b""
    while chunk := part.read(_CHUNK):
        rows += len(_ROW.findall(chunk))
        has_marks = has_marks or bool(_MARKS.search(tail + chunk))
        tail = chunk[-64:]
    return rows, has_marks


def _parse_marks(part, is_open):
    """Read hidden rows, merged cells and formulas without a result.

    :param bool is_open: the program that wrote the book has computed nothing. It left
        zeros, or nothing, for the spreadsheet program to fill in.
    """
    marks, number, data = Marks(), 0, None
    hollow = ("", "0") if is_open else ("",)
    try:
        for event, node in iterparse(part, ("start", "end")):
            tag = node.tag.rpartition("}")[2]
            if event == "start":
                if tag == "sheetData":
                    data = node
                elif tag == "row":
                    number = int(node.get("r") or number + 1)
                    if node.get("hidden") in ("1", "true"):
                        marks.hidden.add(number)
                continue
            if tag == "c":
                if _is_hollow(node, hollow):
                    row, column = _position(node.get("r"))
                    marks.formulas.setdefault(row, []).append(column)
            elif tag == "row":
                data.clear()
            elif tag == "mergeCell":
                _add_merged(marks.merged, node.get("ref"))
    except ParseError as error:
        raise HistoryFileError("file_xlsx") from error
    return marks


def _is_hollow(cell, hollow):
    """Whether a cell is a formula whose result is not in the file."""
    formula = value = None
    for child in cell:
        tag = child.tag.rpartition("}")[2]
        formula = child if tag == "f" else formula
        value = child if tag == "v" else value
    if formula is None:
        return False
    if value is None:
        return True
    # An empty text is a result, too.
    return cell.get("t") != "str" and (value.text or "") in hollow


def _position(coordinate):
    column, row = coordinate_from_string(coordinate)
    return row, column_index_from_string(column) - 1


def _add_merged(merged, reference):
    left, top, _right, bottom = range_boundaries(reference)
    if bottom > top:
        for row in range(top, bottom + 1):
            merged.setdefault(row, {})[left - 1] = (top, bottom)
