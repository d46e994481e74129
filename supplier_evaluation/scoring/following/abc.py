# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ABC analysis: which few make up most of the whole (Pareto)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

LIMITS = (80.0, 95.0)
CLASSES = ("a", "b", "c")


def classify(
    amounts: Mapping[object, float], limits: tuple[float, float] = LIMITS
) -> dict[object, str]:
    """Return the class of each, by its share of the whole.

    The largest that together make up the first limit are A; who carries the sum over
    it still is. Equal amounts have the same class. Who has nothing has no class.

    :param amounts: spend or orders of each; not negative ones count
    :param limits: per cent of the whole up to which A and B go
    :raise ValueError: the limits are not in order

    >>> classify({"x": 80, "y": 15, "z": 5, "nobody": 0})
    {'x': 'a', 'y': 'b', 'z': 'c'}
    """
    first, second = limits
    if not 0 < first <= second <= 100:
        raise ValueError(f"the limits are not in order: {limits}")
    same = defaultdict(list)
    for key, amount in amounts.items():
        if amount and amount > 0:
            same[amount].append(key)
    whole = sum(amount * len(keys) for amount, keys in same.items())
    classes, before = {}, 0.0
    for amount in sorted(same, reverse=True):
        share = 100 * before / whole
        # Binary noise of a sum is no share.
        name = "a" if share < first - 1e-9 else "b" if share < second - 1e-9 else "c"
        classes.update(dict.fromkeys(same[amount], name))
        before += amount * len(same[amount])
    return classes
