"""Quality: receipts and returns dated in the period, incidents opened in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from ..records import (
    Came,
    Complained,
    History,
    Line,
    Order,
    Product,
    Replaced,
    Went,
)
from .amounts import in_company, net_price
from .question import Figure, Question, ratio, weighted
from .returns import faults, standing


@dataclass
class Lot:
    """What came of one part of a line at once.

    :param faulty: the share of it that was not as it should be
    """

    order: Order
    line: Line
    part: Product
    at: datetime
    quantity: Fraction
    faulty: Fraction = Fraction()

    @property
    def value(self) -> Fraction:
        return value(self.order, self.line, self.part, self.quantity)


def value(order: Order, line: Line, part: Product, quantity: Fraction) -> Fraction:
    """At the order's price; each part of a kit has the same share of its price."""
    parts = line.product.parts
    price = net_price(order, line) / len(parts) / parts[part]
    return in_company(order, price * quantity)


def lots(history: History, question: Question) -> list[Lot]:
    """All that came by the cut-off, with what is known to be wrong with it."""
    found = {
        (receipt, *whose): Lot(receipt.order, *whose, receipt.at, quantity)
        for receipt in history.of(Came, question.cutoff)
        for whose, quantity in receipt.goods.items()
        if quantity
    }
    for went, quantity in faults(history, question).items():
        lot = found[went.came, went.line, went.part]
        lot.faulty += quantity / lot.quantity
    for (_receipt, line, _part), lot in found.items():
        rejected = _rejected(history, line, question) / lot.quantity
        lot.faulty = min(max(lot.faulty, rejected), Fraction(1))
    _spread_over_kits(found)
    replaced = [
        Lot(deed.went.came.order, deed.went.line, deed.went.part, deed.at,
            deed.went.quantity)
        for deed in history.of(Replaced, question.cutoff)
    ]  # fmt: skip
    return [*found.values(), *replaced]


def _spread_over_kits(found) -> None:
    """What came together for kits is as bad as its worst component."""
    worst = {}
    for (receipt, line, _part), lot in found.items():
        worst[receipt, line] = max(worst.get((receipt, line), 0), lot.faulty)
    for (receipt, line, _part), lot in found.items():
        lot.faulty = worst[receipt, line]


def figures(history: History, question: Question) -> dict[str, Figure]:
    """The quality KPIs; none where a receipt has several lines for one component."""
    if any(line.product.repeats for order in history.orders for line in order.lines):
        return {}
    received = [
        lot
        for lot in lots(history, question)
        if question.asks_for(question.day(lot.at))
    ]
    by_line = question.weighting == "line"
    complaints = [
        deed
        for deed in _complaints(history, question)
        if question.asks_for(question.day(deed.at))
    ]
    good = [lot for lot in received if not lot.faulty]
    return {
        "return_rate": _return_rate(history, received, question),
        "defect_ppm": weighted(
            ((1 if by_line else lot.value, lot.faulty)
             for lot in received),
            10**6,
        ),
        "lot_acceptance": ratio(len(good), len(received), len(received)),
        "complaint_rate": Figure(
            ratio(len(complaints), len(received), len(received)).value
        ),
    }  # fmt: skip


def _return_rate(history, received, question) -> Figure:
    """Value that went back in the period, and stayed there, ÷ value that came in it."""
    gone = [
        (went, standing(history, went, question))
        for went in history.of(Went, question.cutoff)
        if question.asks_for(question.day(went.at))
    ]
    gone = [(went, quantity) for went, quantity in gone if quantity]
    back = sum(
        value(went.came.order, went.line, went.part, quantity)
        for went, quantity in gone
    )
    came = sum(lot.value for lot in received)
    return ratio(back, came, len(received) + len(gone))


def _rejected(history, line, question) -> Fraction:
    return sum(
        (deed.quantity for deed in _complaints(history, question) if deed.line is line),
        Fraction(),
    )


def _complaints(history, question):
    return [
        deed
        for deed in history.of(Complained, question.cutoff)
        if deed.kind == "quality" and deed.responsibility == "supplier"
    ]
