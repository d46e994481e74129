"""Prices and amounts of an order line."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from ..records import Line, Order

# Of an amount of fewer roundings, rounding can be more than a hundredth.
FEW = 50


def rounded(amount: Fraction, rounding: Fraction) -> Fraction:
    """To the next multiple; the half goes up."""
    sign = -1 if amount < 0 else 1
    return sign * floor(abs(amount) / rounding + Fraction(1, 2)) * rounding


def rounded_up(amount: Fraction, rounding: Fraction) -> Fraction:
    """To the next multiple above."""
    return ceil(amount / rounding) * rounding


def subtotal(order: Order, line: Line, quantity: Fraction) -> Fraction:
    """What the line costs without tax, in the order's currency."""
    amount = quantity * line.price * (1 - line.discount / 100)
    return rounded(amount / (1 + line.tax / 100), order.currency.rounding)


def net_price(order: Order, line: Line) -> Fraction:
    """The price of one unit of the line after discount, without tax.

    Where tax is inside, it is the rounded subtotal ÷ quantity, unless rounding could be
    more than a hundredth of it; of what is free, nothing is left.
    """
    typed = line.price * (1 - line.discount / 100)
    if not line.tax or not line.quantity:
        return typed
    amount = subtotal(order, line, line.quantity)
    if abs(amount) < FEW * order.currency.rounding:
        return typed / (1 + line.tax / 100)
    return amount / line.quantity


def gross_price(order: Order, line: Line) -> Fraction:
    """The price of one unit before discount, without the tax inside it."""
    if not line.tax:
        return line.price
    if line.discount == 100 or not subtotal(order, line, line.quantity):
        return line.price / (1 + line.tax / 100)
    return net_price(order, line) / (1 - line.discount / 100)


def in_company(order: Order, amount: Fraction) -> Fraction:
    """An amount of the order in the company's currency, at the order's rate."""
    return amount / order.currency.rate(order.ordered.date())
