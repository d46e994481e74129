"""What histories are about: companies, places, units, products and terms."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from .records import Money, Product, Unit

EURO_RATES = ((date(2024, 1, 1), Fraction(1, 2)), (date(2026, 2, 16), Fraction(4, 5)))
# Name, time zone, currency, and its rounding.
COMPANIES = (
    ("Histories East", "Asia/Shanghai", "USD", Fraction(1, 100)),
    ("Histories West", "America/New_York", "JPY", Fraction(1)),
    ("Histories Middle", "UTC", "KWD", Fraction(1, 1000)),
)
PLACES = ("one_step", "two_steps", "three_steps")
TERMS = ((), ((100, 30),), ((40, 10), (60, 60)), ((100, 0),))
TAX = Fraction(20)

UNIT, DOZEN = Unit("unit"), Unit("dozen", Fraction(12))
METRE, YARD = Unit("metre"), Unit("yard", Fraction("0.9144"))

BOLT, NUT, CLOTH = Product("bolt"), Product("nut"), Product("cloth")
ADVICE = Product("advice", "service")
FRAME, WHEEL, BELL = Product("frame"), Product("wheel"), Product("bell")
BICYCLE = Product("bicycle", "kit", ((FRAME, Fraction(1)), (WHEEL, Fraction(2))))
# A kit in a kit, and one with a component of both.
TANDEM = Product("tandem", "kit", ((BICYCLE, Fraction(2)), (BELL, Fraction(3))))
TRAILER = Product("trailer", "kit", ((BICYCLE, Fraction(1)), (WHEEL, Fraction(2))))
PRODUCTS = (BOLT, NUT, CLOTH, ADVICE, FRAME, WHEEL, BELL, BICYCLE, TANDEM, TRAILER)
REASONS = ("quality", "wrong", "surplus", "ours", "other")
MISTAKE = "mistake"


def euro() -> Money:
    """The foreign currency of every company."""
    return Money("EUR", Fraction(1, 100), EURO_RATES)
