"""Who buys of the first company, and why each order came in time or late.

Days are counted from the one that was promised to the customer. That is a Wednesday of
a month, or so many days from today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .clock import add_months, wednesday

# Who wants it at once, who can wait, and who only asks.
HASTY, CALM, ASKING = "Yesterday Yachts", "Patient Pumps", "Someday Scanners"
CUSTOMERS = {
    HASTY: "wants everything yesterday, and pays tomorrow",
    CALM: "waits, and complains when it was worth the wait",
    ASKING: "asks for quotations, and never orders",
}
# What a product is sold for, of its cost.
MARKUP = 1.6


@dataclass(frozen=True)
class Complaint:
    """What a customer says of an order, and whose fault it is."""

    title: str
    description: str
    kind: str = "quality"
    responsibility: str = "supplier"
    severity: str = "minor"
    quantity: int = 0


@dataclass(frozen=True)
class Sale:
    """An order of a customer, of one line.

    :param cause: why it was late, as the trace names it; made by the days below
    :param supplier: of whom it is ordered for this customer; empty: it is in stock
    :param code: what is sold
    :param quantity: in the product's unit
    :param sold: days before the promised one
    :param bought: when it is ordered of the supplier
    :param promised: for when the supplier promises it
    :param came: days on which lorries of the supplier come, and the share of what is
        still open that each of them brings
    :param left: days on which what is there leaves for the customer
    :param billed: whether the customer gets a bill
    """

    customer: str
    cause: str
    code: str
    quantity: int
    supplier: str = ""
    sold: int = 14
    bought: int = -14
    promised: int = -1
    came: tuple[tuple[int, float], ...] = ()
    left: tuple[int, ...] = (0,)
    billed: bool = False
    complaint: Complaint | None = None


BOLTS = Sale(
    HASTY,
    "supplier",
    "FA-M8",
    4800,
    "Twoday Fasteners",
    bought=-10,
    promised=0,
    came=((2, 1),),
    left=(2,),
    billed=True,
)
SHAFTS = Sale(
    HASTY,
    "not_late",
    "HS-20",
    60,
    "Clockwork Bearings",
    came=((-1, 1),),
    billed=True,
)
CRACKED = Complaint(
    "Seal rings of a pump chipped",
    "The customer found it when the pump was opened: three of sixty.",
    severity="major",
    quantity=3,
)
LOST = Complaint(
    "The carrier came three days late",
    "The bearings left us in time and stood at the depot of the carrier.",
    kind="delivery",
    responsibility="carrier",
)
# How many months before the newest closed one, and in which week of it.
PAST = (
    (2, 1, BOLTS),
    (2, 2, SHAFTS),
    (1, 1, BOLTS),
    (1, 2, SHAFTS),
    (
        1,
        3,
        # It comes in two lorries, as everything of this supplier.
        Sale(
            CALM,
            "supplier",
            "PL-HSG",
            100,
            "Piecemeal Plastics",
            promised=0,
            came=((0, 0.6), (6, 1)),
            left=(0, 6),
        ),
    ),
    (
        1,
        4,
        # Perhaps this week, perhaps the next.
        Sale(
            CALM,
            "supplier",
            "MO-24V",
            6,
            "Perhaps Motors",
            sold=25,
            bought=-24,
            came=((5, 1),),
            left=(6,),
        ),
    ),
    (0, 1, BOLTS),
    (0, 1, SHAFTS),
    (
        0,
        2,
        # Ordered when it was too late: the supplier kept its word.
        Sale(
            CALM,
            "order",
            "HS-20",
            12,
            "Clockwork Bearings",
            bought=-2,
            promised=6,
            came=((6, 1),),
            left=(6,),
        ),
    ),
    # It lay in the rack.
    (0, 2, Sale(HASTY, "stock", "BB-6204", 200, sold=7, left=(5,))),
    (0, 3, Sale(HASTY, "carrier", "BB-51105", 120, sold=7, complaint=LOST)),
    (
        0,
        3,
        Sale(
            CALM,
            "not_late",
            "CE-RNG",
            60,
            "Boomerang Ceramics",
            promised=-2,
            came=((-2, 1),),
            complaint=CRACKED,
        ),
    ),
)
# By how many days from today it is promised, and nothing has left yet.
OPEN = (
    (-6, Sale(HASTY, "supplier", "MO-STP", 40, "Perhaps Motors", sold=24, left=())),
    (9, Sale(CALM, "not_due", "FA-M10", 240, "Twoday Fasteners", left=())),
)
QUOTATION = Sale(ASKING, "", "OP-LNS", 20)


def sales(month: date, today: date) -> list[tuple[date, Sale]]:
    """Each order with the day that is promised to the customer.

    :param month: the first day of the newest closed month
    """
    past = [
        (wednesday(add_months(month, -ago), week), sale) for ago, week, sale in PAST
    ]
    coming = [(today + timedelta(days=days), sale) for days, sale in OPEN]
    return [*past, *coming]
