"""What of the goods that went back is the supplier's fault."""

from __future__ import annotations

from fractions import Fraction

from ..records import Came, CameBack, History, Line, Order, Product, Went
from .flow import begun, flow_of
from .question import Question

# Reasons of a return that a supplier answers for.
FAULTS = ("quality", "wrong")


def faults(history: History, question: Question) -> dict[Went, Fraction]:
    """What of every return that stands is the supplier's fault.

    That is all that was bad or another article; and of what was told to be too much,
    what more went back than had come too much.
    """
    found, spare = {}, {}
    for went in history.of(Went, question.cutoff):
        stands = standing(history, went, question)
        if went.reason in FAULTS:
            found[went] = stands
        elif went.reason == "surplus":
            key = (went.came.order, went.part)
            room = spare.setdefault(key, _surplus(history, *key, question))
            room /= _in_units(went.line, went.part)
            found[went] = max(stands - room, Fraction())
            spare[key] -= min(stands, room) * _in_units(went.line, went.part)
    return found


def standing(history: History, went: Went, question: Question) -> Fraction:
    """What of a return did not come back."""
    return went.quantity - sum(
        deed.quantity
        for deed in history.of(CameBack, question.cutoff)
        if deed.went is went
    )


def _surplus(
    history: History, order: Order, part: Product, question: Question
) -> Fraction:
    """What of a part came above what was ordered, on all lines of the order."""
    came = sum(
        quantity * _in_units(line, whose)
        for receipt in history.of(Came, question.cutoff)
        for (line, whose), quantity in receipt.goods.items()
        if receipt.order is order and whose == part
    )
    ordered = sum(
        flow_of(history, order, line, question).wanted
        * line.product.parts[part]
        * _in_units(line, part)
        for line in order.lines
        if begun(order, line) <= question.cutoff and part in line.product.parts
    )
    return max(came - ordered, Fraction())


def _in_units(line: Line, part: Product) -> Fraction:
    """What the quantities of a line are in the part's unit."""
    return line.unit.factor if part == line.product else Fraction(1)
