"""Reads what the number format of a cell says of its number. No Odoo.

A cell that shows “€ 5.00” holds 5, one that shows 95 % holds 0.95, and one that shows
00045 holds 45.
"""

import re

from ..cells import Worded, word_key
from .words import CURRENCIES, PACKAGES, UNITS

# What a number format shows as it is: 95 with a % behind it stays 95.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_ZEROS = re.compile(r"0{2,}$")
_SIGNS = re.compile(r"[$€£¥￥₩₹₽₫฿₺₴]|[A-Z]{3}$")
_WORDS = PACKAGES.union(
    *(words.split() for words in (*UNITS.values(), *CURRENCIES.values()))
)
PERCENT = "%"


def what_is_shown(number_format):
    """What a number format says beside the number, or nothing.

    >>> what_is_shown("#,##0 [$€-407]"), what_is_shown('0" pcs"'), what_is_shown("0%")
    ('€', 'pcs', '%')
    >>> what_is_shown('0"%"'), what_is_shown("00000"), what_is_shown("[$-409]0.00")
    ('', '00000', '')
    """
    shown = number_format.split(";")[0]
    if _ZEROS.match(shown):
        return shown
    found = [text.strip() for text in _CURRENCY.findall(shown)]
    bare = _CURRENCY.sub("", shown)
    found += ["".join(pair).strip() for pair in _LITERAL.findall(bare)]
    plain = _IN_BRACKETS.sub("", _LITERAL.sub("", bare))
    if PERCENT in plain:
        return PERCENT
    found += _SIGNS.findall(plain)
    known = (text for text in found if _SIGNS.match(text) or word_key(text) in _WORDS)
    return next(known, "")


def as_shown(cell, shown):
    """A number as its format shows it.

    >>> as_shown(0.95, "%"), as_shown(45, "00000"), str(as_shown(5, "€"))
    ('95%', '00045', '5.0 €')
    """
    if not isinstance(cell, (int, float)) or isinstance(cell, bool):
        return cell
    if shown == PERCENT:
        return f"{round(cell * 100, 6):g}%"
    if _ZEROS.match(shown):
        is_whole = float(cell).is_integer() and cell >= 0
        return str(int(cell)).zfill(len(shown)) if is_whole else cell
    return Worded(cell, shown)
