# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether something helped: a figure before and after it."""

from __future__ import annotations

from ..trend import exceeds_interval

BETTER, WORSE, UNPROVEN = "better", "worse", "unproven"


def effect(
    before: float | None,
    after: float | None,
    low: float | None = None,
    high: float | None = None,
    higher_is_better: bool = True,
) -> str:
    """Return whether a figure got better or worse by more than chance.

    :param before: the figure before; ``None`` is no data
    :param after: the figure after; ``None`` is no data
    :param low: lower bound of the interval of the figure after; ``None`` is none
    :param high: its upper bound
    :param higher_is_better: in which direction it gets better
    :return: ``better``, ``worse`` or ``unproven``: what lies within the interval may
        be chance, and no data proves nothing

    >>> effect(62.1, 91.0, 85.0, 95.0), effect(90.0, 91.0, 85.0, 95.0)
    ('better', 'unproven')
    >>> effect(3.2, 8.5, higher_is_better=False), effect(None, 91.0)
    ('worse', 'unproven')
    """
    if not exceeds_interval(after, before, low, high):
        return UNPROVEN
    return BETTER if (after > before) == higher_is_better else WORSE
