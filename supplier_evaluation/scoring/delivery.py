# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reference definition of what one order line delivered.

The SQL of the delivery facts computes the same for all lines at once; this is the
definition it is tested against. Here, clarity and exactness come before speed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

Day = int | date
Quantity = int | float | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class DeliveryMeasures:
    """What one order line delivered by the cut-off.

    :param on_time_share: share of the ordered quantity received on time, 0…1
    :param fill_share: share of it received at all, 0…1
    :param days_late: quantity-weighted lateness of the ordered quantity in days
    :param lead_time: days from the confirmation to the quantity-weighted receipt;
        ``None`` when nothing was received or the line has no confirmation
    :param cycle_time: days from the confirmation to the receipt that completed the
        ordered quantity; ``None`` when it is not complete or not confirmed

    >>> DeliveryMeasures(0.6, 1.0, 1.2, 10.2, 12.0).on_time_share
    0.6
    """

    on_time_share: float
    fill_share: float
    days_late: float
    lead_time: float | None
    cycle_time: float | None


def delivery_measures(
    ordered: Quantity,
    promise_day: Day,
    receipts: Iterable[tuple[Day, Quantity]],
    cutoff_day: Day,
    confirmed_day: Day | None = None,
    late: int = 0,
    early: int | None = None,
) -> DeliveryMeasures:
    """Return the delivery measures of one order line.

    All quantities are in one unit of measure, all days in one time zone; a day is a
    date or an integer. How a day's quantity is split over receipts, and the order in
    which they are listed, changes nothing.

    - On time is what arrived from ``promise - early`` to ``promise + late``.
    - Lateness and lead time follow the first ``ordered`` units by day of receipt:
      over-delivery is not looked at. Lateness counts from the promise, without
      tolerance; early is 0; what is still open ages to the cut-off.

    :param ordered: ordered quantity, above 0
    :param promise_day: the promised day
    :param receipts: ``(day, quantity)``, in any order, without returns; those after
        the cut-off day are not looked at
    :param cutoff_day: day of the cut-off. A cut-off within a day is the caller's to
        apply: a receipt on the cut-off day counts
    :param confirmed_day: day the order was confirmed, if it is known
    :param late: tolerance in days after the promise
    :param early: tolerance in days before it; ``None``: any early receipt is on time
    :raise ValueError: the ordered quantity is not positive, or a quantity or a
        tolerance is negative

    >>> delivery_measures(
    ...     ordered=100,
    ...     promise_day=date(2026, 3, 10),
    ...     receipts=[(date(2026, 3, 13), 40), (date(2026, 3, 10), 60)],
    ...     cutoff_day=date(2026, 4, 5),
    ...     confirmed_day=date(2026, 3, 1),
    ... )  # doctest: +NORMALIZE_WHITESPACE
    DeliveryMeasures(on_time_share=0.6, fill_share=1.0, days_late=1.2,
                     lead_time=10.2, cycle_time=12.0)
    """
    _check(ordered, late, early)
    ordered = _exact(ordered)
    promise, cutoff = _number(promise_day), _number(cutoff_day)
    received = _by_day(receipts, cutoff)
    counted = _first_units(received, ordered)
    filled = sum(counted.values(), Fraction())
    on_time = sum(
        quantity
        for day, quantity in received.items()
        if (early is None or promise - early <= day) and day <= promise + late
    )
    lead_time = cycle_time = None
    if filled and confirmed_day is not None:
        confirmed = _number(confirmed_day)
        days = sum(quantity * (day - confirmed) for day, quantity in counted.items())
        lead_time = float(days / filled)
        if filled == ordered:
            cycle_time = float(max(counted) - confirmed)
    return DeliveryMeasures(
        on_time_share=float(min(Fraction(1), on_time / ordered)),
        fill_share=float(filled / ordered),
        days_late=float(_unit_days_late(counted, ordered, promise, cutoff) / ordered),
        lead_time=lead_time,
        cycle_time=cycle_time,
    )


def _check(ordered: Quantity, late: int, early: int | None) -> None:
    if not ordered > 0:
        raise ValueError(f"the ordered quantity must be above 0, not {ordered}")
    if late < 0 or (early is not None and early < 0):
        raise ValueError(f"a tolerance cannot be negative: late {late}, early {early}")


def _number(day: Day) -> int:
    return day.toordinal() if isinstance(day, date) else day


def _exact(quantity: Quantity) -> Fraction:
    # The decimal a float prints as: the database holds decimals, and 0.1 + 0.2 must
    # complete an order of 0.3.
    return Fraction(str(quantity))


def _by_day(
    receipts: Iterable[tuple[Day, Quantity]], cutoff: int
) -> dict[int, Fraction]:
    """Sum the receipts up to the cut-off per day, in chronological order."""
    received: dict[int, Fraction] = {}
    for day, quantity in receipts:
        if quantity < 0:
            raise ValueError(f"a receipt cannot be negative: {quantity}")
        if quantity and _number(day) <= cutoff:
            received.setdefault(_number(day), Fraction())
            received[_number(day)] += _exact(quantity)
    return dict(sorted(received.items()))


def _first_units(
    received: dict[int, Fraction], ordered: Fraction
) -> dict[int, Fraction]:
    """Keep the first ``ordered`` units of receipts in chronological order."""
    counted = {}
    missing = ordered
    for day, quantity in received.items():
        if not missing:
            break
        counted[day] = min(quantity, missing)
        missing -= counted[day]
    return counted


def _unit_days_late(
    counted: dict[int, Fraction], ordered: Fraction, promise: int, cutoff: int
) -> Fraction:
    """Return Σ quantity · days after the promise, the open quantity at the cut-off."""
    missing = ordered - sum(counted.values(), Fraction())
    late = missing * max(0, cutoff - promise)
    for day, quantity in counted.items():
        late += quantity * max(0, day - promise)
    return late
