# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was delivered, added up by whom and what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Deliveries, added up.

    >>> tally = Tally()
    >>> tally.add(days=0)
    >>> tally.add(days=4, weight=0.5)
    >>> tally.count, tally.late_count, tally.weight, tally.late, tally.days
    (2, 1, 1.5, 0.5, 2.0)
    >>> tally.add(days=2, tolerance=3)
    >>> tally.count, tally.late_count
    (3, 1)

    :param count: how many deliveries
    :param late_count: how many of them came late
    :param weight: what they weigh, those of long ago less than 1 each
    :param late: what the late ones weigh
    :param days: days late, times weight
    :param square: squared days late, times weight
    """

    count: int = 0
    late_count: int = 0
    weight: float = 0.0
    late: float = 0.0
    days: float = 0.0
    square: float = 0.0

    def add(self, days: float, weight: float = 1.0, tolerance: int = 0) -> None:
        """Add one delivery.

        :param days: days after the promise; 0 is on time
        :param weight: what it weighs
        :param tolerance: days after the promise that are not late yet
        """
        is_late = days > tolerance
        self.count += 1
        self.late_count += is_late
        self.weight += weight
        if is_late:
            self.late += weight
            self.days += weight * days
            self.square += weight * days * days

    def include(self, other: Tally) -> None:
        """Add the deliveries of another tally."""
        self.count += other.count
        self.late_count += other.late_count
        self.weight += other.weight
        self.late += other.late
        self.days += other.days
        self.square += other.square

    def __sub__(self, other: Tally) -> Tally:
        """Return what is left; where nothing is, rounding leaves nothing either."""
        count = self.count - other.count
        late_count = self.late_count - other.late_count
        if not count:
            return Tally()
        weight = max(0.0, self.weight - other.weight)
        if not late_count:
            return Tally(count, 0, weight)
        return Tally(
            count,
            late_count,
            weight,
            min(weight, max(0.0, self.late - other.late)),
            max(0.0, self.days - other.days),
            max(0.0, self.square - other.square),
        )

    def times(self, factor: float) -> Tally:
        """Return the same deliveries, each of which weighs so much more or less."""
        return Tally(
            self.count,
            self.late_count,
            self.weight * factor,
            self.late * factor,
            self.days * factor,
            self.square * factor,
        )

    @property
    def rate(self) -> float | None:
        """The weighted share that came late; ``None`` where nothing came."""
        return self.late / self.weight if self.weight > 0 else None


class Book:
    """Tallies by all that a forecast compares: supplier, product, category.

    :param factor: what every delivery weighs now, in relation to when it was added
    """

    def __init__(self) -> None:
        self.factor = 1.0
        self.all = Tally()
        self.categories = defaultdict(Tally)
        self.suppliers = defaultdict(Tally)
        self.supplier_categories = defaultdict(Tally)
        self.products = defaultdict(Tally)
        self.categories_of = defaultdict(set)

    def add(self, key, tally: Tally) -> None:
        """Add deliveries.

        :param Key key: of whom and what
        """
        for group in (
            self.all,
            self.categories[key.category],
            self.suppliers[key.supplier],
            self.supplier_categories[key.supplier, key.category],
            self.products[key.supplier, key.product],
        ):
            group.include(tally)
        self.categories_of[key.supplier].add(key.category)

    def levels(self, key) -> tuple[Tally, Tally, Tally, Tally]:
        """Return the deliveries of each level, each in the innermost only.

        :param Key key: whose forecast is wanted
        :return: others, peers, supplier, product, see ``LEVELS``
        """
        none = Tally()
        supplier = self.suppliers.get(key.supplier, none)
        product = self.products.get((key.supplier, key.product), none)
        category = self.categories.get(key.category, none)
        both = self.supplier_categories.get((key.supplier, key.category), none)
        peers = category - both
        others = (self.all - supplier) - peers
        levels = (others, peers, supplier - product, product)
        if self.factor == 1:
            return levels
        return tuple(level.times(self.factor) for level in levels)
