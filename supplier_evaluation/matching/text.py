# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What all comparisons begin with: one form of every character."""

import unicodedata

# Accents of Latin, Greek and Cyrillic; not the voicing marks of kana.
_ACCENTS = range(0x0300, 0x0370)


def fold(text):
    """Return a text without differences of width, case and accents.

    :param str text: anything that people write; None is nothing
    :return: str; folding it again changes nothing

    >>> fold("ＡＣＭＥ　Müller㈱")
    'acme muller(株)'
    """
    text = text or ""
    while (folded := _fold_once(text)) != text:
        text = folded
    return text


def _fold_once(text):
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in parts if ord(char) not in _ACCENTS)
    return unicodedata.normalize("NFKC", bare.casefold())
