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
# The country before a VAT number, which many leave out.
_PREFIX = re.compile(r"[A-Z]{2}(?=[0-9])", re.ASCII)


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
        #: Their numbers -> all that are known.
        self.known = {}
        self._by_registry = defaultdict(dict)
        self._by_tax = defaultdict(dict)
        self._by_name = defaultdict(dict)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate):
        """Know one more, or how one that is known is called now."""
        if before := self.known.get(candidate.id):
            for index, key in self._places(before):
                del index[key][candidate.id]
        self.known[candidate.id] = candidate
        for index, key in self._places(candidate):
            index[key][candidate.id] = candidate

    def _places(self, candidate):
        """Return pairs of an index and the key that a candidate has there."""
        places = (
            (self._by_registry, normalise_vat(candidate.registry)),
            (self._by_tax, normalise_vat(candidate.tax)),
            (self._by_name, normalise_name(candidate.name)),
        )
        return [(index, key) for index, key in places if key]

    def match(self, key):
        """Return the candidate that is meant, or None if nobody is.

        :param Key key: what is known
        :raises Wrong: several fit, or one whose number is another one
        """
        found = self._by_numbers(key)
        if len(found) == 1 and _numbers_differ(key, found[0]):
            raise Wrong("numbers_differ", value=key.label, candidates=found)
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
        return _living(one for one in found.values() if not _countries_differ(key, one))


def _living(candidates):
    """Those that are not archived, or all if none is left, in a lasting order."""
    candidates = sorted(candidates, key=lambda one: one.id)
    return [one for one in candidates if one.active] or candidates


def _differ(first, second):
    return bool(first and second and first != second)


def _contradicts(key, candidate):
    """Whether somebody of this name is somebody else."""
    return _numbers_differ(key, candidate) or _countries_differ(key, candidate)


def _countries_differ(key, candidate):
    return _differ(key.country.upper(), candidate.country.upper())


def _numbers_differ(key, candidate):
    """Whether a number is another one there, and not the one of the other kind."""
    registry, tax = normalise_vat(candidate.registry), normalise_vat(candidate.tax)
    return any(
        _differ(given, own) and not any(_are_one(given, one) for one in (registry, tax))
        for given, own in (
            (normalise_vat(key.registry), registry),
            (normalise_vat(key.tax), tax),
        )
    )


def _are_one(first, second):
    """Whether two numbers are the same, but for the country before one of them."""
    return first in (second, _bare(second)) or second == _bare(first)


def _bare(number):
    return _PREFIX.sub("", number, count=1)
