"""The twelve suppliers of the demo, each with a character one can recognise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import behaviour
from .behaviour import Moment, Plan
from .catalogue import HERE, THERE


@dataclass(frozen=True)
class Supplier:
    """Who it is, what it sells, how often and how it delivers.

    :param character: what its scorecards should show, in words
    :param tier: the last part of the tier's external identifier
    :param products: their codes
    :param lead_days: from order to promise
    :param orders: how many of them are due every month, by company
    :param lines: products per order, at least and at most
    :param currency: what it sells in, if not the company's own
    :param contact: whom the orders go to, if not the company itself
    """

    name: str
    character: str
    country: str
    tier: str
    products: tuple[str, ...]
    deliver: Callable[[Moment], Plan]
    lead_days: int = 14
    orders: tuple[tuple[str, int], ...] = ((HERE, 3),)
    lines: tuple[int, int] = (2, 3)
    currency: str = ""
    contact: str = ""


SUPPLIERS = (
    Supplier(
        "Clockwork Bearings",
        "on the day, and complete",
        "us",
        "strategic",
        ("BB-6204", "BB-51105", "HS-20", "SV-CAL"),
        behaviour.punctual,
        orders=((HERE, 3), (THERE, 3)),
        lines=(3, 4),
    ),
    Supplier(
        "Twoday Fasteners",
        "always two days late",
        "us",
        "partner",
        ("FA-M8", "FA-M10", "FA-RIV"),
        behaviour.two_days_late,
        lead_days=10,
        orders=((HERE, 3), (THERE, 2)),
        lines=(3, 3),
    ),
    Supplier(
        "Piecemeal Plastics",
        "splits every order",
        "mx",
        "partner",
        ("PL-HSG", "PL-CAP", "PL-GRN"),
        behaviour.splitting,
        lead_days=18,
    ),
    Supplier(
        "Plenty Packaging",
        "in time, a quarter too much",
        "us",
        "transactional",
        ("PK-BOX", "PK-FLM", "PK-PAL"),
        behaviour.too_much,
        lead_days=7,
    ),
    Supplier(
        "Downhill Castings",
        "worse month after month",
        "in",
        "strategic",
        ("CA-BRK", "CA-FLG", "CA-VLV"),
        behaviour.declining,
        lead_days=28,
        orders=((HERE, 4), (THERE, 2)),
        lines=(3, 3),
    ),
    Supplier(
        "Phoenix Machining",
        "better month after month",
        "us",
        "strategic",
        ("MA-SHF", "MA-GEA", "MA-BSH"),
        behaviour.improving,
        lead_days=21,
        orders=((HERE, 4), (THERE, 2)),
        lines=(3, 3),
    ),
    Supplier(
        "Perhaps Motors",
        "moves its promises",
        "jp",
        "strategic",
        ("MO-24V", "MO-STP", "MO-CBL"),
        behaviour.moving,
        lead_days=25,
    ),
    Supplier(
        "Boomerang Ceramics",
        "in time, but much goes back",
        "au",
        "partner",
        ("CE-INS", "CE-NOZ", "CE-RNG"),
        behaviour.faulty,
        lead_days=16,
    ),
    Supplier(
        "Neverland Foundry",
        "promises, delivers nothing",
        "uk",
        "transactional",
        ("CA-BRK", "CA-FLG"),
        behaviour.silent,
        lead_days=20,
        lines=(2, 2),
    ),
    Supplier(
        "Pocket Springs",
        "two lines a month: too few",
        "ch",
        "transactional",
        ("SP-CMP", "SP-TNS"),
        behaviour.punctual,
        orders=((HERE, 1),),
        lines=(2, 2),
    ),
    Supplier(
        "Branch Office Optics",
        "early; ordered from a contact",
        "de",
        "partner",
        ("OP-LNS", "OP-FLT", "OP-CLN"),
        behaviour.early,
        lead_days=15,
        contact="Sales Desk",
    ),
    Supplier(
        "Douzaine Étiquettes",
        "euros, dozens; the last late",
        "fr",
        "partner",
        ("LB-TYP", "LB-WRN", "PK-FLM"),
        behaviour.mixed,
        lead_days=12,
        orders=((HERE, 4), (THERE, 3)),
        lines=(2, 3),
        currency="EUR",
    ),
)
CHARACTERS = {supplier.name: supplier.character for supplier in SUPPLIERS}
