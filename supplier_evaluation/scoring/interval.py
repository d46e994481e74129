# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Confidence interval of a share."""

from __future__ import annotations

import math

#: Two-sided 95 % quantile of the standard normal distribution.
Z95 = 1.959963984540054


def wilson(share: float, n_eff: float, z: float = Z95) -> tuple[float, float]:
    """Return the Wilson score interval of an observed share.

    Unlike the textbook interval it stays inside [0, 1] and keeps a width when every
    single record was good or bad, which is the usual case for a small supplier.

    Source: E. B. Wilson (1927), "Probable Inference, the Law of Succession, and
    Statistical Inference", Journal of the American Statistical Association 22 (158),
    209-212. Weighted records enter with their effective number (Kish 1965), which
    need not be an integer.

    :param share: the observed share, a fraction in [0, 1]
    :param n_eff: effective number of records, any real number above 0
    :param z: normal quantile; the default is the 95 % interval
    :return: ``(low, high)``, fractions with 0 <= low <= share <= high <= 1
    :raise ValueError: an argument is outside its range or not a finite number

    >>> low, high = wilson(0.541885, 5.5497)
    >>> round(100 * low, 2), round(100 * high, 2)
    (20.56, 84.39)
    >>> low, high = wilson(1.0, 3)
    >>> round(low, 4), high
    (0.4385, 1.0)
    >>> wilson(0.5, 0)
    Traceback (most recent call last):
    ...
    ValueError: the effective sample must be a number above 0, not 0
    """
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"a share must be in 0..1, not {share}")
    if not 0.0 < n_eff < math.inf:
        raise ValueError(f"the effective sample must be a number above 0, not {n_eff}")
    if not 0.0 <= z < math.inf:
        raise ValueError(f"the quantile must be a number from 0, not {z}")
    # Both terms are multiplied by n_eff: dividing by it overflows for a tiny sample.
    divisor = n_eff + z * z
    centre = (share * n_eff + z * z / 2) / divisor
    half = z * math.sqrt(share * (1 - share) * n_eff + z * z / 4) / divisor
    # The exact bounds enclose the share; rounding must not push one past it.
    return (
        max(0.0, min(share, centre - half)),
        min(1.0, max(share, centre + half)),
    )
