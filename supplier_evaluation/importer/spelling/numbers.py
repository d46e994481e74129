"""Reads numbers as people spell them. Plain Python, no Odoo.

``1,234`` can be read in two ways. It is never guessed: the whole column decides, or
the user does. What stays open raises :class:`CellProblem`.
"""

import math
import re
import unicodedata

from ..cells import AUTO, CellProblem, Worded, cell_text, clean_text

_GROUPED = re.compile(r"\d{1,3}(?:([ '’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$")
_CODE = re.compile(r"^[A-Z]{3}\s*(?=[\d.,+\-−(])|(?<=[\d.,)])\s*(?:[A-Z]{3}|[元圆円])$")
# A currency or a unit beside the digits: “US$”, “EUR”, “pcs.”, “个”.
_LETTERS = r"[^\W\d_]+"
_WORD = rf"(?:{_LETTERS})?[$€£¥₩₹₽₫฿₺₴]|{_LETTERS}\.?"
_BEFORE = re.compile(rf"^({_WORD})\s*(?=[\d.,+\-−(])")
_AFTER = re.compile(rf"(?<=[\d.,)\-−])\s*({_WORD})$")
# “12,-” is twelve, and not less than nothing.
_NO_CENTS = re.compile(r"(?<=\d)[.,]\s*[-−–—]{1,2}$")
_SIMPLE = re.compile(r"\d+$")
_EXPONENT = re.compile(r"\d+(?:([.,])\d+)?[eE][+-]?\d+$")
_SEPARATED = re.compile(r"[\d.,]*\d[\d.,]*$")
_MAX = 1e15


class NumberColumn:
    """The numbers of one column.

    :param cells: values of the column, to tell decimals from thousands; more can be
        learned
    :param str decimal: the decimal separator, or ``auto``
    :param str learned: what an earlier file of the same kind showed
    :param bool has_words: whether words beside the digits are looked at: see
        :meth:`word`. Else currencies are passed over, and other words are no numbers.
    """

    def __init__(self, cells=(), decimal=AUTO, learned=None, has_words=False):
        self._has_words = has_words
        self.decimal = None if decimal == AUTO else decimal
        self.contradicts = False
        self._is_chosen = bool(self.decimal)
        self._earlier = learned
        self._seen = set()
        for cell in cells:
            self.learn(cell)
        self.settle()

    @property
    def state(self):
        """What was decided, to go on with it later."""
        return [self.decimal, self.contradicts]

    @state.setter
    def state(self, state):
        self.decimal, self.contradicts = state

    @property
    def memory(self):
        """What was seen of the column so far, as JSON has it."""
        return list(self._seen)

    @memory.setter
    def memory(self, memory):
        self._seen.update(memory)

    def learn(self, cell):
        """Look at another value of the column."""
        _sign, body = self._body(cell)
        if body and not self._is_chosen:
            self._seen.add(self._evidence(body))

    def settle(self):
        """Decide how the column is written, when all values were looked at."""
        seen = self._seen - {None}
        if self._is_chosen:
            return
        self.contradicts = len(seen) > 1
        self.decimal = self._earlier if not seen else None
        if len(seen) == 1:
            (self.decimal,) = seen

    @property
    def learned(self):
        """What this column taught about its kind, if anything."""
        return self.decimal

    def word(self, cell):
        """The currency or the unit that stands beside the digits, or an empty text."""
        if isinstance(cell, Worded):
            return cell.word
        if not isinstance(cell, str) or not self._has_words:
            return ""
        _text, words = _without_words(clean_text(cell))
        return words

    def _body(self, cell):
        """Sign and digits; no digits if there is something else in it."""
        if cell is None or isinstance(cell, (int, float)):
            return 1, ""
        text = clean_text(cell)
        if self._has_words:
            text, _words = _without_words(text)
        else:
            text = "".join(c for c in text if unicodedata.category(c) != "Sc").strip()
            text = _CODE.sub("", text).strip()
        text, sign = _NO_CENTS.sub("", text), 1
        if text.startswith("(") and text.endswith(")"):
            sign, text = -1, text[1:-1].strip()
        elif text[:1] in ("-", "−"):
            sign, text = -1, text[1:].strip()
        elif text[-1:] in ("-", "−"):
            sign, text = -1, text[:-1].strip()
        elif text[:1] == "+":
            text = text[1:].strip()
        if _GROUPED.match(text):
            # Blanks say that a following separator is the decimal one.
            whole, separator, rest = _split_last(re.sub("[ '’]", "", text))
            return sign, f"0{whole.zfill(4)}{separator}{rest}"
        return sign, text

    @staticmethod
    def _evidence(body):
        """The decimal separator that the digits show, if they do."""
        if found := _EXPONENT.match(body):
            return found[1]
        if not _SEPARATED.match(body):
            return None
        whole, separator, rest = _split_last(body)
        if not separator:
            return None
        other = "," if separator == "." else "."
        if other in whole:
            return separator if _is_grouped(whole, other) else None
        if separator in whole:
            return other if _is_grouped(body, separator) else None
        if len(rest) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
            return separator
        return None

    def parse(self, cell):
        """The number.

        :raise CellProblem: if there is none, or not one only
        """
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            number = float(cell)
        else:
            sign, body = self._body(cell)
            number = sign * self._read(body, cell_text(cell))
        if not math.isfinite(number) or abs(number) > _MAX:
            raise CellProblem("number_unreadable", value=cell_text(cell))
        return number

    def _read(self, body, text):
        if _SIMPLE.match(body):
            return float(body)
        if _EXPONENT.match(body):
            return float(body.replace(",", "."))
        readings = {}
        if _SEPARATED.match(body):
            readings = {decimal: _reading(body, decimal) for decimal in ".,"}
        if not any(reading is not None for reading in readings.values()):
            raise CellProblem("number_unreadable", value=text)
        if self.contradicts:
            raise CellProblem("number_contradicts", value=text)
        if self.decimal is None:
            raise CellProblem("number_ambiguous", value=text)
        if readings[self.decimal] is None:
            raise CellProblem("number_format", value=text, decimal=self.decimal)
        return readings[self.decimal]


def _without_words(text):
    """The text without a word before or behind its digits, and that word.

    >>> _without_words("US$ 5.00"), _without_words("-€5"), _without_words("1e5")
    (('5.00', 'US$'), ('-5', '€'), ('1e5', ''))
    """
    is_bare = text[:1].isdigit() and text[-1:].isdigit()
    if is_bare or not any(map(str.isdigit, text)):
        return text, ""
    sign = text[:1] if text[:1] in ("-", "−", "+") else ""
    rest, words = text[len(sign) :].strip(), []
    for pattern in (_BEFORE, _AFTER):
        if found := pattern.search(rest):
            words.append(found[1])
            rest = pattern.sub("", rest).strip()
    return f"{sign}{rest}", " ".join(words)


def _reading(body, decimal):
    """The digits as a number with this decimal separator, or None."""
    group = "," if decimal == "." else "."
    whole, _separator, rest = body.partition(decimal)
    well_grouped = group not in whole or _is_grouped(whole, group)
    if not well_grouped or not re.fullmatch(r"\d*", rest):
        return None
    return float(f"{whole.replace(group, '') or '0'}.{rest or '0'}")


def _is_grouped(body, separator):
    """Whether the separator stands between thousands (or lakhs)."""
    groups = rf"\d{{1,3}}(?:\{separator}\d{{2,3}})*\{separator}\d{{3}}"
    return bool(re.fullmatch(groups, body))


def _split_last(body):
    separator = max(".,", key=body.rfind)
    if separator not in body:
        return body, "", ""
    whole, _separator, rest = body.rpartition(separator)
    return whole, separator, rest
