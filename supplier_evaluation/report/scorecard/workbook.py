"""A workbook that is written row by row: a long one takes no more memory than a short.

Cells are text or numbers, never formulas: a supplier's name that begins with ``=``
stays a name, also when somebody edits its cell.
"""

import re
from dataclasses import dataclass

import xlsxwriter

from odoo import release

A4 = 9
LONGEST_TITLE = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
NUMBERS = {
    "integer": "0",
    "score": "0.0",
    "number": "#,##0.00",
    "money": "#,##0.00",
    "price": "#,##0.00####",
    "share": "0.0%",
    "date": "yyyy-mm-dd",
}
# What is kept of a number: the format shows less.
DIGITS = {"score": 2, "number": 4, "money": 2, "price": 6, "share": 6}
# What a text begins with that a program could take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    :param label: its heading
    :param width: in characters
    :param kind: ``text``, ``integer``, ``score``, ``number``, ``money``, ``price``,
        ``share`` (1 is all) or ``date``
    """

    label: str
    width: int = 11
    kind: str = "text"


class Book:
    """A workbook in the making; its sheets stand in the order in which they are added.

    :param target: path of the file, or a binary file
    :param str title: in the properties of the document
    :param str company: whose figures it has
    """

    def __init__(self, target, title, company):
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self.workbook = xlsxwriter.Workbook(target, options)
        self.workbook.set_properties(
            {
                "title": title,
                "company": company,
                "comments": f"{release.product_name} {release.version}",
            }
        )
        self.formats = {
            kind: self.workbook.add_format({"num_format": number, "valign": "top"})
            for kind, number in NUMBERS.items()
        }
        self.formats["text"] = self.workbook.add_format({"valign": "top"})
        self.formats["quoted"] = self.workbook.add_format(
            {"valign": "top", "quote_prefix": True}
        )
        self.formats["header"] = self.workbook.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.formats["title"] = self.workbook.add_format(
            {"bold": True, "font_size": 16}
        )
        self.formats["label"] = self.workbook.add_format(
            {"bold": True, "valign": "top"}
        )
        self.formats["wrapped"] = self.workbook.add_format(
            {"text_wrap": True, "valign": "top"}
        )
        self._titles = set()

    def add_table(self, title, columns, frozen=1):
        """Add a sheet with a heading and rows.

        :param columns: list of Column
        :param int frozen: how many columns stay when one scrolls
        :rtype: Table
        """
        return Table(self, self.add_sheet(title, landscape=True), columns, frozen)

    def add_sheet(self, title, landscape=False):
        """Add an empty sheet, set up for paper."""
        sheet = self.workbook.add_worksheet(self._free_title(title))
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R&P / &N")
        if landscape:
            sheet.set_landscape()
        return sheet

    def close(self):
        """Write the file."""
        self.workbook.close()

    def _free_title(self, title):
        """A sheet's title is short, has no signs of references, and is unique."""
        plain = FORBIDDEN.sub(" ", title).strip() or "-"
        number, free = 1, plain[:LONGEST_TITLE]
        while free.lower() in self._titles:
            number += 1
            end = f" {number}"
            free = plain[: LONGEST_TITLE - len(end)] + end
        self._titles.add(free.lower())
        return free


class Table:
    """A sheet with a heading, to which rows are appended."""

    def __init__(self, book, sheet, columns, frozen):
        self.sheet = sheet
        self.columns = columns
        self.count = 0
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, book.formats[column.kind])
            sheet.write_string(0, index, column.label, book.formats["header"])
        self._writers = [
            (index, self._writer(book, column.kind), book.formats[column.kind])
            for index, column in enumerate(columns)
        ]

    def append(self, values):
        """Write a row; what is ``None``, ``False`` or empty stays an empty cell."""
        self.count += 1
        row = self.count
        for (index, write, layout), value in zip(self._writers, values, strict=True):
            if value is not None and value is not False and value != "":
                write(row, index, value, layout)

    def finish(self):
        """Let the rows be filtered.

        :return: the index of the last row
        """
        last = max(self.count, 1)
        self.sheet.autofilter(0, 0, last, len(self.columns) - 1)
        return last

    def column(self, label):
        """Return the index of the column with a label."""
        return next(
            index for index, column in enumerate(self.columns) if column.label == label
        )

    def _writer(self, book, kind):
        sheet = self.sheet
        if kind == "text":
            quoted = book.formats["quoted"]

            def write_text(row, index, value, layout):
                plain = not value.startswith(FORMULA)
                sheet.write_string(row, index, value, layout if plain else quoted)

            return write_text
        if kind == "date":
            return sheet.write_datetime
        digits = DIGITS.get(kind)
        if digits is None:
            return sheet.write_number

        def write(row, index, value, layout):
            sheet.write_number(row, index, round(float(value), digits), layout)

        return write
