# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a KPI measured, built from the sums of one SQL aggregate.

A measure either has a value or it has *no data*: no data is never 0, and 0 is a
value.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

from .interval import wilson

#: A share this far outside [0, 1] is still the rounding of a sum, not an error.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Measure:
    """One KPI of one supplier.

    :param value: in the KPI's unit; ``None`` is *no data*
    :param numerator: what was divided, before the unit's factor
    :param denominator: what it was divided by
    :param n: number of counted records
    :param n_eff: effective number of records, see :func:`effective_sample`
    :param low: lower bound of the 95 % interval in the KPI's unit, or ``None``
    :param high: its upper bound, or ``None``

    >>> Measure(0.0, n=3).has_value, Measure(None).has_value
    (True, False)
    """

    value: float | None
    numerator: float = 0.0
    denominator: float = 0.0
    n: int = 0
    n_eff: float = 0.0
    low: float | None = None
    high: float | None = None

    @property
    def has_value(self) -> bool:
        """Whether there is data: a value of 0 is data."""
        return self.value is not None


def effective_sample(sum_w: float, sum_w2: float) -> float:
    """Return how many equally weighted records carry the same information.

    n_eff = (Σw)² / Σw². Source: L. Kish (1965), "Survey Sampling", Wiley, § 8.2.

    :param sum_w: Σw, the sum of the records' weights
    :param sum_w2: Σw², the sum of the squares of these weights
    :return: a number of records; 0 when there is no weight at all
    :raise ValueError: Σw² is negative

    >>> effective_sample(4.0, 4.0)  # four records of weight 1
    4.0
    >>> round(effective_sample(7640.0, 10517600.0), 4)
    5.5497
    >>> effective_sample(0.0, 0.0)
    0.0
    """
    if sum_w2 < 0:
        raise ValueError(f"a sum of squares cannot be negative: {sum_w2}")
    if not sum_w2:
        return 0.0
    return float(sum_w) / float(sum_w2) * float(sum_w)


def ratio(
    numerator: float,
    denominator: float,
    n: int,
    n_eff: float | None = None,
    factor: float = 1.0,
    share: bool = False,
) -> Measure:
    """Return numerator ÷ denominator: also the weighted mean Σwx ÷ Σw.

    :param numerator: Σ of the numerator (Σwx)
    :param denominator: Σ of the denominator (Σw)
    :param n: number of counted records
    :param n_eff: effective number of records; ``n`` when not given
    :param factor: the unit: 100 for %, 1e6 for ppm
    :param share: each record is a share in [0, 1]: add the Wilson 95 % interval.
        A result outside [0, 1] is no share, keeps its value and gets no interval
    :return: a measure without value if there is no record or the denominator is 0

    >>> ratio(120, 6640, n=10, factor=100).value
    1.8072289156626504
    >>> otd = ratio(4140, 7640, n=11, n_eff=5.5497, factor=100, share=True)
    >>> round(otd.value, 4), round(otd.low, 2), round(otd.high, 2)
    (54.1885, 20.56, 84.39)
    >>> ratio(0, 0, n=4).has_value
    False
    """
    numerator, denominator = float(numerator), float(denominator)
    n_eff = float(n if n_eff is None else n_eff)
    if n < 1 or not denominator:
        return Measure(None, numerator, denominator, n, n_eff)
    value = numerator / denominator
    low = high = None
    if share and n_eff > 0 and -_ROUNDING <= value <= 1 + _ROUNDING:
        value = min(max(value, 0.0), 1.0)
        low, high = (factor * bound for bound in wilson(value, n_eff))
    return Measure(factor * value, numerator, denominator, n, n_eff, low, high)


def mean(total: float, n: int, factor: float = 1.0, share: bool = False) -> Measure:
    """Return the mean of the records that have a value, each counting once.

    :param total: Σx
    :param n: number of records *that have an x* (not NULL in SQL)
    :param factor: the unit, as in :func:`ratio`
    :param share: as in :func:`ratio`
    :return: a measure without value if there is no record

    >>> mean(30.0, n=4).value
    7.5
    >>> mean(10, n=11, factor=100, share=True).value
    90.9090909090909
    >>> mean(0, n=0).has_value
    False
    """
    return ratio(total, n, n, factor=factor, share=share)


def variation(
    total: float, total_of_squares: float, n: int, factor: float = 100.0
) -> Measure:
    """Return the coefficient of variation: sample standard deviation ÷ mean.

    s² = (Σx² − (Σx)²/n) / (n − 1), Bessel's correction for a sample. The mean enters
    by its magnitude, so that negative records never look steadier than constant ones.

    The two sums nearly cancel when the records hardly vary. What is left below the
    rounding of the sums is noise of either sign, and is taken as no variation.

    :param total: Σx
    :param total_of_squares: Σx²
    :param n: number of records that have an x
    :param factor: the unit; 100 for %
    :return: a measure without value below two records or when the mean is 0;
        its numerator is the standard deviation and its denominator the mean

    >>> days = [9, 10.2, 18, 24, 25, 11, 17, 29, 8, 15]
    >>> round(variation(sum(days), sum(d * d for d in days), len(days)).value, 4)
    44.2962
    >>> variation(9, 81, 1).has_value
    False
    """
    total, total_of_squares = float(total), float(total_of_squares)
    if n < 2 or not total:
        return Measure(None, n=n, n_eff=float(n))
    centre = abs(total / n)
    spread = total_of_squares - total * (total / n)
    if spread <= n * sys.float_info.epsilon * total_of_squares:
        spread = 0.0
    deviation = math.sqrt(spread / (n - 1))
    return Measure(factor * deviation / centre, deviation, centre, n, float(n))


def total(value: float, n: int) -> Measure:
    """Return a sum or a count as a measure.

    ``n`` is what was observed, which need not be what was counted: no complaint in
    twelve receipts is ``total(0, 12)``, a value; nothing observed is no data.

    :param value: the sum, in the KPI's unit
    :param n: number of observed records
    :return: a measure without value if nothing was observed

    >>> total(0, 12).value
    0.0
    >>> total(0, 0).has_value
    False
    """
    value = float(value)
    return Measure(value if n >= 1 else None, value, 1.0, n, float(n))
