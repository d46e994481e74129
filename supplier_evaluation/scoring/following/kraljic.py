# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Impact and supply risk of a supplier, after Kraljic's matrix.

P. Kraljic, "Purchasing must become supply management", HBR 1983: what is bought is
placed by its impact on profit and by the risk of its supply. Here suppliers are.
"""

from __future__ import annotations

from math import log10

#: Points from which on impact and risk are high.
MIDDLE = 50.0
#: What each part weighs in the risk; a part that is not known drops out.
WEIGHTS = {"dependency": 60, "performance": 25, "certification": 15}
QUADRANTS = ("strategic", "leverage", "bottleneck", "routine")


def impact(share: float | None) -> float | None:
    """Return the impact of a supplier, 0…100, from its share of all spend.

    Logarithmic: 1 % of the spend is halfway, 100 % is 100, a ten-thousandth is 0.

    :param share: 0…1; ``None`` or 0 is none

    >>> impact(1.0), impact(0.01), impact(0.0001), impact(None)
    (100.0, 50.0, 0.0, None)
    """
    if not share or share <= 0:
        return None
    return round(min(100.0, max(0.0, 100 * (1 + log10(share) / 4))), 2)


def risk(
    substitutes: int | None, score: float | None, is_certified: bool | None
) -> float | None:
    """Return the supply risk of a supplier, 0…100.

    :param substitutes: other approved sources of the product that has fewest; ``None``
        is not known
    :param score: 0…100, firm; ``None`` is not known
    :param is_certified: ``None`` is not known, as where none is asked for

    >>> risk(0, 100, True), risk(3, 100, True), risk(1, None, None)
    (60.0, 0.0, 66.67)
    """
    parts = {
        "dependency": None
        if substitutes is None
        else {0: 100.0, 1: 200 / 3, 2: 100 / 3}.get(substitutes, 0.0),
        "performance": None if score is None else 100.0 - score,
        "certification": None if is_certified is None else 100.0 * (not is_certified),
    }
    known = {name: value for name, value in parts.items() if value is not None}
    if not known:
        return None
    weight = sum(WEIGHTS[name] for name in known)
    return round(
        sum(WEIGHTS[name] * value for name, value in known.items()) / weight, 2
    )


def quadrant(impact_: float | None, risk_: float | None) -> str | None:
    """Return where a supplier is in the matrix, or ``None``.

    >>> quadrant(80, 20), quadrant(50, 50), quadrant(49.9, 50), quadrant(None, 50)
    ('leverage', 'strategic', 'bottleneck', None)
    """
    if impact_ is None or risk_ is None:
        return None
    if impact_ >= MIDDLE:
        return "strategic" if risk_ >= MIDDLE else "leverage"
    return "bottleneck" if risk_ >= MIDDLE else "routine"
