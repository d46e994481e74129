from datetime import date, datetime
from fractions import Fraction

from odoo.tests import BaseCase, tagged

from . import definition
from .catalogue import ADVICE, BOLT, DOZEN, NUT, UNIT
from .definition import Question
from .records import (
    Came,
    Cancelled,
    History,
    Line,
    Money,
    Order,
    PromiseChanged,
    Went,
)

DOLLAR = Money("USD", Fraction(1, 100))
QUESTION = Question(
    "Asia/Shanghai", date(2026, 3, 1), date(2026, 3, 31), datetime(2026, 4, 4, 16)
)


def at(day, hour=4) -> datetime:
    return datetime(2026, *day, hour)


class Teller:
    """Tells the reference sets as histories."""

    def __init__(self, name):
        self.history = History(name, DOLLAR)

    def order(self, quantity, price, promised, *, confirmed=(3, 1), **line_vals):
        number = len(self.history.orders) + 1
        order = Order(str(number), DOLLAR, at(confirmed, 2), at(confirmed, 2))
        values = {"product": BOLT, "unit": UNIT, **line_vals}
        order.lines.append(
            Line(
                f"L{number}",
                quantity=Fraction(quantity),
                price=Fraction(str(price)),
                promised=at(promised),
                **values,
            )
        )
        self.history.orders.append(order)
        return order

    def came(self, order, day, quantity=None, moment=None):
        [line] = order.lines
        goods = {(line, line.product): Fraction(quantity or line.quantity)}
        deed = Came(order, goods, at=moment or at(day))
        self.history.deeds.append(deed)
        return deed

    def tell(self, deed):
        self.history.deeds.append(deed)


def set_d() -> History:
    """The published reference set of deliveries, L1 to L14."""
    teller = Teller("D")
    order, came, tell = teller.order, teller.came, teller.tell
    came(order(100, 10, (3, 10)), (3, 10))
    split = order(100, 20, (3, 10))
    came(split, (3, 10), 60)
    came(split, (3, 13), 40)
    order(50, 40, (3, 15))
    came(order(10, 100, (3, 20)), (3, 19), 20)
    came(order(2, 120, (3, 25), unit=DOZEN), (3, 25))
    came(order(10, 50, (3, 25)), None, moment=datetime(2026, 3, 25, 16, 30))
    returned = order(30, 10, (3, 12))
    receipt = came(returned, (3, 12))
    [line] = returned.lines
    tell(Went(receipt, line, BOLT, Fraction(12), "quality", "vendor", at=at((3, 20))))
    cancelled = order(70, 10, (3, 14))
    tell(Cancelled(cancelled, at=at((3, 2))))
    order(70, 10, (4, 2))
    came(order(40, 5, (3, 18)), (3, 18))
    order(1, 300, (3, 18), product=ADVICE)
    came(order(5, 0, (3, 28)), (3, 30))
    for day, moved, reason in (
        ((3, 5), (3, 9), "supplier"),
        ((3, 6), (3, 16), "buyer"),
    ):
        changed = order(20, 10, day)
        [line] = changed.lines
        tell(PromiseChanged(line, at(moved), reason, at=at((3, 2), 2)))
        came(changed, moved)
    return teller.history


def set_c() -> tuple[History, History]:
    """The published reference set of prices: the supplier, and its competitor."""
    supplier, competitor = Teller("S"), Teller("T")
    for quantity, price, day in (
        (100, "10.00", (1, 15)),
        (100, "10.00", (2, 15)),
        (100, "10.50", (3, 10)),
        (50, "9.50", (3, 20)),
    ):
        supplier.order(quantity, price, day, confirmed=day, product=NUT)
    competitor.order(100, 9, (2, 10), confirmed=(2, 10), product=NUT)
    return supplier.history, competitor.history


@tagged("post_install", "-at_install")
class TestDefinition(BaseCase):
    """The executable definition says what the published reference sets say."""

    def assertFigures(self, found, **expected):
        for code, value in expected.items():
            self.assertAlmostEqual(found[code].value, value, 4, code)

    def test_set_d(self):
        history = set_d()
        found = definition.figures(history, QUESTION, [history])
        self.assertFigures(
            found,
            otd=54.1885,
            otif=21.4660,
            fill_rate=73.8220,
            days_late=5.9817,
            lead_time=16.62,
            lead_time_cv=44.2962,
            promise_kept=90.9091,
            return_rate=1.8072,
        )
        self.assertEqual((found["otd"].n, found["lead_time"].n), (11, 10))
        self.assertEqual(found["return_rate"].n, 12)

    def test_set_d_by_line_and_with_tolerance(self):
        history = set_d()
        question = Question(**{**vars(QUESTION), "weighting": "line"})
        self.assertFigures(
            definition.figures(history, question, [history]),
            otd=60,
            otif=36.3636,
            fill_rate=90.9091,
            days_late=2.6545,
        )
        question = Question(**{**vars(QUESTION), "late": 3})
        self.assertFigures(
            definition.figures(history, question, [history]), otd=71.2042
        )

    def test_set_c(self):
        market = set_c()
        self.assertFigures(
            definition.figures(market[0], QUESTION, market),
            price_variance=1.6667,
            price_volatility=4.0825,
            price_competitiveness=6.6167,
        )

    def test_surplus_before_the_other_line_was_cancelled(self):
        """What was typed on one line is both lines' until they are cancelled."""
        teller = Teller("E")
        order = teller.order(2, 5, (3, 21))
        [typed] = order.lines
        order.lines.append(
            Line("other", BOLT, Fraction(1), UNIT, Fraction(5), at((3, 12)))
        )
        goods = {(typed, BOLT): Fraction(3)}
        teller.tell(Came(order, goods, at=at((3, 12))))
        for day, otif in ((14, 100), (11, 0)):
            teller.tell(Cancelled(order, at=at((3, day))))
            found = definition.figures(teller.history, QUESTION, [teller.history])
            self.assertFigures(found, otif=otif)
            teller.history.deeds.pop()
