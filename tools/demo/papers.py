"""Which licences and certificates suppliers have handed in."""

from __future__ import annotations

from dataclasses import dataclass

# Required from suppliers of these tiers.
REQUIRED = ("business_licence", "iso_9001")
REQUIRED_TIERS = ("strategic", "partner")


@dataclass(frozen=True)
class Paper:
    """A document.

    :param kind: the last part of its type's external identifier
    :param until: days from today until its last day; None is without end
    :param entered: days ago that it was entered; None is before the first order
    :param decided: whether it was verified (or rejected) on that day
    :param rejected: why it was rejected
    """

    kind: str
    until: int | None = None
    entered: int | None = None
    decided: bool = True
    rejected: str = ""


LICENCE = Paper("business_licence")
ISO_9001 = Paper("iso_9001", until=520)
NONE: tuple[Paper, ...] = ()
COMPLETE = (LICENCE, ISO_9001)
NEVER_CERTIFIED = (LICENCE,)
EXPIRED = (LICENCE, Paper("iso_9001", until=-40))
EXPIRING = (LICENCE, Paper("iso_9001", until=20))
RENEWED = (
    LICENCE,
    Paper("iso_9001", until=-75),
    Paper("iso_9001", until=1020, entered=50, decided=False),
)
REJECTED = (
    LICENCE,
    Paper(
        "iso_9001",
        until=400,
        entered=100,
        rejected="It is the head office's. The foundry is not in its scope.",
    ),
)
