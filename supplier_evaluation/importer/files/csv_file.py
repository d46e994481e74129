"""Reads the rows of a CSV file, one after the other. Plain Python, no Odoo."""

import csv
import io
from collections import Counter
from itertools import islice

from ..cells import AUTO
from .encoding import byte_order, can_decode, codec_of, find_encoding, marked_encoding
from .problem import HistoryFileError

DELIMITERS = (",", ";", "\t", "|")
_PEEKED = 50
# In fewer columns a line of a text may look like a row.
FEWEST_COLUMNS = 4


class CsvFile:
    """A CSV file, whose letters and delimiter are chosen or found.

    :param bytes content: the file
    :param FileOptions options: how to read it
    :param recognise: takes names, returns how many of them are known headers
    """

    # A row with a cell too many may have all of them in the wrong place.
    is_grid = False
    sheets = ()
    sheet = ""
    other_sheets = ()

    def __init__(self, content, options, recognise):
        self._content = content
        self.encoding = self._find_encoding(options.encoding, recognise)
        with self._open() as text:
            self._declared, declares = _declared_delimiter(text.readline())
            self._skipped = 1 if declares else 0
        self.delimiter = self._find_delimiter(options.delimiter)

    def records(self, after=0):
        """Yield the rows as ``(number, cells, merged, hidden)``.

        :param int after: the number of the last row that is passed over
        """
        with self._open() as text:
            for _line in range(self._skipped):
                text.readline()
            lines = _Lines(text)
            reader = csv.reader(lines, delimiter=self.delimiter)
            last = 0
            try:
                for number, cells in enumerate(reader, start=1 + self._skipped):
                    if reader.line_num > last + 1:
                        self._check_quotes(lines.taken, last + 1, reader.line_num)
                    last = reader.line_num
                    lines.taken.clear()
                    if number > after:
                        yield number, cells, None, False
            except csv.Error as error:
                raise HistoryFileError("file_csv", error=error) from error

    def _check_quotes(self, lines, first, last):
        """Refuse a cell that has whole rows in it: its quotation mark is a slip.

        A text of several lines has no line with as many columns as the table has.
        """
        if self._width < FEWEST_COLUMNS:
            return
        whole = sum(line.count(self.delimiter) == self._width - 1 for line in lines)
        if whole > 1:
            skipped = self._skipped
            raise HistoryFileError(
                "file_quote", first=first + skipped, last=last + skipped
            )

    @property
    def row_count(self):
        """About how many rows there are."""
        return self._content.count(b"\n")

    def hidden_count(self, _header_row):
        """A text hides no rows."""
        return 0

    def _open(self):
        codec = codec_of(self.encoding)
        return io.TextIOWrapper(io.BytesIO(self._content), encoding=codec, newline="")

    def _find_encoding(self, encoding, recognise):
        content = self._content
        marked = marked_encoding(content)
        if not marked and encoding == AUTO:
            found = find_encoding(content, lambda text: _score(text, recognise))
            if not found:
                raise HistoryFileError("file_encoding_auto")
            return found
        chosen = marked or byte_order(content, encoding)
        if not chosen or not can_decode(content, chosen):
            raise HistoryFileError("file_encoding", encoding=marked or encoding)
        return chosen

    def _find_delimiter(self, delimiter):
        chosen = self._declared or (delimiter if delimiter != AUTO else None)
        try:
            with self._open() as text:
                head = "".join(islice(text, _PEEKED))
            found = chosen or max(DELIMITERS, key=lambda one: _fit(head, one))
            self._width = _fit(head, found)[1]
            return found
        except csv.Error as error:
            raise HistoryFileError("file_csv", error=error) from error


class _Lines:
    """The lines of a text; those of the row that is being read are kept.

    :param text: what yields lines
    """

    def __init__(self, text):
        self._text = text
        self.taken = []

    def __iter__(self):
        return self

    def __next__(self):
        line = next(self._text)
        self.taken.append(line)
        return line


def _declared_delimiter(line):
    """What the first line that some programs write names, and whether it is one."""
    line = line.rstrip("\r\n")
    if line[:4].lower() == "sep=" and len(line) == 5:
        return line[4], True
    return None, False


def _fit(text, delimiter):
    """How many rows the delimiter cuts alike, and into how many columns.

    A title above the header, or a note below the table, is cut otherwise.
    """
    widths = Counter(
        len(cells)
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        if any(cells)
    )
    cut = {width: count for width, count in widths.items() if width > 1}
    if not cut:
        return (0, 0)
    width, count = max(cut.items(), key=lambda item: (item[1], item[0]))
    return (count / sum(widths.values()), width)


def _score(text, recognise):
    """The most known headers that a line of the text has."""
    lines = text.splitlines()
    return max(
        (recognise(line.split(found)) for line in lines for found in DELIMITERS),
        default=0,
    )
