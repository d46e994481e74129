# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers of registers and of tax offices."""

import re

from .text import fold

_LEAST = 5
# As tax offices write them, where it is not the code of the country.
_PREFIXES = {"GR": ("EL", "GR")}


def normalise_number(text, country=""):
    """Return a registry number or tax id as it is compared.

    Blanks, hyphens, width and case make no difference, nor does the code of its own
    country before it. What is too short or one character over and over is no number:
    people write such things into fields they must fill in.

    :param str text: as somebody wrote it; None or "": none
    :param str country: ISO 3166 code of the country that gave it, if known
    :return: str, "" for none

    >>> normalise_number("DE 123 456 789", "DE")
    '123456789'
    >>> normalise_number("91320594MA1ｍ7x2k3p", "CN")
    '91320594MA1M7X2K3P'
    >>> normalise_number("00000000"), normalise_number("n/a")
    ('', '')
    """
    country = (country or "").upper()
    number = re.sub(r"[\W_]+", "", fold(text)).upper()
    for prefix in _PREFIXES.get(country, (country,)):
        rest = number.removeprefix(prefix)
        if rest[:1].isdigit():
            number = rest
    is_number = len(number) >= _LEAST and len(set(number)) > 1
    return number if is_number and any(map(str.isdigit, number)) else ""
