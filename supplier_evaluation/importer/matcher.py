"""Finds the supplier that a row names, or says why not. Plain Python, no Odoo."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from .cells import CellProblem, reference

_ACCENTS = re.compile("[\u0300-\u036f]")
_DROPPED = re.compile(r"[.'’`´]")
_NOT_WORD = re.compile(r"[^\w&+]+|_+")

# “100234 Harbour Metals”, “100234 - Harbour Metals”, “Harbour Metals (100234)”.
_BOTH = (
    re.compile(r"(?P<ref>\S+)(?:\s*[-–—:|/]\s*|\s+)(?P<name>\S.*)$"),
    re.compile(r"(?P<name>.*\S)\s*[(\[（【]\s*(?P<ref>[^()（）\[\]]+?)\s*[)\]）】]$"),
    re.compile(r"(?P<name>.*\S)\s+[-–—|/]\s*(?P<ref>\S+)$"),
)


@dataclass(frozen=True)
class Candidate:
    """A commercial entity that may be meant."""

    id: int
    name: str
    ref: str
    vat: str
    active: bool


@dataclass(frozen=True)
class SupplierKey:
    """What a row says about its supplier; ``anything`` is one of the other three."""

    ref: str = ""
    vat: str = ""
    name: str = ""
    anything: str = ""

    @property
    def label(self):
        return self.name or self.anything or self.ref or self.vat

    @property
    def new_name(self):
        """The name a new supplier would get."""
        return " ".join((self.name or self.anything).split())


def normalise_name(text):
    """A name without case, accents, punctuation and double spaces.

    The legal form stays: two companies may differ in nothing else.

    >>> normalise_name("Société  Générale, S.A.")
    'societe generale sa'
    >>> normalise_name("B&C Group B.V.") == normalise_name("b & c group BV")
    True
    """
    text = unicodedata.normalize("NFKD", text or "").casefold()
    text = _DROPPED.sub("", _ACCENTS.sub("", text))
    text = re.sub(r"[&+]", r" \g<0> ", text)
    return " ".join(_NOT_WORD.sub(" ", text).split())


def normalise_vat(text):
    """A VAT number without spaces and punctuation; without a digit it is none.

    >>> normalise_vat("be 0477.472.701"), normalise_vat("n/a")
    ('BE0477472701', '')
    """
    text = "".join(char for char in (text or "") if char.isalnum()).upper()
    return text if any(char.isdigit() for char in text) else ""


def normalise_ref(text):
    """A reference as files are read, whatever its case.

    >>> normalise_ref("V-１"), normalise_ref("1001.0")
    ('v-1', '1001')
    """
    return reference(text).casefold()


def _number(text):
    """A reference of digits only, without the zeros before it.

    >>> _number("0000100234"), _number("V-007"), _number("000")
    ('100234', '', '')
    """
    text = reference(text)
    return text.lstrip("0") if text.isdecimal() else ""


class SupplierMatcher:
    """Looks for suppliers by reference, then VAT number, then exact name.

    :param candidates: iterable of :class:`Candidate`
    """

    def __init__(self, candidates):
        self.by_ref = defaultdict(list)
        # Programs fill numbers up with zeros, and others take them away.
        self.by_number = defaultdict(list)
        self.by_vat = defaultdict(list)
        self.by_name = defaultdict(list)
        self._cache = {}
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate):
        """Know one more."""
        for index, key in (
            (self.by_ref, normalise_ref(candidate.ref)),
            (self.by_number, _number(candidate.ref)),
            (self.by_vat, normalise_vat(candidate.vat)),
            (self.by_name, normalise_name(candidate.name)),
        ):
            if key:
                index[key].append(candidate)
        self._cache.clear()

    def match(self, key):
        """The candidate that ``key`` means, or None if nobody does.

        An archived one is meant only if no active one is.

        :raise CellProblem: if it may mean several, or says nothing
        """
        if key not in self._cache:
            try:
                self._cache[key] = self._match(key)
            except CellProblem as problem:
                self._cache[key] = problem.fresh()
        result = self._cache[key]
        if isinstance(result, CellProblem):
            raise result.fresh()
        return result

    def _match(self, key):
        # A column called “Vendor” has names, or numbers, or both.
        is_alone = normalise_name(key.name) and not (key.ref or key.vat or key.anything)
        anything = key.name if is_alone else key.anything
        asked = (
            (self.by_ref, normalise_ref(key.ref)),
            (self.by_number, _number(key.ref)),
            (self.by_vat, normalise_vat(key.vat)),
            (self.by_name, normalise_name(key.name)),
            (self.by_ref, normalise_ref(anything)),
            (self.by_number, _number(anything)),
            (self.by_vat, normalise_vat(anything)),
            (self.by_name, normalise_name(anything)),
        )
        if not any(value for _index, value in asked):
            raise CellProblem("supplier_missing")
        for index, value in asked:
            found = index.get(value, []) if value else []
            active = [candidate for candidate in found if candidate.active]
            if len(active or found) == 1:
                return (active or found)[0]
            if found:
                raise CellProblem(
                    "supplier_ambiguous", value=key.label, candidates=found
                )
        return self._match_both(anything)

    def _match_both(self, text):
        """The candidate whose reference and name stand in one cell, if both agree."""
        for pattern in _BOTH:
            if found := pattern.match(text):
                ref, name = found["ref"], normalise_name(found["name"])
                known = self.by_ref.get(normalise_ref(ref), [])
                known = known or self.by_number.get(_number(ref), [])
                agreed = [one for one in known if normalise_name(one.name) == name]
                active = [candidate for candidate in agreed if candidate.active]
                if len(active or agreed) == 1:
                    return (active or agreed)[0]
        return None
