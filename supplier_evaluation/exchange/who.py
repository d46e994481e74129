"""Finds out which of our suppliers another system means. Plain Python, no Odoo.

What two systems agree on is an identifier that was registered; else the number in a
register or for taxes; else the exact name. Where more than one fits, or a number
contradicts the name, a person is asked.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from ..importer.matcher import normalise_name, normalise_vat
from .checking import Wrong

# 统一社会信用代码: number in the register and for taxes at once.
_BOTH = re.compile(r"[0-9A-Z]{18}", re.ASCII)


@dataclass(frozen=True)
class Candidate:
    """A supplier that may be meant."""

    id: int
    name: str
    registry: str
    tax: str
    country: str
    active: bool = True


@dataclass(frozen=True)
class Key:
    """What a record says of a supplier."""

    registry: str = ""
    tax: str = ""
    name: str = ""
    country: str = ""

    @property
    def label(self):
        return self.name or self.registry or self.tax


class Who:
    """The suppliers by what they can be known by.

    :param candidates: iterable of :class:`Candidate`
    """

    def __init__(self, candidates=()):
        self._by_registry = defaultdict(dict)
        self._by_tax = defaultdict(dict)
        self._by_name = defaultdict(dict)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate):
        """Know one more."""
        for index, key in (
            (self._by_registry, normalise_vat(candidate.registry)),
            (self._by_tax, normalise_vat(candidate.tax)),
            (self._by_name, normalise_name(candidate.name)),
        ):
            if key:
                index[key][candidate.id] = candidate

    def match(self, key):
        """Return the candidate that is meant, or None if nobody is.

        :param Key key: what is known
        :raises Wrong: several fit, or one whose number is another one
        """
        found = self._by_numbers(key)
        if len(found) == 1:
            return found[0]
        if found:
            raise Wrong("several", value=key.label, candidates=found)
        found = _living(self._by_name.get(normalise_name(key.name), {}).values())
        if len(found) > 1:
            raise Wrong("several", value=key.label, candidates=found)
        if found and _contradicts(key, found[0]):
            raise Wrong("contradicts", value=key.label, candidates=found)
        return found[0] if found else None

    def _by_numbers(self, key):
        registry, tax = normalise_vat(key.registry), normalise_vat(key.tax)
        asked = [(self._by_registry, registry), (self._by_tax, tax)]
        if _BOTH.fullmatch(registry):
            asked.append((self._by_tax, registry))
        if _BOTH.fullmatch(tax):
            asked.append((self._by_registry, tax))
        found = {}
        for index, number in asked:
            if number:
                found.update(index.get(number, {}))
        return _living(
            one for one in found.values() if not _differ(one.country, key.country)
        )


def _living(candidates):
    """Those that are not archived, or all if none is left, in a lasting order."""
    candidates = sorted(candidates, key=lambda one: one.id)
    return [one for one in candidates if one.active] or candidates


def _differ(first, second):
    return bool(first and second and first != second)


def _contradicts(key, candidate):
    """Whether somebody of this name is somebody else."""
    return (
        _differ(normalise_vat(key.registry), normalise_vat(candidate.registry))
        or _differ(normalise_vat(key.tax), normalise_vat(candidate.tax))
        or _differ(key.country, candidate.country)
    )
