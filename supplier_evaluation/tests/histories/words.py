"""A history in words, for whoever has to find out why two figures differ."""

from __future__ import annotations

from functools import singledispatch

from . import records


def tell(history: records.History) -> list[str]:
    """The orders and the deeds, in order of time, a line each."""
    told, orders = [], history.orders
    for order in orders:
        told.append((order.confirmed, _order(order)))
        told += [(line.added or order.confirmed, _line(line)) for line in order.lines]
    told += [
        (orders[0].confirmed, f"  usually {product.name} takes {days} days")
        for product, days in history.usual_days.items()
    ]
    told += [(deed.told, _deed(deed)) for deed in history.deeds]
    return [
        f"{moment:%Y-%m-%d %H:%M} {text}"
        for moment, text in sorted(told, key=lambda pair: pair[0])
    ]


def number(value) -> str:
    return f"{float(value):g}"


def _order(order) -> str:
    extras = [order.place, order.currency.name]
    extras += ["keeps the unit"] if order.keeps_unit else []
    extras += ["on a contact"] if order.by_contact else []
    extras += ["urgent"] if order.is_urgent else []
    return (
        f"order {order.key} confirmed, dated {order.ordered:%Y-%m-%d %H:%M} "
        f"({', '.join(extras)})"
    )


def _line(line) -> str:
    extras = [f"-{number(line.discount)} %"] if line.discount else []
    extras += [f"{number(line.tax)} % of tax inside"] if line.tax else []
    extras += ["added later"] if line.added else []
    return (
        f"  line {line.key}: {number(line.quantity)} {line.unit.name} of "
        f"{line.product.name} at {number(line.price)}, promised for "
        f"{line.promised:%Y-%m-%d %H:%M} {' '.join(extras)}".rstrip()
    )


@singledispatch
def _deed(deed) -> str:
    raise TypeError(f"No words for {deed!r}")


@_deed.register
def _(deed: records.Came) -> str:
    goods = ", ".join(
        f"{number(quantity)} {part.name} for {line.key}"
        for (line, part), quantity in deed.goods.items()
    )
    back = f", dated back to {deed.at:%Y-%m-%d %H:%M}" if deed.typed else ""
    return f"came: {goods}{back}{', closed' if deed.closes else ''}"


@_deed.register
def _(deed: records.Went) -> str:
    return (
        f"went back: {number(deed.quantity)} {deed.part.name} of {deed.line.key}, "
        f"received {deed.came.at:%m-%d}, reason {deed.reason}, route {deed.route}"
    )


@_deed.register
def _(deed: records.CameBack) -> str:
    return f"of these came back: {number(deed.quantity)} ({deed.went.line.key})"


@_deed.register
def _(deed: records.Replaced) -> str:
    return f"were replaced: {number(deed.went.quantity)} ({deed.went.line.key})"


@_deed.register
def _(deed: records.MovedInside) -> str:
    return f"into quarantine: {number(deed.quantity)} of {deed.line.key}"


@_deed.register
def _(deed: records.QuantityChanged) -> str:
    reason = ", for us" if deed.agreed else ""
    return f"quantity of {deed.line.key} now {number(deed.quantity)}{reason}"


@_deed.register
def _(deed: records.PromiseChanged) -> str:
    return (
        f"promise of {deed.line.key} moved to {deed.promised:%Y-%m-%d %H:%M} "
        f"({deed.reason})"
    )


@_deed.register
def _(deed: records.Cancelled) -> str:
    return f"order {deed.order.key} cancelled{', our decision' if deed.ours else ''}"


@_deed.register
def _(deed: records.ConfirmedAgain) -> str:
    return f"order {deed.order.key} set to draft and confirmed again"


@_deed.register
def _(deed: records.Acknowledged) -> str:
    return f"order {deed.order.key} acknowledged"


@_deed.register
def _(deed: records.Complained) -> str:
    return (
        f"incident about {number(deed.quantity)} of {deed.line.key}: {deed.kind}, "
        f"{deed.responsibility}"
    )


@_deed.register
def _(deed: records.Billed) -> str:
    items = ", ".join(
        f"{number(item.quantity)} of {item.line.key} at {number(item.price)}"
        for item in deed.items
    )
    term = f"term {deed.term}" if deed.term else "no term"
    return f"bill {deed.key} of {deed.day} ({deed.currency.name}, {term}): {items}"


@_deed.register
def _(deed: records.Refunded) -> str:
    return f"credit note of {deed.day} for {number(deed.share)} of {deed.bill.key}"


@_deed.register
def _(deed: records.Paid) -> str:
    return f"{number(deed.share)} of {deed.bill.key} paid on {deed.day}"
