"""Bills: what was asked for, when it was due and when it was paid."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from ..records import Billed, BillItem, History, Money, Paid, Refunded
from .amounts import net_price, rounded
from .question import Figure, Question, ratio


def figures(history: History, question: Question) -> dict[str, Figure]:
    """The KPIs of bills."""
    bills = [
        bill
        for bill in _known(history, Billed, question)
        if not _is_reversed(history, bill, question)
    ]
    posted = [bill for bill in bills if question.asks_for(bill.day)]
    return {
        "bill_price_variance": _against_order(posted),
        "payment_terms": _terms(posted, history.own),
        "days_to_pay": _paid(history, bills, question),
    }


def amount(bill: Billed) -> Fraction:
    """In the bill's currency; the bill is rounded, not its lines."""
    return rounded(_total(bill), bill.currency.rounding)


def _total(bill: Billed) -> Fraction:
    return bill.down + sum(item.quantity * _price(item) for item in bill.items)


def _price(item: BillItem) -> Fraction:
    return item.price * (1 - item.discount / 100)


def _in_company(bill: Billed, value: Fraction) -> Fraction:
    return value / bill.currency.rate(bill.day)


def _booked(bill: Billed, own: Money) -> Fraction:
    """The amount in the company's books."""
    return rounded(_in_company(bill, _total(bill)), own.rounding)


def _known(history, kind, question) -> list:
    """Bills, credit notes and payments have a day, and no time."""
    return [
        deed
        for deed in history.of(kind, datetime.max)
        if deed.day <= question.last_known_day
    ]


def _is_reversed(history, bill, question) -> bool:
    return any(
        refund.bill is bill and refund.share == 1
        for refund in _known(history, Refunded, question)
    )


def _against_order(posted) -> Figure:
    """Billed against ordered price; down payments are no goods."""
    above = below = Fraction()
    n = 0
    for bill in posted:
        for item in bill.items:
            n += 1
            billed, agreed = _prices(bill, item)
            above += abs(billed - agreed) * item.quantity
            below += agreed * item.quantity
    return ratio(above, below, n)


def _prices(bill: Billed, item: BillItem) -> tuple[Fraction, Fraction]:
    """Billed and ordered price in the company's currency.

    Both are taken at the rates of the day of the bill: the rate's way since the order
    makes no difference of price.
    """
    order = bill.order
    agreed = net_price(order, item.line)
    return _in_company(bill, _price(item)), agreed / order.currency.rate(bill.day)


def _terms(posted, own: Money) -> Figure:
    """Days until due; without a term nothing was agreed, and nothing is due of 0."""
    above = below = Fraction()
    n = 0
    for bill in posted:
        if bill.term and amount(bill):
            n += 1
            for part, days in _instalments(bill, own):
                above += part * days
                below += part
    return ratio(above, below, n, 1)


def _instalments(bill: Billed, own: Money):
    """Yield amount and days of each; the last is what the others leave."""
    rest = total = _booked(bill, own)
    for percent, days in bill.term[:-1]:
        part = rounded(total * percent / 100, own.rounding)
        rest -= part
        yield part, days
    yield rest, bill.term[-1][1]


def _paid(history, bills, question) -> Figure:
    """Days until the payment that settled a bill."""
    above = below = Fraction()
    n = 0
    for bill in bills:
        day = _settled(history, bill, question)
        if day and question.asks_for(day):
            n += 1
            weight = _booked(bill, history.own)
            above += weight * (day - bill.day).days
            below += weight
    return ratio(above, below, n, 1)


def _settled(history, bill, question) -> date | None:
    """The day on which the last of it was paid, or ``None``."""
    parts = sorted(
        (deed.day, deed.share)
        for kind in (Paid, Refunded)
        for deed in _known(history, kind, question)
        if deed.bill is bill
    )
    share = Fraction()
    for day, part in parts:
        share += part
        if share >= 1:
            return day
    return None
