"""Reads what the number format of a cell says of its number. No Odoo.

A cell that shows “€ 5.00” holds 5, one that shows 95 % holds 0.95, and one that shows
00045 holds 45.
"""

import datetime
import re

from ..cells import MonthOnly, Worded, word_key
from .words import CURRENCIES, MULTIPLES, PACKAGES, UNCLEAR_UNITS, UNITS

# What a number format shows as it is: 95 with a % behind it stays 95.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_ZEROS = re.compile(r"0{2,}$")
_SIGNS = re.compile(r"[$€£¥￥₩₹₽₫฿₺₴]|\b[A-Z]{3}\b")
_SIGN = re.compile(r"[$€£¥￥₩₹₽₫฿₺₴]")
_UNITS = PACKAGES.union(UNCLEAR_UNITS, *(words.split() for words in UNITS.values()))
_MONEY = frozenset(" ".join(CURRENCIES.values()).split())
# Other three letters are the name of something: “SKU”, “PON”.
_ISO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD "
    "BTN BWP BYN BZD CAD CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP "
    "ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS "
    "INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL "
    "LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR "
    "NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD RUB RWF SAR SBD SCR SDG SEK "
    "SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
# “KGS” are kilograms far more often than the money of Kyrgyzstan.
_CODES = frozenset(code for code in _ISO.split() if code.lower() not in _UNITS)
PERCENT = "%"
# What is no day: “Mar-26”, “2026年3月”, “2026”.
MONTH = "month"
_MONTH = re.compile(r"(?=.*y)[ymb\s./,@\-]+")


def what_is_shown(number_format):
    """What a number format says beside the number, or nothing.

    >>> what_is_shown("#,##0 [$€-407]"), what_is_shown('0" pcs"'), what_is_shown("0%")
    ('€', 'pcs', '%')
    >>> what_is_shown('0"%"'), what_is_shown("00000"), what_is_shown("[$-409]0.00")
    ('', '00000', '')
    >>> what_is_shown('0.00 "€/kg"'), what_is_shown('0" /kg"'), what_is_shown('"PON"0')
    ('€', '', '')
    >>> what_is_shown("mmm-yy"), what_is_shown('yyyy"年"m"月"'), what_is_shown("d-mmm")
    ('month', 'month', '')
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
    if _MONTH.fullmatch(plain.lower()):
        return MONTH
    found += _SIGNS.findall(plain)
    found = map(_money_of, found)
    return next((text for text in found if is_money(text) or is_unit(text)), "")


def _money_of(text):
    """The currency of a price by the unit; other texts as they are."""
    money, slash, _unit = text.partition("/")
    return money.strip() if slash and is_money(money.strip()) else text


def is_money(text):
    """Whether a text that a format shows is a currency, or a thousand of it.

    >>> is_money("€"), is_money("SEK"), is_money("SKU"), is_money("KGS")
    (True, True, False, False)
    >>> is_money("TEUR"), is_money("万元")
    (True, True)
    """
    return _is_currency(text) or any(
        text.casefold().startswith(word) and _is_currency(text[len(word) :].strip())
        for word in MULTIPLES
    )


def _is_currency(text):
    is_known = text in _CODES or text.casefold() in _MONEY
    return is_known or bool(_SIGN.fullmatch(text))


def is_unit(text):
    """Whether a text that a format shows is a unit.

    >>> is_unit("pcs."), is_unit("/kg"), is_unit("€")
    (True, False, False)
    """
    return "/" not in text and word_key(text) in _UNITS


def as_shown(cell, shown):
    """A number as its format shows it.

    >>> as_shown(0.95, "%"), as_shown(45, "00000"), str(as_shown(5, "€"))
    ('95%', '00045', '5.0 €')

    Who types “Mar-26” gets the first of a month that no cell shows.

    >>> str(as_shown(datetime.datetime(2026, 3, 1), "month"))
    '2026-03'
    """
    if isinstance(cell, datetime.datetime) and shown == MONTH:
        is_first = cell.day == 1 and cell.time() == datetime.time()
        return MonthOnly(cell.year, cell.month, 1) if is_first else cell
    if not isinstance(cell, (int, float)) or isinstance(cell, bool):
        return cell
    if shown == PERCENT:
        return f"{round(cell * 100, 6):g}%"
    if _ZEROS.match(shown):
        is_whole = float(cell).is_integer() and cell >= 0
        return str(int(cell)).zfill(len(shown)) if is_whole else cell
    return Worded(cell, shown)


def has_word_of(cell, is_price):
    """Whether what stands beside a number is of its kind: money, or units.

    Some columns have the format of another one. What somebody typed is always meant.
    """
    return not isinstance(cell, Worded) or is_money(cell.word) == is_price


def without_word(cell):
    """A cell with a name: what the format of a number shows is no part of it.

    >>> without_word(Worded(45, "pcs")), without_word("45 pcs")
    (45.0, '45 pcs')
    """
    return float(cell) if isinstance(cell, Worded) else cell
