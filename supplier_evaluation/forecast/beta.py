# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Beta distribution: how sure one can be of a share."""

from __future__ import annotations

import math

#: A probability is left out on each side of an interval: 95 % are inside.
TAIL = 0.025
_TINY = 1e-300
_STEPS = 400
_EXACT = 1e-12


def beta_share(x: float, a: float, b: float) -> float:
    """Return how much of a Beta distribution lies below ``x``.

    The regularised incomplete beta function, by its continued fraction: NIST Digital
    Library of Mathematical Functions, 8.17.22, evaluated as by W. J. Lentz (1976),
    Applied Optics 15 (3), 668-671.

    :param x: a fraction in [0, 1]
    :param a: first parameter, above 0
    :param b: second parameter, above 0
    :return: a fraction in [0, 1]
    :raise ValueError: an argument is outside its range

    >>> round(beta_share(0.25, 1, 1), 12)
    0.25
    >>> round(beta_share(0.5, 2, 3), 12)
    0.6875
    """
    if not (0 < a < math.inf and 0 < b < math.inf):
        raise ValueError(f"the parameters must be above 0, not {a} and {b}")
    if not 0 <= x <= 1:
        raise ValueError(f"a share must be in 0..1, not {x}")
    if x in (0, 1):
        return float(x)
    # The fraction converges fast on the left of the mean only.
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(1 - x, b, a) if x < 1 else 1.0
    front = math.exp(
        math.lgamma(a + b)
        - math.lgamma(a)
        - math.lgamma(b)
        + a * math.log(x)
        + b * math.log1p(-x)
    )
    return min(1.0, front / (a * _fraction(x, a, b)))


def _fraction(x, a, b):
    """Return the continued fraction ``1 + d1/(1 + d2/(1 + …))``."""
    value = above = 1.0
    below = 0.0
    for step in range(1, _STEPS):
        half, is_odd = divmod(step, 2)
        if is_odd:
            term = -(a + half) * (a + b + half) * x
            term /= (a + 2 * half) * (a + 2 * half + 1)
        else:
            term = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        below = 1 / (1 + term * below or _TINY)
        above = 1 + term / above or _TINY
        value *= above * below
        if abs(above * below - 1) < _EXACT:
            break
    return value


def beta_interval(
    mean: float, strength: float, tail: float = TAIL
) -> tuple[float, float]:
    """Return the credible interval of a share, with equal tails.

    The share is distributed as Beta(mean * strength, (1 - mean) * strength). Of a very
    lopsided distribution the mean is outside of the quantiles: then the interval
    reaches to it.

    :param mean: the expected share, a fraction in [0, 1]
    :param strength: how many records it is worth, above 0
    :param tail: how probable it is that the share is below, and above, the interval
    :return: ``(low, high)`` with 0 <= low <= mean <= high <= 1
    :raise ValueError: an argument is outside its range

    >>> low, high = beta_interval(0.5, 2)
    >>> round(low, 6), round(high, 6)
    (0.025, 0.975)
    >>> beta_interval(0.0, 5)
    (0.0, 0.0)
    """
    if not 0 <= mean <= 1:
        raise ValueError(f"a share must be in 0..1, not {mean}")
    if not 0 < tail < 0.5:
        raise ValueError(f"a tail must be between 0 and a half, not {tail}")
    a, b = mean * strength, (1 - mean) * strength
    if not (a > 0 and b > 0):
        return mean, mean
    return (
        min(mean, _quantile(tail, a, b)),
        max(mean, 1 - _quantile(tail, b, a)),
    )


def _quantile(share, a, b):
    """Return below what a share of the distribution lies, by halving."""
    low, high = 0.0, 1.0
    for _step in range(60):
        middle = (low + high) / 2
        if beta_share(middle, a, b) < share:
            low = middle
        else:
            high = middle
        if high - low < 1e-6 * high:
            break
    return (low + high) / 2
