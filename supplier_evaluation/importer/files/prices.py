"""Reads what the header of a column of prices says of them. Plain Python, no Odoo."""

import re

from .words import CURRENCIES

_IN_BRACKETS = re.compile(r"[(\[（【/,]\s*([^()\[\]（）【】/,]+)")
# “Price 2026/10” and “Preise per 10/2026” are of a month, and not for ten. A
# thousand has a separator, or is a word; “元/千克” is the price of a kilogram.
_COUNTED = r"(?=[个個件只隻支枚块塊粒片张張条根台套颗]|pcs|[^\w]|$)"
_PER = re.compile(
    r"(?:(?P<word>\b(?:per|pro|je|pour|por)\b|每)|/)\s*(?:"
    r"(?P<number>10{0,2}(?:[., '’]000)+|10+)"
    r"(?!\d|\s?/\s?\d|[.,-]\d|(?!(?:pcs?|ea|stk?|kg|g|m|l)\b)[a-z])"
    r"|(?P<thousand>(?:thousand|tausend|tsd|mille)\b|k(?=(?:pcs|ea|stk?)\b)"
    rf"|[千仟]{_COUNTED})"
    rf"|(?P<many>[万萬]{_COUNTED})"
    rf"|(?P<hundred>(?:hundred|hundert)\b|[百佰]{_COUNTED}))",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:US|HK|NT|S)?\$|[€£¥￥]", re.IGNORECASE)
_CODES = frozenset(code.casefold() for code in CURRENCIES) | {"rmb", "euro", "euros"}


def in_brackets(header):
    """What stands in brackets, or behind a stroke: a unit, or a currency.

    >>> in_brackets("Price (EUR/pc)"), in_brackets("Price")
    (['EUR', 'pc'], [])
    """
    return _IN_BRACKETS.findall(header)


def currency_words(header):
    """What may be a currency in a header, best first.

    >>> currency_words("unit_price_eur"), currency_words("Price [TEUR]")
    (['eur'], ['TEUR'])
    >>> currency_words("Preis in €"), currency_words("Unit Price (EUR per 1,000)")
    (['€'], ['EUR per 1', '000', 'EUR'])
    """
    words = [
        word for word in re.split(r"[\W\d_]+", header) if word.casefold() in _CODES
    ]
    found = [*in_brackets(header), *words, *_SIGN.findall(header)]
    return list(dict.fromkeys(found))


def price_per(header):
    """For how many the prices are.

    >>> price_per("Price (EUR/100)"), price_per("单价（元/千件）"), price_per("元/千克")
    (100, 1000, 1)
    >>> price_per("Price per 1,000"), price_per("Preis je Tausend"), price_per("x/10")
    (1000, 1000, 1)
    """
    found = _PER.search(header)
    if not found:
        return 1
    if number := found["number"]:
        count = int(re.sub(r"\D", "", number))
        return count if count > 10 or found["word"] else 1
    if found["hundred"]:
        return 100
    return 10_000 if found["many"] else 1_000
