"""The twelve suppliers of the demo, each with a character one can recognise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import behaviour, opinions, papers, terms, trouble
from .behaviour import Moment, Plan
from .catalogue import HERE, THERE
from .papers import Paper
from .terms import Bill
from .trouble import Trouble


@dataclass(frozen=True)
class Supplier:
    """Who it is, what it sells, and how it behaves in everything we measure.

    :param character: what its scorecards should show, in words
    :param tier: the last part of the tier's external identifier
    :param products: their codes
    :param lead_days: from order to promise
    :param orders: how many of them are due every month, by company
    :param lines: products per order, at least and at most
    :param currency: what it sells in, if not the company's own
    :param contact: whom the orders go to, if not the company itself
    :param payment: the term's external identifier, or its days
    :param overdue: how many days after that we pay; None is not part of the story
    :param opinion: what our people think of it, see `opinions`
    """

    name: str
    character: str
    country: str
    city: str
    tier: str
    products: tuple[str, ...]
    deliver: Callable[[Moment], Plan]
    lead_days: int = 14
    orders: tuple[tuple[str, int], ...] = ((HERE, 3),)
    lines: tuple[int, int] = (2, 3)
    currency: str = ""
    contact: str = ""
    price: Callable[[Moment], float] = terms.usual
    discount: Callable[[Moment], float] = terms.none
    bill: Callable[[Moment], Bill] = terms.as_ordered
    answer: Callable[[Moment], float | None] = terms.next_day
    incident: Callable[[Moment], Trouble | None] = trouble.none
    payment: str | int = 30
    overdue: int | None = None
    opinion: Callable[[str, float], float] = opinions.content
    papers: tuple[Paper, ...] = papers.COMPLETE


SUPPLIERS = (
    Supplier(
        "Clockwork Bearings",
        "on the day, fixed prices, answers at once",
        "us",
        "Cleveland",
        "strategic",
        ("BB-6204", "BB-51105", "HS-20", "MA-BSH", "SV-CAL"),
        behaviour.punctual,
        orders=((HERE, 3), (THERE, 3)),
        lines=(3, 4),
        price=terms.stable,
        answer=terms.at_once,
        incident=trouble.paperwork,
        payment=14,
        overdue=0,
        opinion=opinions.alike(9.5),
    ),
    Supplier(
        "Twoday Fasteners",
        "always two days late, in answers too; ISO expired",
        "us",
        "Chicago",
        "partner",
        ("FA-M8", "FA-M10", "FA-RIV", "SP-CMP"),
        behaviour.two_days_late,
        lead_days=10,
        orders=((HERE, 3), (THERE, 2)),
        lines=(3, 3),
        answer=terms.two_days,
        opinion=opinions.divided(buyer=5, quality=8, warehouse=4),
        papers=papers.EXPIRED,
    ),
    Supplier(
        "Piecemeal Plastics",
        "splits every order; ISO not verified yet",
        "mx",
        "Monterrey",
        "partner",
        ("PL-HSG", "PL-CAP", "PL-GRN"),
        behaviour.splitting,
        lead_days=18,
        incident=trouble.crushed,
        payment=60,
        opinion=opinions.divided(buyer=6, quality=7, warehouse=3),
        papers=papers.RENEWED,
    ),
    Supplier(
        "Plenty Packaging",
        "in time, a quarter too much, bills rounded up",
        "us",
        "Memphis",
        "transactional",
        ("PK-BOX", "PK-FLM", "PK-PAL", "PL-CAP", "LB-WRN"),
        behaviour.too_much,
        lead_days=7,
        bill=terms.rounded_up,
        incident=trouble.our_mistake,
        payment=14,
        opinion=opinions.divided(buyer=7, quality=8, warehouse=4),
        papers=papers.NONE,
    ),
    Supplier(
        "Downhill Castings",
        "worse, dearer and slower month after month",
        "in",
        "Pune",
        "strategic",
        ("CA-BRK", "CA-FLG", "CA-VLV"),
        behaviour.declining,
        lead_days=28,
        orders=((HERE, 4), (THERE, 2)),
        lines=(3, 3),
        price=terms.rising,
        answer=terms.slower_and_slower,
        incident=trouble.porous,
        payment=60,
        opinion=opinions.changing(8.5, 2),
        papers=papers.REJECTED,
    ),
    Supplier(
        "Phoenix Machining",
        "better, cheaper and quicker month after month",
        "us",
        "Phoenix",
        "strategic",
        ("MA-SHF", "MA-GEA", "MA-BSH", "CA-VLV"),
        behaviour.improving,
        lead_days=21,
        orders=((HERE, 4), (THERE, 2)),
        lines=(3, 3),
        price=terms.falling,
        answer=terms.quicker_and_quicker,
        incident=trouble.in_the_beginning,
        payment=60,
        opinion=opinions.changing(4, 9),
    ),
    Supplier(
        "Perhaps Motors",
        "moves promises, bills too much; no ISO",
        "jp",
        "Nagoya",
        "strategic",
        ("MO-24V", "MO-STP", "MO-CBL"),
        behaviour.moving,
        lead_days=25,
        price=terms.erratic,
        bill=terms.often_too_much,
        overdue=20,
        opinion=opinions.divided(buyer=4, quality=8, warehouse=5),
        papers=papers.NEVER_CERTIFIED,
    ),
    Supplier(
        "Boomerang Ceramics",
        "in time, answers quickly, but much goes back",
        "au",
        "Newcastle",
        "partner",
        ("CE-INS", "CE-NOZ", "CE-RNG"),
        behaviour.faulty,
        lead_days=16,
        answer=terms.at_once,
        incident=trouble.chipped,
        opinion=opinions.divided(buyer=7, quality=3, warehouse=8),
    ),
    Supplier(
        "Neverland Foundry",
        "cheap; delivers and answers nothing",
        "uk",
        "Sheffield",
        "transactional",
        ("CA-BRK", "CA-FLG"),
        behaviour.silent,
        lead_days=20,
        lines=(2, 2),
        price=terms.tempting,
        answer=terms.never,
        incident=trouble.nothing_came,
        payment="account.account_payment_term_immediate",
        opinion=opinions.alike(1),
        papers=papers.NONE,
    ),
    Supplier(
        "Pocket Springs",
        "two lines a month: too few to rank",
        "ch",
        "Biel",
        "transactional",
        ("SP-CMP", "SP-TNS"),
        behaviour.punctual,
        orders=((HERE, 1),),
        lines=(2, 2),
        payment=60,
        opinion=opinions.alike(8),
        papers=papers.NONE,
    ),
    Supplier(
        "Branch Office Optics",
        "early; its Sales Desk answers; ISO expires soon",
        "de",
        "Jena",
        "partner",
        ("OP-LNS", "OP-FLT", "OP-CLN"),
        behaviour.early,
        lead_days=15,
        contact="Sales Desk",
        answer=terms.next_day,
        opinion=opinions.divided(buyer=8, quality=9, warehouse=5),
        papers=papers.EXPIRING,
    ),
    Supplier(
        "Douzaine Étiquettes",
        "euros, discounts; slow answers, one late a month",
        "fr",
        "Lyon",
        "partner",
        ("LB-TYP", "LB-WRN", "PK-FLM"),
        behaviour.mixed,
        lead_days=12,
        orders=((HERE, 4), (THERE, 3)),
        lines=(2, 3),
        currency="EUR",
        price=terms.dear,
        discount=terms.for_quantity,
        answer=terms.slow,
        payment="account.account_payment_term_advance_60days",
        opinion=opinions.divided(buyer=8, quality=7, warehouse=7),
    ),
)
CHARACTERS = {supplier.name: supplier.character for supplier in SUPPLIERS}
