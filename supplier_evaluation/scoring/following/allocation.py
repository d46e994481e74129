# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Shares of a demand among suppliers: by score, within floors and caps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WHOLE = 10_000  # hundredths of a per cent
STEPS = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may get a share.

    :param weight: what shares are in proportion to, not negative
    :param floor: per cent that it gets at least
    :param cap: per cent that it gets at most
    """

    weight: float
    floor: float = 0.0
    cap: float = 100.0


def allocate(candidates: Mapping[object, Candidate]) -> dict[object, float]:
    """Return the share of each, in per cent: together exactly 100.

    Shares are in proportion to the weights where floors and caps allow it; what these
    take or leave goes to the others in proportion (water filling).

    :raise ValueError: no shares fit: ``floors``, ``caps``, or a floor above its cap

    >>> allocate({"x": Candidate(90), "y": Candidate(60)})
    {'x': 60.0, 'y': 40.0}
    >>> allocate({"x": Candidate(9, cap=50), "y": Candidate(6), "z": Candidate(0, 10)})
    {'x': 50.0, 'y': 40.0, 'z': 10.0}
    """
    keys = list(candidates)
    floors = [round(candidates[key].floor * 100) for key in keys]
    caps = [min(WHOLE, round(candidates[key].cap * 100)) for key in keys]
    if any(floor > cap for floor, cap in zip(floors, caps, strict=True)):
        raise ValueError("a floor is above its cap")
    if sum(floors) > WHOLE:
        raise ValueError("floors")
    if sum(caps) < WHOLE:
        raise ValueError("caps")
    weights = [max(0.0, candidates[key].weight) for key in keys]
    if not any(weights):
        weights = [1.0] * len(keys)
    exact = _fill(weights, floors, caps)
    return dict(zip(keys, _rounded(exact, weights, caps), strict=True))


def _fill(weights, floors, caps):
    """Return the exact shares; whoever has no weight gets what no other may have."""
    bound = [
        cap if weight else floor
        for weight, floor, cap in zip(weights, floors, caps, strict=True)
    ]
    if sum(bound) < WHOLE:
        rest = WHOLE - sum(bound)
        idle = [index for index, weight in enumerate(weights) if not weight]
        room = [caps[index] - floors[index] for index in idle]
        for index, free in zip(idle, room, strict=True):
            bound[index] += rest * free / sum(room)
        return bound

    def shares(level):
        return [
            min(cap, max(floor, level * weight))
            for weight, floor, cap in zip(weights, floors, caps, strict=True)
        ]

    low, high = 0.0, WHOLE / min(weight for weight in weights if weight)
    for _step in range(STEPS):
        middle = (low + high) / 2
        if sum(shares(middle)) < WHOLE:
            low = middle
        else:
            high = middle
    return shares(high)


def _rounded(exact, weights, caps):
    """Return shares in hundredths that add up, the largest remainders first."""
    whole = [int(share + 1e-6) for share in exact]
    order = sorted(
        range(len(exact)),
        key=lambda index: (whole[index] - exact[index], -weights[index]),
    )
    missing = WHOLE - sum(whole)
    while missing > 0:
        for index in order:
            if missing and whole[index] < caps[index]:
                whole[index] += 1
                missing -= 1
    return [share / 100 for share in whole]
