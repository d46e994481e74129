"""How suppliers deliver: from an order's place in the year to what becomes of it.

Plain Python. A behaviour is a function from a `Moment` to a `Plan`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True)
class Moment:
    """Which order it is.

    :param progress: 0 in the first month, 1 in the last one that is evaluated
    :param position: place among the supplier's orders of the month, from 0
    :param orders: how many these are
    """

    progress: float
    position: int
    orders: int
    rng: Random


@dataclass(frozen=True)
class Arrival:
    """A lorry at the gate.

    :param days: after the promise; negative is early
    :param share: of what is still open; more than 1 is over-delivery
    """

    days: int
    share: float = 1.0


@dataclass(frozen=True)
class NewDate:
    """The promise is moved by some days, for us (`buyer`) or by the supplier."""

    days: int
    reason: str
    note: str


@dataclass(frozen=True)
class Plan:
    """What becomes of an order.

    :param arrivals: deliveries, oldest first
    :param returned: share that goes back for its quality
    :param new_date: how the promise is moved
    :param cancelled: we cancel it before it is due
    :param waived: why it shall not count against the supplier
    """

    arrivals: tuple[Arrival, ...] = ()
    returned: float = 0.0
    new_date: NewDate | None = None
    cancelled: bool = False
    waived: str = ""


CANCELLED = Plan(cancelled=True)


def punctual(moment):
    """On the day or the day before; sometimes we ask for a later one."""
    if moment.rng.random() < 0.08:
        later = NewDate(5, "buyer", "Our line is being rebuilt, come a week later.")
        return Plan((Arrival(5),), new_date=later)
    return Plan((Arrival(moment.rng.choice((0, 0, 0, -1))),))


def two_days_late(_moment):
    return Plan((Arrival(2),))


def splitting(moment):
    """Half of it in time, the rest in one or two more deliveries."""
    if moment.rng.random() < 0.4:
        return Plan((Arrival(0, 0.5), Arrival(3, 0.5), Arrival(8)))
    return Plan((Arrival(0, 0.6), Arrival(6)))


def too_much(_moment):
    return Plan((Arrival(0, 1.25),))


def declining(moment):
    """More orders late every few months, and each of them later."""
    if moment.position < round(moment.progress * moment.orders):
        return Plan((Arrival(1 + round(7 * moment.progress)),))
    return Plan((Arrival(0),))


def improving(moment):
    return declining(replace(moment, progress=1 - moment.progress))


def moving(moment):
    """Asks for a later date on most orders, and keeps that one."""
    if moment.position == 0:
        return Plan((Arrival(0),))
    days = moment.rng.choice((3, 4, 6))
    later = NewDate(days, "supplier", "Raw material is late, we need more time.")
    return Plan((Arrival(days),), new_date=later)


def faulty(moment):
    """In time, but of most orders a part goes back."""
    returned = moment.rng.choice((0.3, 0.6)) if moment.position else 0.0
    return Plan((Arrival(0),), returned=returned)


def silent(_moment):
    return Plan()


def early(moment):
    return Plan((Arrival(-moment.rng.choice((2, 3, 4))),))


def mixed(moment):
    """One order of the month a few days late."""
    late = moment.position == moment.orders - 1
    return Plan((Arrival(moment.rng.choice((1, 2, 3)) if late else 0),))


def on_strike(_moment):
    """Nobody's fault: it counts neither for nor against the supplier."""
    return Plan((Arrival(12),), waived="Strike in the port: no ship was unloaded.")
