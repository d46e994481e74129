# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether the evidence carries the score."""

from __future__ import annotations

#: Coverage is a quotient of sums: this much below the floor is rounding.
_ROUNDING = 1e-9


def is_provisional(
    coverage: float,
    coverage_floor: float,
    delivery_lines: int | None,
    minimum_lines: int,
) -> bool:
    """Return whether there is too little evidence for a rank or a consequence.

    :param coverage: share of the weight that has data, 0…1
    :param coverage_floor: the template's floor, 0…1
    :param delivery_lines: counted delivery lines; ``None`` when the template scores
        no delivery, and then they are not asked for
    :param minimum_lines: the template's minimum of them
    :return: ``True`` below the floor or below the minimum; at either is enough
    :raise ValueError: coverage or floor is outside 0…1 (percent by mistake)

    >>> is_provisional(0.8, 0.6, delivery_lines=11, minimum_lines=5)
    False
    >>> is_provisional(0.8, 0.6, delivery_lines=4, minimum_lines=5)
    True
    >>> is_provisional(0.59, 0.6, delivery_lines=None, minimum_lines=5)
    True
    """
    for share in (coverage, coverage_floor):
        if not 0 <= share <= 1:
            raise ValueError(f"a coverage must be in 0..1, not {share}")
    if coverage < coverage_floor - _ROUNDING:
        return True
    return delivery_lines is not None and delivery_lines < minimum_lines
