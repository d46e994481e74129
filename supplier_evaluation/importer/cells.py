"""What is in a cell of a file, and why it may be of no use. Plain Python, no Odoo."""

import datetime
import re
import unicodedata

AUTO = "auto"
# What a spreadsheet program would run as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Spreadsheet programs keep fifteen digits.
MOST_DIGITS = 10**15
# Numbers of orders are filled up with zeros to less than so many digits.
MOST_ZEROS = 13
_CUT = re.compile(r"\d(?:[.,]\d+)?E\+\d{2,}$", re.IGNORECASE)
_DECIMAL_ZERO = re.compile(r"\d+\.0$")
_AS_TEXT = re.compile(r'="(.*)"$', re.DOTALL)


class NoResult:
    """A formula that nobody has computed: its cell looks empty and is not."""

    def __str__(self):
        return ""


NO_RESULT = NoResult()


class Worded(float):
    """A number that its cell shows with a currency or a unit beside it."""

    def __new__(cls, number, word):
        found = super().__new__(cls, number)
        found.word = word
        return found

    def __str__(self):
        return f"{float(self)!r} {self.word}"


class MonthOnly(datetime.date):
    """The first day of a month, of which its cell shows the month only.

    >>> str(MonthOnly(2026, 3, 1))
    '2026-03'
    """

    def __str__(self):
        return f"{self.year}-{self.month:02}"


class CellProblem(ValueError):
    """Why a cell cannot be used."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params

    def fresh(self):
        """The same problem, to keep or raise again.

        One that was raised holds the frames it came through, with all rows in them.
        """
        return CellProblem(self.code, **self.params)


def clean_text(cell):
    """The text of a cell in its plainest characters."""
    return unicodedata.normalize("NFKC", cell_text(cell)).strip()


def header_key(text):
    """A header without case, spaces and punctuation."""
    return "".join(char for char in str(text).casefold() if char.isalnum())


def word_key(text):
    """A word without case, accents, spaces and punctuation, to look it up.

    >>> word_key(" Quantité  reçue: "), word_key("总 计"), word_key("Größe")
    ('quantiterecue', '总计', 'grosse')
    """
    plain = unicodedata.normalize("NFKD", str(text))
    return header_key("".join(c for c in plain if not unicodedata.combining(c)))


def cell_text(cell):
    """The cell as a user would type it; numbers of orders stay whole."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.replace("\0", "").strip()
    if isinstance(cell, Worded):
        return f"{cell_text(float(cell))} {cell.word}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ")
    return str(cell)


def reference(cell):
    """The number of an order, a line or a receipt; no program calculates with it.

    What passed through a column of decimals has a point and a zero more; signs that
    nobody sees, and letters as wide as Chinese ones, make no other order.

    >>> reference("4500001.0"), reference(4500001.0), reference("1.10")
    ('4500001', '4500001', '1.10')
    """
    text = cell_text(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if unicodedata.category(c) != "Cf").strip()
    return text[:-2] if _DECIMAL_ZERO.match(text) else text


def reference_key(text):
    """What two numbers of one order have in common, however they are spelled.

    Spreadsheet programs take the zeros before a number away, and others small letters.

    >>> reference_key("00010"), reference_key("PO-007"), reference_key("000")
    ('10', 'po-007', '0')
    """
    key = text.casefold()
    return key.lstrip("0") or "0" if key.isdecimal() else key


def reference_spellings(text):
    """The spellings under which the number of an order may be known.

    >>> reference_spellings("045") - reference_spellings("45")
    set()
    >>> sorted(reference_spellings("Po-1"))
    ['PO-1', 'Po-1', 'po-1']
    """
    key = reference_key(text)
    found = {text, key, key.upper()}
    if key.isdecimal():
        found.update(key.zfill(width) for width in range(len(key), MOST_ZEROS))
    return found


def is_cut(cell):
    """Whether a spreadsheet program has cut the last digits of a number off.

    >>> is_cut("4.50001E+09"), is_cut(4.50001234567891e18), is_cut("450001")
    (True, True, False)
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return abs(cell) >= MOST_DIGITS
    return bool(_CUT.match(cell_text(cell)))


def plain_cell(cell):
    """A cell without the signs that keep a spreadsheet program from changing it.

    >>> plain_cell('="0045"'), plain_cell("'0045"), plain_cell("'s-Hertogenbosch")
    ('0045', '0045', "'s-Hertogenbosch")
    """
    if not isinstance(cell, str) or cell[:1] not in ("=", "'", "’", "`"):
        return cell
    if found := _AS_TEXT.match(cell.strip()):
        return found[1].replace('""', '"')
    is_quoted = cell[0] != "=" and cell[1:2].isdigit()
    return cell[1:] if is_quoted else cell


def escape_formula(text):
    """Keep a spreadsheet program from running the text as a formula."""
    is_formula = text.lstrip("'").startswith(FORMULA_STARTS)
    return f"'{text}" if is_formula else text


def unescape_formula(cell):
    """Undo :func:`escape_formula`."""
    is_escaped = (
        isinstance(cell, str)
        and cell.startswith("'")
        and cell.lstrip("'").startswith(FORMULA_STARTS)
    )
    return cell[1:] if is_escaped else cell
