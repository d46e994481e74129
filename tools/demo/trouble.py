"""What we complain about: plain functions from a `Moment` to a `Trouble` or None."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """An incident, and how it ends.

    :param share: of the received quantity of one product
    :param cost: in US dollars
    :param answered: hours until the supplier answers; None is never
    :param resolved: days until it is resolved; None is not yet
    :param due: days until it should be
    """

    title: str
    description: str
    kind: str = "quality"
    severity: str = "minor"
    responsibility: str = "supplier"
    share: float = 0.0
    cost: int = 0
    answered: int | None = 6
    resolved: int | None = 4
    due: int = 14


def none(_moment):
    return None


def paperwork(moment):
    """Once in a while, and settled on the next day."""
    if moment.rng.random() > 0.05:
        return None
    return Trouble(
        "Delivery note without our order number",
        "Found when it was booked; the supplier sent another one.",
        kind="documents",
        answered=1,
        resolved=1,
    )


# What is found in ceramics and in castings, by the order's place in its month, and
# what a supplier that says nothing leaves behind, month by month.
CERAMICS = (
    (
        "Chipped edges",
        "A sample of 20 was inspected under the lamp; the affected boxes are marked.",
        "major",
    ),
    (
        "Cracks in the glaze",
        "Seen under the lamp; the parts are tight all the same.",
        "minor",
    ),
    (
        "Bore too narrow",
        "The pins do not fit; a third of the box was measured.",
        "major",
    ),
)
CASTINGS = (
    ("Porous castings", "Found in machining: holes below the surface.", "major"),
    ("Sand in the castings", "Found in cleaning: the tools go blunt.", "minor"),
    (
        "Walls too thin",
        "Measured with ultrasound: 4 mm where the drawing asks for 6.",
        "major",
    ),
    (
        "Wrong alloy",
        "The certificate names another alloy than the drawing.",
        "minor",
    ),
)
SILENCE = (
    (
        "Delivery date not confirmed",
        "Asked three times, in writing and by telephone.",
        "minor",
        "service",
    ),
    (
        "Nothing has come",
        "Telephone and e-mail remain without an answer.",
        "major",
        "delivery",
    ),
    (
        "Our mould is not given back",
        "It was asked for in writing; nobody opens the gate.",
        "minor",
        "other",
    ),
    (
        "The line stands for want of flanges",
        "The same ones are bought elsewhere, by express and dearer.",
        "critical",
        "delivery",
    ),
)


def chipped(moment):
    """Of two orders out of three, one product."""
    if moment.rng.random() > 0.6:
        return None
    title, description, severity = CERAMICS[moment.position % len(CERAMICS)]
    return Trouble(
        title,
        description,
        severity=severity,
        share=moment.rng.choice((0.1, 0.2, 0.3)),
        cost=moment.rng.choice((120, 260, 380)),
        resolved=moment.rng.choice((3, 5, 6)),
    )


def porous(moment):
    """More of them month by month; near the end a line stops, and one stays open."""
    is_first = moment.position == 0
    if is_first and 0.95 < moment.progress <= 1:
        return Trouble(
            "Porous castings again",
            "Pressure test failed. The report on the causes that was promised after "
            "the last time has not come.",
            severity="major",
            share=0.15,
            cost=900,
            answered=90,
            resolved=None,
            due=10,
        )
    if is_first and 0.85 < moment.progress < 0.95:
        return Trouble(
            "Cracked in assembly: the line stood for six hours",
            "Three parts broke when they were pressed in. The whole lot is blocked.",
            severity="critical",
            share=0.4,
            cost=12400,
            answered=30,
            resolved=16,
        )
    if moment.rng.random() > 0.6 * moment.progress:
        return None
    title, description, severity = CASTINGS[moment.position % len(CASTINGS)]
    return Trouble(
        title,
        description,
        severity=severity,
        share=0.1,
        cost=moment.rng.choice((300, 450, 700)),
        answered=10 + round(70 * moment.progress),
        resolved=8 + round(10 * moment.progress),
    )


def crushed(moment):
    """The carrier's: it does not count against the supplier."""
    if moment.rng.random() > 0.15:
        return None
    return Trouble(
        "Boxes crushed in transport",
        "The driver signed for it, and the carrier's insurance pays.",
        kind="delivery",
        responsibility="carrier",
        share=0.1,
        cost=150,
        answered=20,
        resolved=9,
    )


def our_mistake(moment):
    """We ordered what we did not need: it does not count against the supplier."""
    if moment.position or moment.rng.random() > 0.25:
        return None
    return Trouble(
        "Wrong size of carton",
        "The order had the old drawing: our mistake.",
        kind="other",
        responsibility="us",
        cost=80,
        answered=5,
        resolved=2,
    )


def nothing_came(moment):
    """It is asked and asked again; nobody answers."""
    if moment.position != 1 or moment.progress < 0.8:
        return None
    month = round(11 * moment.progress)
    title, description, severity, kind = SILENCE[(month - 9) % len(SILENCE)]
    return Trouble(
        title,
        description,
        kind=kind,
        severity=severity,
        answered=None,
        resolved=None,
        due=7,
    )


def in_the_beginning(moment):
    """The fewer, the longer it is ago that a new machine was bought."""
    if moment.rng.random() > 0.5 * (0.8 - moment.progress):
        return None
    return Trouble(
        "Diameter out of tolerance",
        "Measured on arrival; the supplier sorts what is in our store.",
        share=0.1,
        cost=200,
        answered=20,
        resolved=6,
    )
