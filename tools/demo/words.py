"""What the story says in other languages: a table of words, and no second story.

A supplier keeps its character: its name says in every language how it behaves.
"""

from __future__ import annotations

from .chinese import CHINESE

ENGLISH = "en_US"

TABLES = {"zh_CN": CHINESE}
LANGUAGES = (ENGLISH, *TABLES)


class Words:
    """Says in a language what the story says in English.

    :param lang: one of `LANGUAGES`
    """

    def __init__(self, lang: str = ENGLISH):
        self.lang = lang
        self._table = TABLES.get(lang, {})
        self._originals = {told: text for text, told in self._table.items()}

    def __call__(self, text: str, **values) -> str:
        """Return a text of the story; `values` fill the placeholders in it.

        :raises KeyError: the table has no word for it
        """
        told = text if self.lang == ENGLISH else self._table[text]
        return told % values if values else told

    def original(self, told: str) -> str:
        """The English of a text; what is not of the story stays as it is."""
        return self._originals.get(told, told)
