# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether there are people enough for all the places that have to be filled."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence


def can_be_seated(places: Sequence[Collection[Hashable]]) -> bool:
    """Whether each place can be given to another one of the people it names.

    A maximum matching by augmenting paths: whoever has a seat already may find
    another one, and leave it to somebody who has no choice.

    :param places: for each place, who may take it; one person takes one place

    >>> can_be_seated([("Ann", "Bob"), ("Ann",)])
    True
    >>> can_be_seated([("Ann",), ("Ann",)])
    False
    """
    seated: dict[Hashable, int] = {}

    def seat(place: int, asked: set[Hashable]) -> bool:
        for person in places[place]:
            if person in asked:
                continue
            asked.add(person)
            if person not in seated or seat(seated[person], asked):
                seated[person] = place
                return True
        return False

    return all(seat(place, set()) for place in range(len(places)))
