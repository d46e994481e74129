"""What comes, what changes meanwhile, and what goes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from ..catalogue import MISTAKE, REASONS, YARD
from ..definition.amounts import rounded_up
from ..definition.flow import promise
from ..records import (
    Came,
    CameBack,
    Cancelled,
    Complained,
    Line,
    MovedInside,
    PromiseChanged,
    QuantityChanged,
    Replaced,
    Went,
)

HALF = Fraction(1, 2)
CENTIMETRE = Fraction(1, 100)
# Routes of a return that takes back nothing but the receipt.
STRAIGHT = ("vendor", "transit", "customers", "exchange")


class GoodsTeller:
    """Writes the receipts of one order, as far as Odoo's documents allow.

    It keeps in mind what Odoo waits for: a line can be received while it is open.
    """

    def __init__(self, inventor, order):
        self.inventor = inventor
        self.rng = inventor.rng
        self.order = order
        self.lines = [line for line in order.lines if line.product.kind != "service"]
        # What Odoo still waits for, by line and part.
        self.waiting = {
            (line, part): number * line.quantity
            for line in self.lines
            for part, number in line.product.parts.items()
        }
        self.quantities = {line: line.quantity for line in self.lines}
        self.receipts = []
        self.has_shared = False

    def tell(self, now: datetime) -> None:
        chance = self.inventor.chance
        if chance(0.15):
            now = self._change_quantity(now)
        if chance(0.06):
            self._cancel(now)
            return
        if chance(0.06):
            self._end_late(now)
            return
        self._receive(now)
        if self.receipts:
            self._write_after_goods()

    def _add(self, deed):
        self.inventor.history.deeds.append(deed)

    def _promise(self, line: Line) -> datetime:
        return promise(self.inventor.history, line, datetime.max)

    # ------------------------------------------------------------
    # Changes without goods
    # ------------------------------------------------------------

    def _change_quantity(self, now):
        """A line is lowered or raised before anything came."""
        line = self.rng.choice(self.lines)
        if not self._may_change(line):
            return now
        factor = self.rng.choice((HALF, Fraction(2), Fraction(3, 2)))
        quantity = line.quantity * factor
        if quantity.denominator > 1:
            quantity = line.quantity + 2
        now = self.inventor.later(now, 0, self.rng.choice((1, 1, 12)))
        self._set_quantity(line, quantity, now)
        return now

    def _may_change(self, line, kits=False):
        """Whether the worth of any part of the line is known without rounding."""
        is_whole = line.price.denominator == 1 and not (line.tax or line.discount)
        return is_whole and (kits or line.product.kind != "kit")

    def _set_quantity(self, line, quantity, now):
        agreed = self.inventor.chance(0.2)
        self._add(QuantityChanged(line, quantity, agreed, at=now))
        self.waiting[line, line.product] += quantity - self.quantities[line]
        self.quantities[line] = quantity

    def _cancel(self, now):
        """The order is cancelled, before or after the goods were promised."""
        ours = self.inventor.chance(0.3)
        self._add(Cancelled(self.order, ours, at=self.inventor.later(now, 0, 16)))

    def _end_late(self, now):
        """A line is set to nothing."""
        line = self.rng.choice(self.lines)
        if not self._may_change(line, kits=True):
            return
        now = self.inventor.later(now, 0, 16)
        agreed = self.inventor.chance(0.3)
        self._add(QuantityChanged(line, Fraction(), agreed, at=now))

    # ------------------------------------------------------------
    # Receipts
    # ------------------------------------------------------------

    def _receive(self, now):
        """Up to three receipts, near the promise."""
        first = min(self._promise(line) for line in self.lines)
        now = max(now, first + timedelta(days=self.rng.randint(-6, 3)))
        if self.inventor.chance(0.08):
            self._receive_before_typing()
            return
        for number in range(self.rng.choice((0, 1, 1, 1, 2, 2, 3))):
            now = self.inventor.later(now, 0, 4 if number else 0)
            if not any(self.waiting.values()):
                break
            self._receive_once(now, is_first=not number)

    def _receive_before_typing(self):
        """The goods came before the order was typed in; the receipt is dated back."""
        typed = self.inventor.later(self._begun(), 0, 0)
        at = self._begun() - timedelta(days=self.rng.choice((1, 2, 5)))
        self._write_receipt(self._all(), at, typed)

    def _begun(self):
        return max([self.order.confirmed, *self._times()])

    def _times(self):
        return [deed.told for deed in self.inventor.history.deeds
                if getattr(deed, "order", None) is self.order
                or getattr(deed, "line", None) in self.order.lines] + [
            line.added for line in self.order.lines if line.added]  # fmt: skip

    def _all(self):
        return {whose: quantity for whose, quantity in self.waiting.items() if quantity}

    def _receive_once(self, now, is_first):
        way = self.rng.random()
        if way < 0.35:
            self._write_receipt(self._all(), now)
        elif way < 0.45 and is_first and self._is_pair():
            self._receive_on_one_line(now)
        elif way < 0.55 and is_first:
            self._receive_too_much(now)
        else:
            self._receive_a_part(now)

    def _is_pair(self):
        products = [line.product for line in self.lines]
        return len(products) == 2 and len(set(products)) == 1

    def _receive_on_one_line(self, now):
        """Goods of both lines are typed on the first; nobody waits for the rest."""
        total = sum(self.waiting.values())
        line = self.rng.choice(self.lines)
        self.has_shared = True
        self._write_receipt({(line, line.product): total}, now, closes=True)

    def _receive_too_much(self, now):
        goods = self._all()
        whose = self.rng.choice(list(goods))
        goods[whose] += self.rng.choice((1, 2, goods[whose]))
        self.has_shared = True
        self._write_receipt(goods, now)

    def _receive_a_part(self, now):
        goods = {}
        for whose, quantity in self._all().items():
            share = self.rng.choice((Fraction(), HALF, HALF, Fraction(1)))
            if part := self._part(whose, quantity, share):
                goods[whose] = part
        if goods:
            self._write_receipt(goods, now, closes=self.inventor.chance(0.1))

    def _part(self, whose, quantity, share):
        """About a share of a quantity, and nothing that units cannot be cut to."""
        if share and self._is_rough(whose):
            return quantity
        part = quantity * share
        return part if part.denominator == 1 else Fraction(int(part)) or quantity

    def _some(self, whose, quantity):
        """Some of a quantity that came."""
        if self._is_rough(whose) or quantity.denominator > 1:
            return quantity
        return Fraction(self.rng.randint(1, int(quantity)))

    def _in_metres(self, quantity):
        """Yards, as the receipt in metres has them: rounded up."""
        return rounded_up(quantity * YARD.factor, CENTIMETRE) / YARD.factor

    def _is_rough(self, whose):
        """Whether receipts are in a unit in which only the whole is about the same."""
        line, _part = whose
        return line.unit.name == "yard" and not self.order.keeps_unit

    def _write_receipt(self, goods, at, typed=None, closes=False):
        really = {
            whose: self._in_metres(quantity) if self._is_rough(whose) else quantity
            for whose, quantity in goods.items()
        }
        came = Came(self.order, really, closes, at=at, typed=typed)
        self._add(came)
        self.receipts.append(came)
        for whose, quantity in goods.items():
            self.waiting[whose] = max(self.waiting[whose] - quantity, Fraction())
        if closes:
            self.waiting = dict.fromkeys(self.waiting, Fraction())

    # ------------------------------------------------------------
    # After goods came
    # ------------------------------------------------------------

    def _write_after_goods(self):
        now = max(receipt.told for receipt in self.receipts)
        chance = self.inventor.chance
        if chance(0.1) and not self.has_shared:
            now = self._raise_or_lower(now)
        if chance(0.45):
            now = self._go_back(now)
        elif chance(0.15):
            self._complain(now)
        if chance(0.06):
            now = self.inventor.later(now, 0, 5)
            self._add(Cancelled(self.order, chance(0.3), at=now))
        elif chance(0.06):
            line = self.rng.choice(self.lines)
            now = self.inventor.later(now, 0, 5)
            moved = self._promise(line) + timedelta(days=self.rng.choice((-1, 2, 5)))
            reason = self.rng.choice(("buyer", "supplier"))
            self._add(PromiseChanged(line, moved, reason, at=now))

    def _raise_or_lower(self, now):
        """What is still open is not wanted any more, or more is wanted, which comes."""
        line = self.rng.choice(self.lines)
        if not self._may_change(line):
            return now
        missing = self.waiting[line, line.product]
        received = self.quantities[line] - missing
        if any(receipt.closes for receipt in self.receipts) or not received:
            return now
        now = self.inventor.later(now, 0, 10)
        if missing:
            self._set_quantity(line, received, now)
        else:
            self._set_quantity(line, received + 3, now)
            now = self.inventor.later(now, 0, 4)
            self._write_receipt({(line, line.product): Fraction(3)}, now)
        return now

    def _go_back(self, now):
        came = self.rng.choice(self.receipts)
        line, part = whose = self.rng.choice(list(came.goods))
        quantity = self._some(whose, came.goods[whose])
        now = self.inventor.later(now, 0, 6)
        if self.inventor.chance(0.1) and part is line.product:
            self._add(MovedInside(came, line, quantity, at=now))
            return now
        route = self.rng.choice(self._routes(line))
        reason = self.rng.choice(("quality", "quality", *self._reasons(route)))
        went = Went(came, line, part, quantity, reason, route, at=now)
        self._add(went)
        if route == "exchange":
            now = self.inventor.later(now, 0, 6)
            self._add(Replaced(went, at=now))
        elif self.inventor.chance(0.3):
            now = self.inventor.later(now, 0, 4)
            self._add(CameBack(went, self._some(whose, quantity), at=now))
        return now

    def _reasons(self, route):
        """Goods that never came do not go over other places of ours."""
        return (*REASONS, MISTAKE, MISTAKE) if route in STRAIGHT else REASONS

    def _routes(self, line):
        routes = ["vendor", "vendor", "transit", "customers", "quarantine"]
        if line.product.kind == "kit":
            return routes
        routes.append("exchange")
        # Of which receipt it is would not be known otherwise: Odoo puts several away in
        # one transfer.
        if len(self.receipts) > 1:
            return routes
        if self.order.place != "one_step" and not self._is_rough((line, line.product)):
            routes += ["put-away", "put-away"]
        if sum(other.product == line.product for other in self.order.lines) == 1:
            # Nor of which line.
            routes.append("hand")
        return routes

    def _complain(self, now):
        """About a line of which all that came, came at once."""
        receipts = [
            (
                line,
                [came for came in self.receipts if (line, line.product) in came.goods],
            )
            for line in self.lines
            if line.product.kind == "goods"
        ]
        once = [(line, found[0]) for line, found in receipts if len(found) == 1]
        if not once:
            return
        line, came = self.rng.choice(once)
        quantity = came.goods[line, line.product]
        if not self._is_rough((line, line.product)):
            quantity = self.rng.choice((Fraction(), Fraction(1), quantity))
        self._add(
            Complained(
                line,
                quantity,
                self.rng.choice(("quality", "quality", "quality", "documents")),
                self.rng.choice(("supplier", "supplier", "us", "open")),
                at=self.inventor.later(now, 0, 8),
            )
        )
