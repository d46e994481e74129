# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which lines of an order the goods of one product fill.

A clerk types what came of a product on one line, although it stands on several.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that waits for goods.

    :param key: what the caller knows it by
    :param float quantity: how much it waits for
    :param promised: by when; lines are filled in this order
    :param date open_until: last day on which it waits, before it was cancelled

    >>> OpenLine(1, 10, date(2026, 3, 20)).open_until
    datetime.date(9999, 12, 31)
    """

    key: int
    quantity: float
    promised: date
    open_until: date = date.max


def fill_lines(lines, receipts):
    """Say which line each receipt fills.

    Day by day a receipt first fills the line on which it was typed. What is too much
    there fills the other lines that are still open, in the order of their promises.
    What is left is too much on the line on which it was typed.

    :param lines: the :class:`OpenLine` of one product on one order
    :param receipts: ``(day, key of the line, quantity)``, in any order
    :return: ``[(day, key of the line, quantity)]`` in the order of days

    >>> lines = [
    ...     OpenLine(1, 10, date(2026, 3, 20)),
    ...     OpenLine(2, 10, date(2026, 3, 15)),
    ...     OpenLine(3, 10, date(2026, 3, 10)),
    ... ]
    >>> fill_lines(
    ...     lines, [(date(2026, 3, 9), 1, 25)]
    ... )  # doctest: +NORMALIZE_WHITESPACE
    [(datetime.date(2026, 3, 9), 1, 10),
     (datetime.date(2026, 3, 9), 3, 10),
     (datetime.date(2026, 3, 9), 2, 5)]
    """
    missing = {line.key: line.quantity for line in lines}
    waiting = sorted(lines, key=lambda line: (line.promised, line.key))
    by_day = defaultdict(lambda: defaultdict(int))
    for day, key, quantity in receipts:
        by_day[day][key] += quantity
    filled = []

    def fill(day, key, quantity):
        filled.append((day, key, quantity))
        missing[key] -= quantity

    for day, typed in sorted(by_day.items()):
        surplus = {}
        for key, quantity in sorted(typed.items()):
            own = max(0, min(quantity, missing[key]))
            if own:
                fill(day, key, own)
            surplus[key] = quantity - own
        for key, quantity in surplus.items():
            for line in waiting:
                part = min(quantity, missing[line.key])
                if part > 0 and day <= line.open_until:
                    fill(day, line.key, part)
                    quantity -= part
            if quantity > 0:
                fill(day, key, quantity)
    return filled
