# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who looks like whom, and why."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from .mail import mail_domain, normalise_mail
from .name import normalise_name
from .number import normalise_number
from .phone import normalise_phone

#: Why two may be one, the strongest reason first.
REASONS = ("registry", "tax_id", "name", "phone", "mail", "mail_domain")
#: A phone or mail address that more have than so many tells nothing.
_SHARED = 10
_WEAK = frozenset(("phone", "mail", "mail_domain"))


@dataclass(frozen=True)
class Party:
    """A company as somebody wrote it down.

    ``key`` is whatever tells it from the others; ``country`` an ISO 3166 code. What is
    not known stays empty. ``phones`` and ``mails`` are those of the company and of its
    contacts.

    >>> acme = Party(1, name="Acme GmbH", country="DE", phones=("089 123456",))
    >>> sorted(acme.traces)
    [('name', 'acme'), ('phone', '+4989123456')]
    """

    key: object
    name: str = ""
    country: str = ""
    registry: str = ""
    tax_id: str = ""
    phones: tuple = ()
    mails: tuple = ()

    @cached_property
    def traces(self):
        """What of it is compared: pairs of a kind and a normalised text.

        A registry number and a tax id are of one kind: in China they are one number,
        and people write either into the field of the other.
        """
        country = self.country
        found = {
            ("name", normalise_name(self.name).replace(" ", "")),
            ("number", normalise_number(self.registry, country)),
            ("number", normalise_number(self.tax_id, country)),
        }
        found.update(("phone", normalise_phone(one, country)) for one in self.phones)
        found.update(("mail", normalise_mail(one)) for one in self.mails)
        found.update(("mail_domain", mail_domain(one)) for one in self.mails)
        return frozenset(trace for trace in found if trace[1])

    @cached_property
    def _registry(self):
        return normalise_number(self.registry, self.country)


@dataclass(frozen=True)
class Candidate:
    """A known company that may be the one asked about, and why.

    ``reasons`` are of :data:`REASONS`, the strongest first.

    >>> Candidate(7, ("tax_id", "name")).strength > Candidate(8, ("name",)).strength
    True
    """

    key: object
    reasons: tuple

    @property
    def strength(self):
        """Greater for a stronger first reason, then for more of them."""
        return -REASONS.index(self.reasons[0]), len(self.reasons)


class Known:
    """Companies that others are compared with, looked up by their traces.

    >>> known = Known([Party(1, name="Acme GmbH"), Party(2, name="Other Ltd")])
    >>> known.candidates(Party("new", name="ACME, Inc."))
    [Candidate(key=1, reasons=('name',))]
    """

    def __init__(self, parties):
        self._by_trace = defaultdict(dict)
        self._parties = {}
        for party in parties:
            self._parties[party.key] = party
            for trace in party.traces:
                self._by_trace[trace][party.key] = party

    def candidates(self, party):
        """Return who may be the party, the most likely first; itself never.

        :rtype: list[Candidate]
        """
        reasons = defaultdict(set)
        for trace in party.traces:
            for key, other in self._telling(trace).items():
                if key != party.key and (reason := _reason(trace, party, other)):
                    reasons[key].add(reason)
        found = [
            Candidate(key, tuple(reason for reason in REASONS if reason in why))
            for key, why in reasons.items()
        ]
        return sorted(found, key=lambda one: one.strength, reverse=True)

    def pairs(self):
        """Return which of the known look like each other, the most likely first.

        Each pair once, in the order the parties came in.

        :rtype: list[tuple]: key, key, reasons
        """
        place = {key: number for number, key in enumerate(self._parties)}
        found = [
            (key, candidate)
            for key, party in self._parties.items()
            for candidate in self.candidates(party)
            if place[key] < place[candidate.key]
        ]
        found.sort(key=lambda pair: pair[1].strength, reverse=True)
        return [(key, other.key, other.reasons) for key, other in found]

    def _telling(self, trace):
        sharing = self._by_trace.get(trace, {})
        shared_by_many = trace[0] in _WEAK and len(sharing) > _SHARED
        return {} if shared_by_many else sharing


def _reason(trace, party, other):
    """Return the reason that a trace of both is, or None if it is none.

    Registers of two countries give the same number to two companies.
    """
    kind, text = trace
    if kind != "number":
        return kind
    if party.country and other.country and party.country != other.country:
        return None
    return "registry" if text in (party._registry, other._registry) else "tax_id"


def candidates(party, known):
    """Return which of the known companies may be the party, and why.

    For many parties, make one :class:`Known` and ask that.

    :param Party party: who is asked about; its own key is left out
    :param known: iterable of :class:`Party`
    :rtype: list[Candidate], the most likely first

    >>> new = Party("new", name="华翔精密（苏州）有限公司", phones=("0512-88889999",))
    >>> old = Party(5, name="华翔精密(苏州)", phones=("0512 8888 9999",))
    >>> candidates(new, [old])
    [Candidate(key=5, reasons=('name', 'phone'))]
    """
    return Known(known).candidates(party)


def pairs(parties):
    """Return which of many companies look like each other; see :meth:`Known.pairs`.

    >>> pairs([Party(1, tax_id="DE123456789"), Party(2, tax_id="de 123 456 789")])
    [(1, 2, ('tax_id',))]
    """
    return Known(parties).pairs()
