# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an offer costs when the supplier's performance is added: pure functions.

The *cost ratio* method: to the price come the costs of what the supplier does not do
well, each in proportion to what is bought. E. Timmerman (1986), "An Approach to Vendor
Performance Evaluation", Journal of Purchasing and Materials Management 22 (4), 2-8;
R. M. Monczka and S. J. Trecha (1988), "Cost-Based Supplier Performance Evaluation", in
the same journal 24 (1), 2-7, who call ``total / price`` the supplier performance index.

::

    lateness = price * expected days late * cost of a day late
    defects  = price * share of defects   * cost of a defect
    total    = price + lateness + defects

The days are those of ``forecast.lateness``: the probability of being late times the
days, if late. The share is that of the KPI ``defect_ppm``.
"""

from __future__ import annotations

from typing import NamedTuple


class Cost(NamedTuple):
    """What an offer costs, in one currency.

    :param price: what is asked
    :param lateness: what is to be expected of coming late; ``None``: not known
    :param defects: what is to be expected of defects; ``None``: not known
    """

    price: float
    lateness: float | None
    defects: float | None

    @property
    def total(self) -> float | None:
        """Price and costs; ``None`` where one of them is not known.

        >>> Cost(100, 2, None).total is None
        True
        """
        if self.lateness is None or self.defects is None:
            return None
        return self.price + self.lateness + self.defects


def adjusted(
    price: float,
    days: float | None,
    day_percent: float,
    defects: float | None,
    defect_percent: float,
) -> Cost:
    """Return what an offer costs by the performance of who makes it.

    :param price: what is asked for it
    :param days: expected days late; ``None``: not known
    :param day_percent: what a day late costs, in percent of the price
    :param defects: share of defects, a fraction; ``None``: not known
    :param defect_percent: what a defect costs, in percent of the price of what is
        defective

    >>> adjusted(1000, 2.5, 0.5, 0.02, 150)
    Cost(price=1000, lateness=12.5, defects=30.0)
    >>> adjusted(1000, 2.5, 0.5, 0.02, 150).total
    1042.5
    >>> adjusted(1000, None, 0.5, 0.0, 150)
    Cost(price=1000, lateness=None, defects=0.0)
    """
    return Cost(
        price,
        None if days is None else price * days * day_percent / 100,
        None if defects is None else price * defects * defect_percent / 100,
    )
