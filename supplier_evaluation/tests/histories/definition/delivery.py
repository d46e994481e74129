"""Delivery: one record per order line whose promise falls in the period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ..records import (
    Acknowledged,
    Came,
    History,
    Line,
    Order,
    PromiseChanged,
    QuantityChanged,
)
from .amounts import in_company, subtotal
from .flow import Flow, begun, flows_of, promise, rounding
from .question import Figure, Question, mean, ratio, variation, weighted
from .returns import faults


@dataclass
class Delivery:
    """What one line delivered by the cut-off.

    :param exclusion: why it does not count; empty: it does
    """

    order: Order
    line: Line
    exclusion: str = ""
    weight: Fraction = Fraction()
    on_time: Fraction = Fraction()
    otif: int = 0
    fill: Fraction = Fraction()
    days_late: Fraction = Fraction()
    lead_time: Fraction | None = None
    cycle_time: int | None = None
    kept: int = 1


def deliveries(history: History, question: Question) -> list[Delivery]:
    """The records of the period, counted or not."""
    found = []
    for order in history.orders:
        flows = flows_of(history, order, question)
        for flow in flows.values():
            day = question.day(flow.promised)
            if question.asks_for(day) and question.is_due(day):
                found.append(_delivery(history, flow, question))
    return found


def figures(history: History, question: Question) -> dict[str, Figure]:
    """The delivery KPIs."""
    rows = [row for row in deliveries(history, question) if not row.exclusion]
    by_line = question.weighting == "line"

    def share(name, factor=100):
        return weighted(
            ((1 if by_line else row.weight, getattr(row, name)) for row in rows),
            factor,
        )

    lead_times = [row.lead_time for row in rows if row.lead_time is not None]
    spread = variation(lead_times)
    cycles = [row.cycle_time for row in rows if row.cycle_time is not None]
    return {
        "otd": share("on_time"),
        "otif": share("otif"),
        "fill_rate": share("fill"),
        "days_late": share("days_late", 1),
        "lead_time": mean(lead_times),
        "lead_time_cv": Figure(spread and 100 * spread, len(lead_times)),
        "cycle_time": mean(cycles),
        "promise_kept": mean((row.kept for row in rows), 100),
        "ack_rate": _acknowledged(history, rows, question),
        "flexibility": weighted(
            (1 if by_line else row.weight, int(row.on_time >= 1))
            for row in rows
            if _is_urgent(history, row, question) or _is_changed(history, row, question)
        ),
    }


def _acknowledged(history, rows, question) -> Figure:
    orders = {row.order.key for row in rows}
    answered = {deed.order.key for deed in history.of(Acknowledged, question.cutoff)}
    return ratio(len(orders & answered), len(orders), len(orders))


def _is_urgent(history, row, question) -> bool:
    """Whether it is marked, or was promised sooner than it usually takes."""
    promised = question.day(promise(history, row.line, question.cutoff))
    days = (promised - question.day(begun(row.order, row.line))).days
    return row.order.is_urgent or days < history.usual_days.get(row.line.product, 0)


def _is_changed(history, row, question) -> bool:
    """Whether we changed date or quantity while it could still be met."""
    line = row.line
    promised = question.day(promise(history, line, question.cutoff))
    until = line.promised
    for change in history.of((QuantityChanged, PromiseChanged), question.cutoff):
        if change.line is not line or question.day(change.at) > promised:
            continue
        if isinstance(change, QuantityChanged):
            if change.quantity:
                return True
        elif change.reason == "buyer":
            is_over = question.day(change.at) > question.day(until)
            if not is_over and not _has_come(history, line, change.at):
                return True
            until = change.promised
    return False


def _has_come(history, line, instant) -> bool:
    """Whether all of it had come by then."""
    came = {part: Fraction() for part in line.product.parts}
    for deed in history.of(Came, instant):
        for (owner, part), quantity in deed.goods.items():
            if owner is line and deed.told <= instant:
                came[part] += quantity
    ordered = [
        change.quantity
        for change in history.of(QuantityChanged, instant)
        if change.line is line
    ]
    wanted = ordered[-1] if ordered else line.quantity
    return all(
        came[part] / number >= wanted for part, number in line.product.parts.items()
    )


# ------------------------------------------------------------
# What one line delivered
# ------------------------------------------------------------


def _delivery(history: History, flow: Flow, question: Question) -> Delivery:
    result = Delivery(flow.order, flow.line)
    result.exclusion = _exclusion(flow, question)
    if result.exclusion:
        return result
    if _is_excused(flow, question):
        flow.ordered = min(flow.ordered, flow.total)
    day = question.day(flow.promised)
    first = _first(flow.units, flow.ordered)
    filled = sum((quantity for _day, quantity in first), Fraction())
    amount = subtotal(flow.order, flow.line, flow.ordered)
    result.weight = max(in_company(flow.order, amount), Fraction())
    result.fill = filled / flow.ordered
    result.on_time = min(_on_time(flow, day, question) / flow.ordered, Fraction(1))
    result.days_late = _days_late(flow, first, day, question)
    result.otif = int(_is_otif(history, flow, result.on_time, question))
    base = _base(flow, first, question)
    if base:
        days = sum(quantity * (when - base).days for when, quantity in first)
        result.lead_time = days / filled
        if filled == flow.ordered:
            result.cycle_time = (first[-1][0] - base).days
    result.kept = int(not _was_moved(history, flow.line, question))
    return result


def _exclusion(flow: Flow, question: Question) -> str:
    is_excused = not flow.units and _is_excused(flow, question)
    if is_excused and question.day(flow.ended.at) <= question.day(flow.promised):
        return "cancelled"
    if flow.line.product.kind == "service":
        return "not_goods"
    return "responsibility" if is_excused else ""


def _is_excused(flow: Flow, question: Question) -> bool:
    """Whether the rest was cancelled in time, or for us: it does not lack."""
    if not flow.ended:
        return False
    is_ours = getattr(flow.ended, "ours", False) or getattr(flow.ended, "agreed", False)
    return is_ours or question.day(flow.ended.at) <= question.day(flow.promised)


def _first(units, ordered):
    """The first units, up to the ordered quantity."""
    found, room = [], ordered
    for day, quantity in units:
        if room > 0:
            found.append((day, min(quantity, room)))
            room -= quantity
    return found


def _on_time(flow, promised: date, question) -> Fraction:
    return sum(
        (
            quantity
            for day, quantity in flow.units
            if (day - promised).days <= question.late
            and (question.early is None or (promised - day).days <= question.early)
        ),
        Fraction(),
    )


def _days_late(flow, first, promised: date, question) -> Fraction:
    """Open goods age to the cut-off, or to the day of cancelling."""
    filled = sum((quantity for _day, quantity in first), Fraction())
    end = question.day(flow.ended.at) if flow.ended else question.today
    late = (flow.ordered - filled) * max((end - promised).days, 0)
    late += sum(quantity * max((day - promised).days, 0) for day, quantity in first)
    return late / flow.ordered


def _is_otif(history, flow, on_time, question) -> bool:
    least = flow.ordered * (1 - question.under / 100)
    most = max(flow.ordered, flow.wanted) * (1 + question.over / 100)
    return (
        on_time * flow.ordered >= least
        and flow.total >= least
        and flow.over < most + rounding(flow.line)
        and not _faults(history, flow.line, question)
    )


def _faults(history, line, question) -> Fraction:
    """What of a line went back for a fault of the supplier."""
    return sum(
        quantity
        for went, quantity in faults(history, question).items()
        if went.line is line
    )


def _base(flow, first, question) -> date | None:
    """The day from which the lead time runs; none where goods came before any."""
    if not first:
        return None
    base = question.day(begun(flow.order, flow.line))
    if first[0][0] >= base:
        return base
    base = question.day(flow.order.ordered)
    return base if base < first[0][0] else None


def _was_moved(history, line, question) -> bool:
    return any(
        change.line is line and change.reason == "supplier"
        for change in history.of(PromiseChanged, question.cutoff)
    )
