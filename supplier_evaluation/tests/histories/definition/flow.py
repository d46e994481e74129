"""What came for which line of an order, and what of it was still wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from ..records import (
    Came,
    Cancelled,
    ConfirmedAgain,
    Deed,
    History,
    Line,
    Order,
    PromiseChanged,
    QuantityChanged,
)
from .question import Question

# Of the products' units.
ROUNDING = Fraction(1, 100)


def rounding(line: Line) -> Fraction:
    """What is less is not too much, in the line's unit.

    Nobody can send 10.9728 metres for 12 yards: 10.98 are as many. In the product's own
    unit what is ordered is what can be sent, and differences are rounded.
    """
    share = Fraction(1) if line.unit.factor != 1 else Fraction(1, 2)
    return share * ROUNDING / line.unit.factor


@dataclass(eq=False)
class Flow:
    """A line's goods until the cut-off: its own, what it gave away and what it got.

    :param ordered: the quantity that counts
    :param wanted: the quantity that was ordered in the end; what it is more is no
        over-delivery
    :param units: ``(day, quantity)`` in the line's unit, in order of days
    :param over: how much came of the component of which most came
    """

    order: Order
    line: Line
    ordered: Fraction
    wanted: Fraction
    promised: datetime
    ended: Deed | None
    units: list[tuple[date, Fraction]] = field(default_factory=list)
    over: Fraction = Fraction()

    @property
    def total(self) -> Fraction:
        return sum((quantity for _day, quantity in self.units), Fraction())

    @property
    def missing(self) -> Fraction:
        """What of the quantity that was ordered did not come."""
        return max(self.wanted - self.total, Fraction())

    def room(self, day: date, question: Question) -> Fraction:
        """What it waits for on a day: nothing when it was cancelled before."""
        if self.ended and question.day(self.ended.at) < day:
            return Fraction()
        return self.missing


def begun(order: Order, line: Line) -> datetime:
    """When the line was first confirmed, or added; it stays so."""
    return line.added or order.confirmed


def promise(history: History, line: Line, until: datetime) -> datetime:
    """What was promised, as it was known at an instant."""
    changes = [
        change.promised
        for change in history.of(PromiseChanged, until)
        if change.line is line and change.reason == "buyer"
    ]
    return changes[-1] if changes else line.promised


def cancelled(history: History, order: Order, until: datetime) -> Cancelled | None:
    """How the order stood at an instant: cancelled, or not (any more)."""
    steps = [
        step
        for step in history.of((Cancelled, ConfirmedAgain), until)
        if step.order is order
    ]
    return steps[-1] if steps and isinstance(steps[-1], Cancelled) else None


def flows_of(history: History, order: Order, question: Question) -> dict[Line, Flow]:
    """The goods of every line that the order had by the cut-off."""
    flows = {
        line: flow_of(history, order, line, question)
        for line in order.lines
        if begun(order, line) <= question.cutoff
    }
    receipts = [
        receipt
        for receipt in history.of(Came, question.cutoff)
        if receipt.order is order
    ]
    for flow in flows.values():
        if flow.line.product.kind == "kit":
            _fill_kit(flow, receipts, question)
    for receipt in receipts:
        _fill(flows, receipt, question)
    for flow in flows.values():
        flow.units.sort()
    return flows


def flow_of(history: History, order: Order, line: Line, question: Question) -> Flow:
    promised = promise(history, line, question.cutoff)
    day = question.day(promised)
    ordered, now, emptied = _ordered(history, line, day, question)
    end = cancelled(history, order, question.cutoff) or emptied
    return Flow(order, line, ordered, max(ordered, now), promised, end)


def _ordered(history, line, promised: date, question):
    """The quantity that counts, the present one, and what set the line to nothing.

    A change counts until the promised day. Later only if a reason says that we wanted
    it: of the change, or of a promise that was moved for us afterwards.
    """
    counted = now = line.quantity
    emptied = None
    for change in history.of((QuantityChanged, PromiseChanged), question.cutoff):
        if change.line is not line:
            continue
        if isinstance(change, QuantityChanged):
            now = change.quantity
            emptied = None if now else change
            is_counted = change.agreed or question.day(change.at) <= promised
        else:
            is_counted = change.reason == "buyer"
        if now and is_counted:
            counted = now
    return counted, now, emptied


def _fill(flows, receipt: Came, question: Question) -> None:
    """Fill each line with its own goods, then others with what is too much.

    What came before the other line was cancelled filled it.
    """
    day = question.day(receipt.at)
    spare = {}
    for (line, _part), quantity in receipt.goods.items():
        flow = flows.get(line)
        if flow and line.product.kind != "kit":
            own = min(quantity, flow.missing)
            if own and quantity - own < rounding(line):
                own = quantity
            _put(flow, day, own)
            spare[flow] = quantity - own
    for flow, quantity in spare.items():
        others = [
            other
            for other in flows.values()
            if other.line.product == flow.line.product and other is not flow
        ]
        for other in sorted(others, key=lambda other: other.promised):
            # A line may be in another unit.
            scale = flow.line.unit.factor / other.line.unit.factor
            given = min(quantity, other.room(day, question) / scale)
            _put(other, day, given * scale)
            quantity -= given
        _put(flow, day, quantity)


def _put(flow: Flow, day: date, quantity: Fraction) -> None:
    if quantity:
        flow.units.append((day, quantity))
        flow.over += quantity


def _fill_kit(flow: Flow, receipts: list[Came], question: Question) -> None:
    parts = flow.line.product.parts
    came = {part: [] for part in parts}
    for receipt in receipts:
        for (owner, part), quantity in receipt.goods.items():
            if owner is flow.line and quantity:
                came[part].append((question.day(receipt.at), quantity))
    flow.units = _whole(came, parts)
    flow.over = max(
        sum((quantity for _day, quantity in units), Fraction()) / parts[part]
        for part, units in came.items()
    )


def _whole(came, parts) -> list[tuple[date, Fraction]]:
    """When how many of the product were complete: its slowest part decides."""
    days = sorted({day for units in came.values() for day, _quantity in units})
    whole, found = Fraction(), []
    for until in days:
        complete = min(
            sum((quantity for day, quantity in came[part] if day <= until), Fraction())
            / number
            for part, number in parts.items()
        )
        if complete > whole:
            found.append((until, complete - whole))
            whole = complete
    return found
