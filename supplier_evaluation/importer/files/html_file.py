"""Reads the tables of a web page, which some systems call a workbook. No Odoo."""

import re
from html.parser import HTMLParser

from ..cells import AUTO
from .encoding import byte_order, can_decode, codec_of, find_encoding, marked_encoding
from .problem import HistoryFileError

_HEAD_BYTES = 4_096
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_MARKUP = re.compile(
    r"\s*(?:<(?:!doctype|html|head|meta|body|table|\?xml|style)\b)", re.IGNORECASE
)
# A page with its pictures in one file, as a mail has them: browsers write lines of
# headers before this one.
_MIME = re.compile(
    r"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*MIME-Version:", re.IGNORECASE
)
_MOST_SPANNED = 1_000


def is_markup(content):
    """Whether a file is a web page or XML, whatever its name says."""
    head = _head(content)
    return bool(_MARKUP.match(head) or _MIME.match(head))


def _head(content):
    head = content[:_HEAD_BYTES]
    marked = marked_encoding(content)
    if not marked and b"\0" in head:
        marked = byte_order(content, "utf-16")
    return head.decode(codec_of(marked or "latin-1"), "ignore").lstrip("\ufeff")


class HtmlFile:
    """The tables of a web page, one below the other.

    :param bytes content: the file
    :param FileOptions options: how to read it
    :param recognise: takes names, returns how many of them are known headers
    """

    # What stands beside the table is not in the wrong column.
    is_grid = True
    delimiter = ""
    sheets = ()
    sheet = ""
    other_sheets = ()

    def __init__(self, content, options, recognise):
        # Its letters are encoded once more, and names would come in with them.
        if _MIME.match(_head(content)):
            raise HistoryFileError("file_markup")
        self.encoding = self._find_encoding(content, options.encoding, recognise)
        tables = _Tables()
        tables.feed(content.decode(codec_of(self.encoding)).lstrip("\ufeff"))
        tables.close()
        self._rows = tables.rows
        if not self._rows:
            raise HistoryFileError("file_markup")

    def records(self, after=0):
        """Yield the rows as ``(number, cells, merged, hidden)``.

        :param int after: the number of the last row that is passed over
        """
        for number, (cells, merged) in enumerate(self._rows, start=1):
            if number > after:
                yield number, list(cells), merged or None, False

    @property
    def row_count(self):
        """How many rows there are."""
        return len(self._rows)

    def hidden_count(self, _header_row):
        """No row is hidden."""
        return 0

    @staticmethod
    def _find_encoding(content, chosen, recognise):
        found = marked_encoding(content)
        if not found and chosen != AUTO:
            found = byte_order(content, chosen)
        if not found and (named := _CHARSET.search(_head(content))):
            found = _known(named[1])
        if not found or not can_decode(content, found):
            found = find_encoding(
                content, lambda text: recognise(re.split("<|>", text))
            )
        if not found:
            raise HistoryFileError("file_encoding_auto")
        return found


def _known(name):
    """The codec of a name in a page, if there is one."""
    name = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252"}.get(
        name.lower(), name.lower()
    )
    offered = ("utf-8", "gb18030", "big5", "shift_jis", "cp1252", "cp1250", "cp1251")
    name = name.replace("windows-", "cp")
    return name if name in offered else None


class _Tables(HTMLParser):
    """Gathers rows of texts; a cell over several rows or columns is in each of them."""

    def __init__(self):
        super().__init__()
        self.rows = []
        self._cells = self._text = None
        self._merged, self._below = {}, {}
        self._span = (1, 1)

    def handle_starttag(self, tag, attrs):
        """A row, a cell, or a line break in one."""
        if tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._cells = [] if self._cells is None else self._cells
            spans = dict(attrs)
            self._span = tuple(_span(spans.get(n)) for n in ("colspan", "rowspan"))
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag):
        """The end of a cell, a row or a table."""
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()
        if tag == "table":
            self._below = {}

    def handle_data(self, data):
        """A part of the text of a cell."""
        if self._text is not None:
            self._text.append(data)

    def _end_cell(self):
        if self._text is None:
            return
        self._fill()
        text, (width, height) = " ".join("".join(self._text).split()), self._span
        self._text, number = None, len(self.rows) + 1
        for position in range(width):
            column = len(self._cells)
            # As in a workbook, what spans columns is in the first of them.
            self._cells.append("" if position else text)
            if height > 1:
                last = number + height - 1
                self._below[column] = (height - 1, self._cells[-1], (number, last))
                self._merged[column] = (number, last)

    def _fill(self):
        """What spans rows from above."""
        while (column := len(self._cells)) in self._below:
            left, text, span = self._below.pop(column)
            self._cells.append(text)
            self._merged[column] = span
            if left > 1:
                self._below[column] = (left - 1, text, span)

    def _end_row(self):
        self._end_cell()
        if self._cells is None:
            return
        self._fill()
        self.rows.append((self._cells, self._merged))
        self._cells, self._merged = None, {}


def _span(text):
    found = re.match(r"\s*(\d+)", text or "")
    return min(max(int(found[1]), 1), _MOST_SPANNED) if found else 1
