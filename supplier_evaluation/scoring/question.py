# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a KPI asks of the facts, and what the answer for one supplier means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .measure import Measure, effective_sample, mean, ratio, total, variation

#: Number of counted records.
COUNT = "__count"
#: Σw²; a ratio over it carries the effective sample.
WEIGHT_SQUARE = "weight_square:sum"


@dataclass(frozen=True, slots=True)
class KpiQuestion:
    """A KPI as sums over facts.

    :param code: of the KPI
    :param aggregator: ``ratio``, ``mean``, ``cv``, ``sum`` or ``count``
    :param numerator: aggregate that is divided, averaged, varied or summed
    :param denominator: aggregate that divides; for ``cv``, the sum of squares
    :param counted: aggregate that counts the records behind the figure; none given:
        for ``ratio`` the denominator is their number, for the others it is all
    :param unweighted: aggregate that is averaged instead when all weights are 0
    :param is_weighted: the denominator is the sum of weights
    :param factor: 100 for percent, 10⁶ for ppm
    :param share: the value is a share of records and carries an interval

    >>> KpiQuestion("orders", "count").measure({"__count": 3}).value
    3.0
    """

    code: str
    aggregator: str
    numerator: str = ""
    denominator: str = ""
    counted: str = ""
    unweighted: str = ""
    is_weighted: bool = False
    factor: float = 1.0
    share: bool = False

    def aggregates(self) -> list[str]:
        """Return the aggregates that :meth:`measure` needs.

        >>> KpiQuestion("otd", "ratio", "w_otd:sum", "w:sum", "w:count").aggregates()
        ['w_otd:sum', 'w:sum', 'w:count']
        >>> KpiQuestion("orders", "count").aggregates()
        ['__count']
        """
        specs = [self.numerator, self.denominator, self.counted, self.unweighted]
        if self.aggregator in ("count", "sum") and not self.counted:
            specs.append(COUNT)
        if self.is_weighted:
            specs.append(WEIGHT_SQUARE)
        return [spec for spec in specs if spec]

    def measure(self, values: Mapping[str, float | None]) -> Measure:
        """Return the measure of one supplier.

        :param values: the aggregates of its counted facts; None is a sum of nothing

        >>> otd = KpiQuestion("otd", "ratio", "on_time", "ordered", "n", factor=100.0)
        >>> otd.measure({"n": 4, "on_time": 30.0, "ordered": 40.0}).value
        75.0
        """
        if self.aggregator == "ratio":
            return self._ratio(values)
        number = values[self.counted or COUNT]
        if self.aggregator == "count":
            return total(float(number), number)
        numerator = values[self.numerator] or 0.0
        if self.aggregator == "sum":
            return total(numerator * self.factor, number)
        if self.aggregator == "mean":
            return mean(numerator, number, factor=self.factor, share=self.share)
        squares = values[self.denominator] or 0.0
        return variation(numerator, squares, number, factor=self.factor)

    def _ratio(self, values):
        numerator = values[self.numerator] or 0.0
        denominator = values[self.denominator] or 0.0
        count = values[self.counted] if self.counted else int(denominator)
        n_eff = None
        if self.is_weighted and denominator:
            n_eff = effective_sample(denominator, values[WEIGHT_SQUARE] or 0.0)
        elif self.is_weighted and self.unweighted:
            plain = values[self.unweighted] or 0.0
            return mean(plain, count, factor=self.factor, share=self.share)
        return ratio(
            numerator,
            denominator,
            count,
            n_eff=n_eff,
            factor=self.factor,
            share=self.share,
        )
