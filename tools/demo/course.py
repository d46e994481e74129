"""How suppliers are certified and move from stage to stage, and how long ago.

Everything happens in the first company. What its rules ask for, such as documents and
scorecards, is there on these days.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

# The programme: for these tiers, for so long, and how early a renewal is opened.
TIERS = ("strategic", "partner")
VALIDITY_MONTHS = 12
RENEWAL_DAYS = 60
# Who decides, one after the other.
APPROVERS = (("Quality", "quality"), ("Purchasing", "admin"))
# Until then, days ago, the programme asks for no certificate of a quality system.
ISO_9001_SINCE = 110
# Days ago on which the nightly actions have something to do.
NIGHTS = (108, 49, 39, 1)
# The largest order of a supplier on trial.
TRIAL_LIMIT = 2000


@dataclass(frozen=True)
class Step:
    """Something that somebody does about a supplier.

    :param ago: days before today
    :param what: a method of `Qualifying`
    :param args: what it takes besides the supplier
    """

    ago: int
    what: str
    args: tuple = ()


def enters(ago, stage):
    """It was a supplier already when the stages were introduced."""
    return (Step(ago, "enter", (stage,)),)


def moves(ago, stage, who, reason=""):
    return (Step(ago, "move", (stage, who, reason)),)


def applies(ago):
    """It hands in everything, and Quality looks at it two days later."""
    return Step(ago, "apply"), Step(ago - 2, "review")


def passes(ago):
    """It applies, and Quality approves: Purchasing has the last word."""
    return (
        *applies(ago),
        Step(ago - 3, "finish_review"),
        Step(ago - 4, "approve", ("quality",)),
    )


def is_certified(ago):
    """It passes, and is certified six days after it applied."""
    return *passes(ago), Step(ago - 6, "approve", ("admin",))


def is_certified_if(ago, conditions, days):
    """As above, but so many days later the conditions have to be met."""
    return *passes(ago), Step(ago - 6, "approve", ("admin", conditions, days))


def renews(ago):
    """What the nightly action has opened is handed in and approved."""
    return (
        Step(ago, "renew"),
        Step(ago - 2, "review"),
        Step(ago - 3, "finish_review"),
        Step(ago - 4, "approve", ("quality",)),
        Step(ago - 6, "approve", ("admin",)),
    )


COURSES = {
    "Clockwork Bearings": (
        *enters(421, "approved"),
        *is_certified(240),
        *moves(190, "preferred", "admin", "The best in everything for half a year."),
    ),
    "Twoday Fasteners": (*enters(421, "approved"), *is_certified(420)),
    "Piecemeal Plastics": (
        *enters(421, "screening"),
        *moves(380, "trial", "buyer"),
        *applies(30),
    ),
    "Plenty Packaging": enters(421, "approved"),
    "Downhill Castings": (
        *enters(421, "approved"),
        *is_certified(400),
        Step(130, "revoke", ("Porous castings stopped our line, again.",)),
        *moves(125, "phasing_out", "quality", "The certification was revoked."),
    ),
    "Phoenix Machining": (
        *enters(421, "potential"),
        *is_certified_if(420, "Nine of ten orders in time for three months.", 120),
        *moves(419, "screening", "buyer"),
        *moves(410, "trial", "buyer"),
        Step(320, "meet_conditions"),
        *moves(300, "approved", "quality"),
        *renews(100),
    ),
    "Perhaps Motors": (
        *enters(421, "potential"),
        *moves(160, "screening", "buyer"),
        *applies(150),
        Step(147, "finish_review"),
        Step(140, "reject", ("No quality system: come back with ISO 9001.",)),
    ),
    "Boomerang Ceramics": (
        *enters(421, "trial"),
        *is_certified(260),
        *moves(250, "approved", "quality"),
        Step(45, "suspend", ("Every second delivery goes back in part.",)),
        *moves(40, "trial", "buyer", "Small orders, until it is reinstated."),
    ),
    "Neverland Foundry": (
        *enters(421, "trial"),
        *moves(5, "blocked", "quality", "Nothing was ever delivered."),
    ),
    "Pocket Springs": (
        *enters(421, "potential"),
        *moves(300, "screening", "buyer"),
        *moves(240, "trial", "buyer"),
    ),
    "Branch Office Optics": (
        *enters(421, "screening"),
        *moves(330, "trial", "buyer"),
        *passes(12),
    ),
    "Douzaine Étiquettes": (
        *enters(421, "trial"),
        *is_certified_if(80, "Answer within two days.", 170),
        *moves(65, "approved", "quality"),
    ),
}
# Vendors of which nothing was ordered yet, and where they are from.
PROSPECTS = {
    "Hopeful Hinges": (
        "it",
        (
            *moves(330, "potential", "buyer"),
            *moves(310, "screening", "buyer"),
            *moves(270, "trial", "buyer"),
            *moves(150, "phasing_out", "quality", "The samples failed twice."),
        ),
    ),
    "Ready Rollers": (
        "us",
        (
            *moves(300, "potential", "buyer"),
            *moves(280, "screening", "buyer"),
            *moves(250, "trial", "buyer"),
        ),
    ),
    "Quiet Coatings": (
        "se",
        (*moves(260, "potential", "buyer"), *moves(220, "screening", "buyer")),
    ),
    "Somewhere Switches": ("kr", moves(200, "potential", "buyer")),
    "Almost Adhesives": (
        "us",
        (*moves(120, "potential", "buyer"), *moves(90, "screening", "buyer")),
    ),
    "Maiden Mouldings": ("pl", moves(60, "potential", "buyer")),
    "Tomorrow Tubes": ("es", moves(15, "potential", "buyer")),
}
# A request that may be confirmed although a policy says no: of whom, what and how
# many, why, and for how many days.
OVERRIDE = (
    "Neverland Foundry",
    "CA-FLG",
    90,
    "The mould of this flange is still there.",
    30,
)

# A request to the same supplier that nobody has let pass: what, and how many.
BLOCKED = ("CA-BRK", 40)


def steps():
    """Yield name and step of every supplier and prospect."""
    prospects = ((name, course) for name, (_country, course) in PROSPECTS.items())
    for name, course in chain(COURSES.items(), prospects):
        for step in course:
            yield name, step
