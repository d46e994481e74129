"""What is said about files and rows that cannot be used, in the user's language.

The plain modules name a problem by its code; here it gets its words and its mend.
"""

from odoo.tools import LazyTranslate

from ..tools.wording import listed, sentences

_lt = LazyTranslate(__name__)

FILE_PROBLEMS = {
    "file_empty": _lt("The file is empty. Choose a file with a row of headers."),
    "file_is_xls": _lt(
        "This is an Excel file of the old kind (.xls). Save it as .xlsx or CSV first."
    ),
    "file_locked": _lt(
        "The file is protected by a password. Save it without one, as .xlsx or CSV."
    ),
    "file_sheet": _lt("The file has no sheet “%(sheet)s”. Choose another one."),
    "file_encoding_auto": _lt(
        "How the letters of the file are stored could not be found out. Choose its "
        "encoding, or save the file as UTF-8."
    ),
    "file_encoding": _lt(
        "The file cannot be read as %(encoding)s. Choose another encoding."
    ),
    "file_header_row": _lt(
        "The row of the headers is negative. Enter its number as a spreadsheet program "
        "shows it, or 0 to have it found."
    ),
    "file_csv": _lt(
        "The file cannot be read as CSV: %(error)s. Choose the delimiter, or save the "
        "file again as CSV or XLSX."
    ),
    "file_quote": _lt(
        "The quotation mark in line %(first)s of the file is not closed: the lines up "
        "to %(last)s are read as one cell. Delete it, or write two of them, or save "
        "the file again as XLSX."
    ),
    "file_one_column": _lt(
        "Every row of the file is read as one cell. Choose the delimiter that stands "
        "between its columns, or save the file as .xlsx."
    ),
    "file_markup": _lt(
        "The file is a web page or XML, whatever its name says. Open it in a "
        "spreadsheet program and save it as .xlsx."
    ),
    "file_xlsx": _lt(
        "The file cannot be opened as a spreadsheet. Open it in a spreadsheet program "
        "and save it again as .xlsx."
    ),
}

ROW_PROBLEMS = {
    "row_too_long": _lt(
        "The row has more cells than the header (columns: %(count)s). Put quotes "
        "around a text that contains the delimiter."
    ),
    "row_is_return": _lt(
        "%(header)s says “%(value)s”: the goods went back, or the receipt was taken "
        "back. Enter it as the returned quantity of the line, or leave such rows out "
        "with the filter."
    ),
    "row_no_receipt": _lt(
        "%(header)s says “%(value)s”: the row is an invoice, or goods that had come "
        "before were moved on. Leave such rows out with the filter."
    ),
    "other_list": _lt(
        "The row belongs to another list, with headers of its own in row %(first)s. "
        "Put it on a sheet of its own, or import it with its row of headers."
    ),
    "text_too_long": _lt(
        "%(field)s is longer than %(count)s characters. Shorten it, or choose another "
        "column for it."
    ),
    "missing": _lt("%(field)s is missing."),
    "formula_without_result": _lt(
        "%(field)s: the cell is a formula without a result. Open the file in a "
        "spreadsheet program and save it."
    ),
    "code_cut": _lt(
        "%(field)s: a spreadsheet program has cut “%(value)s” short. Export the column "
        "as text, with all its digits."
    ),
    "code_date": _lt(
        "%(field)s: a spreadsheet program has turned the cell into the date or time "
        "%(value)s. Format the column as text, and enter what it was."
    ),
    "cell_error": _lt(
        "%(field)s: the cell is the error %(value)s. Mend the formula in the file."
    ),
    "merged_quantity": _lt(
        "%(field)s: the cell is merged over the rows %(first)s to %(last)s, which are "
        "not of one order line. Give every row its own quantity."
    ),
    "negative": _lt(
        "%(field)s is negative (%(value)s). Enter what was sent back as a positive "
        "returned quantity."
    ),
    "zero": _lt("%(field)s is zero. It must be greater than zero."),
    "receipt_without_quantity": _lt(
        "There is a receipt date, but %(field)s is missing."
    ),
    "receipt_without_date": _lt(
        "There is a received quantity, but %(field)s is missing."
    ),
    "date_unreadable": _lt(
        "%(field)s: “%(value)s” is not a date. Write it as YYYY-MM-DD."
    ),
    "date_serial": _lt(
        "%(field)s: “%(value)s” is a number, not a date. Format the column as a date "
        "and save the file again."
    ),
    "date_range": _lt(
        "%(field)s: “%(value)s” is outside the years %(first)s to %(last)s. Leave the "
        "cell empty if it stands for no date."
    ),
    "date_future": _lt(
        "%(field)s: %(value)s is in the future. Correct it, or leave the received "
        "quantity empty if nothing has come yet."
    ),
    "date_order": _lt(
        "%(field)s: “%(value)s” does not exist in the chosen order of day, month and "
        "year. Write it as YYYY-MM-DD."
    ),
    "date_ambiguous": _lt(
        "%(field)s: ambiguous date “%(value)s”. No date of the column shows whether "
        "the day or the month comes first: choose it under Dates."
    ),
    "date_year_first": _lt(
        "%(field)s: ambiguous date “%(value)s”. No date of the column shows whether "
        "the day or the year comes first: choose it under Dates."
    ),
    "date_contradicts": _lt(
        "%(field)s: ambiguous date “%(value)s”. The column has dates with the day "
        "first and dates with the month first: choose one under Dates."
    ),
    "date_converted": _lt(
        "%(field)s: ambiguous date “%(value)s”. A spreadsheet program seems to have "
        "turned a part of this column into other dates: export it again as text, or "
        "choose Trust Mixed Date Columns if the dates are right."
    ),
    "number_unreadable": _lt(
        "%(field)s: “%(value)s” is not a number. Write digits only, as 1234.56."
    ),
    "number_ambiguous": _lt(
        "%(field)s: ambiguous number “%(value)s”. No number of the column shows which "
        "separator marks the decimals: choose it under Numbers."
    ),
    "number_contradicts": _lt(
        "%(field)s: ambiguous number “%(value)s”. The column has points and commas for "
        "decimals: choose one under Numbers."
    ),
    "number_format": _lt(
        "%(field)s: “%(value)s” is not a number with “%(decimal)s” before the decimals."
    ),
    "supplier_missing": _lt(
        "The supplier is missing: fill in a reference, VAT number or name."
    ),
    "supplier_unknown": _lt(
        "No supplier “%(value)s” is known by reference, VAT number or name. Create the "
        "supplier, correct the row, or choose Create Missing Suppliers."
    ),
    "supplier_nameless": _lt(
        "No supplier “%(value)s” is known, and there is no name to create one with."
    ),
    "supplier_ambiguous": _lt(
        "“%(value)s” may be several suppliers: %(candidates)s. Put the reference of "
        "the right one into the row, or merge the contacts."
    ),
    "supplier_new_ambiguous": _lt(
        "“%(value)s” is to be created, but the file gives it several references or VAT "
        "numbers: %(keys)s. Create the suppliers, or correct the rows."
    ),
    "uom_unknown": _lt(
        "There is no unit “%(value)s”. Create it under Units & Packagings, or correct "
        "the row. If a header names the unit, you can choose a default unit instead."
    ),
    "uom_ambiguous": _lt(
        "There are several units “%(value)s”. Rename one of them, or correct the row."
    ),
    "currency_unknown": _lt(
        "There is no currency “%(value)s”. Use its three-letter code, as EUR."
    ),
    "currency_differs": _lt(
        "The price says “%(other)s”, but the currency of the row is “%(value)s”. "
        "Correct one of them."
    ),
    "units_differ": _lt(
        "The quantities of the row are in “%(value)s” and in “%(other)s”. Enter all of "
        "them in one unit."
    ),
    "currency_rate": _lt(
        "There is no exchange rate for %(value)s, so the line cannot be weighed. Add "
        "one to the currency."
    ),
    "duplicate": _lt(
        "Duplicate line: row %(first)s has the same supplier, order, line and receipt. "
        "Delete one of them or, if they are two receipts, map the receipt reference."
    ),
    "receipt_unclear": _lt(
        "The line has a receipt of %(quantity)g on %(day)s already. With this file "
        "more than the ordered quantity would have come: is it a correction, or "
        "another receipt? Map the receipt reference, or change the line under Delivery "
        "History."
    ),
    "returned_more": _lt(
        "%(returned)g went back of %(received)g that came. If the received quantity is "
        "what was left, or accepted, enter all that came."
    ),
    "line_unknown": _lt(
        "There is no order line %(order)s / %(line)s of this supplier. Import the list "
        "of orders before the list of receipts."
    ),
    "line_ambiguous": _lt(
        "Several suppliers have an order line %(order)s / %(line)s. Choose a column "
        "for the supplier."
    ),
    "unit_differs": _lt(
        "The order line is in %(unit)s. Enter the received quantity in that unit."
    ),
    "disagrees": _lt(
        "Row %(first)s is of the same order line, but has another value for: "
        "%(fields)s. Correct one of them; the line was left out."
    ),
    "disagrees_promise": _lt(
        "Row %(first)s is of the same order line, but has another value for: "
        "%(fields)s. Correct one of them or, if they are parts that were promised for "
        "different days, give each a line of its own, as 10/1 and 10/2; the line was "
        "left out."
    ),
    "sibling": _lt(
        "Row %(first)s of the same order line was rejected; a line is imported as a "
        "whole or not at all. Correct that row."
    ),
    "receipts_need_quantity": _lt(
        "Row %(first)s is of the same order line. With several receipts, the received "
        "quantity needs a column of its own."
    ),
}

# The same where nobody is asked how dates and numbers are written.
UNASKED = {
    **dict.fromkeys(
        ("date_ambiguous", "date_contradicts"),
        _lt(
            "%(field)s: “%(value)s” can be read in two ways. Write all dates of the "
            "column as YYYY-MM-DD."
        ),
    ),
    "date_converted": _lt(
        "%(field)s: ambiguous date “%(value)s”. A spreadsheet program seems to have "
        "turned a part of this column into other dates: export it again as text."
    ),
    **dict.fromkeys(
        ("number_ambiguous", "number_contradicts"),
        _lt(
            "%(field)s: “%(value)s” can be read in two ways. Write all numbers of the "
            "column with digits and a point only, as 1234.56."
        ),
    ),
}


class Messages:
    """Words for problems; every text is translated once.

    :param Environment env: its language is used
    :param dict labels: target -> its label
    :param bool is_asked: whether the user can say how dates and numbers are written
    """

    def __init__(self, env, labels, is_asked=True):
        self.env = env
        self.labels = labels
        self._row_problems = ROW_PROBLEMS if is_asked else {**ROW_PROBLEMS, **UNASKED}
        self._texts = {}

    def file(self, problem):
        """The text for a :class:`HistoryFileError`."""
        return self._text(FILE_PROBLEMS, problem.code) % problem.params

    def row(self, problems):
        """The reason why a row is rejected: everything that is wrong with it."""
        return sentences(self.env, (self._reason(*problem) for problem in problems))

    def _reason(self, target, problem):
        params = {**problem.params, "field": self.labels.get(target, "")}
        if "candidates" in params:
            texts = map(self._candidate, params["candidates"])
            params["candidates"] = listed(self.env, texts)
        if "fields" in params:
            texts = (self.labels[name] for name in params["fields"])
            params["fields"] = listed(self.env, texts)
        return self._text(self._row_problems, problem.code) % params

    def _candidate(self, candidate):
        """A supplier that may be meant, so that the user can tell it from others."""
        params = {
            "name": candidate.name,
            "ref": candidate.ref or candidate.vat or "–",
            "id": candidate.id,
        }
        if candidate.active:
            return self.env._("%(name)s (reference %(ref)s, id %(id)s)", **params)
        return self.env._("%(name)s (reference %(ref)s, id %(id)s, archived)", **params)

    def _text(self, texts, code):
        if code not in self._texts:
            self._texts[code] = self.env._(texts[code])
        return self._texts[code]
