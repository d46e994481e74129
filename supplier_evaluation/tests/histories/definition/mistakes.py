"""What happened, without what never did: receipts that were entered by mistake."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

from ..records import Came, CameBack, History, MovedInside, Replaced, Went

MISTAKE = "mistake"


def without_mistakes(history: History) -> History:
    """The history as it was, whenever the mistakes were noticed.

    What was taken back as a mistake did not come. What came for it later came then.
    """
    never = _never_came(history)
    if not never:
        return history
    received = {came: _without(came, goods) for came, goods in never.items()}
    went = {
        deed: replace(deed, came=received.get(deed.came, deed.came))
        for deed in history.deeds
        if isinstance(deed, Went) and deed.reason != MISTAKE
    }
    deeds = []
    for deed in history.deeds:
        match deed:
            case Came():
                deeds.append(received.get(deed, deed))
            case Went(reason=reason) if reason == MISTAKE:
                continue
            case Went():
                deeds.append(went[deed])
            case CameBack() | Replaced() if deed.went.reason == MISTAKE:
                deeds.append(_came_at_last(deed))
            case CameBack() | Replaced():
                deeds.append(replace(deed, went=went[deed.went]))
            case MovedInside():
                deeds.append(replace(deed, came=received.get(deed.came, deed.came)))
            case _:
                deeds.append(deed)
    return replace(history, deeds=deeds)


def _never_came(history: History) -> dict[Came, dict]:
    """What did not come of each receipt, by line and part."""
    never = defaultdict(lambda: defaultdict(Fraction))
    for deed in history.deeds:
        if isinstance(deed, Went) and deed.reason == MISTAKE:
            never[deed.came][deed.line, deed.part] += deed.quantity
    return never


def _without(came: Came, never: dict) -> Came:
    goods = {whose: part - never.get(whose, 0) for whose, part in came.goods.items()}
    left = {whose: part for whose, part in goods.items() if part > 0}
    return replace(came, goods=left)


def _came_at_last(deed: CameBack | Replaced) -> Came:
    went = deed.went
    quantity = deed.quantity if isinstance(deed, CameBack) else went.quantity
    goods = {(went.line, went.part): quantity}
    return Came(went.came.order, goods, at=deed.at, typed=deed.typed)
