"""What happened with a supplier, in plain records.

The inventor makes them up, the actor does them in Odoo, and the definition of the KPIs
reads them: it never looks into Odoo. Instants are naive UTC. Quantities are exact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction


@dataclass(frozen=True)
class Money:
    """A currency, with its rates in the company.

    :param rates: ``(day, units of it for one of the company's)``, in order of days
    """

    name: str
    rounding: Fraction
    rates: tuple[tuple[date, Fraction], ...] = ((date.min, Fraction(1)),)

    def rate(self, day: date) -> Fraction:
        """Units of it for one of the company's currency on a day."""
        return [rate for first, rate in self.rates if first <= day][-1]


@dataclass(frozen=True)
class Unit:
    """:param factor: how many units of the product it is"""

    name: str
    factor: Fraction = Fraction(1)


@dataclass(frozen=True)
class Product:
    """Something that is ordered.

    :param kind: ``goods``, ``service`` or ``kit``
    :param recipe: of a kit: ``(component, how many in one kit)``
    """

    name: str
    kind: str = "goods"
    recipe: tuple[tuple[Product, Fraction], ...] = ()

    @property
    def parts(self) -> dict[Product, Fraction]:
        """What is delivered for one of it: itself, or the kit's components."""
        if self.kind != "kit":
            return {self: Fraction(1)}
        found: dict[Product, Fraction] = {}
        for component, number in self.recipe:
            for part, times in component.parts.items():
                found[part] = found.get(part, Fraction()) + number * times
        return found

    @property
    def repeats(self) -> bool:
        """Whether a component comes on several lines of a receipt."""
        names = [component for component, _number in self.recipe]
        inside = [part for component in names for part in component.parts]
        return len(inside) != len(set(inside))


@dataclass(eq=False)
class Line:
    """An order line as it was when it was confirmed or added.

    :param price: for one ``unit``, as it was typed
    :param discount: in percent
    :param tax: percent of tax inside the price
    :param added: when it was added to the confirmed order; ``None``: it was there
    """

    key: str
    product: Product
    quantity: Fraction
    unit: Unit
    price: Fraction
    promised: datetime
    discount: Fraction = Fraction()
    tax: Fraction = Fraction()
    added: datetime | None = None


@dataclass(eq=False)
class Order:
    """
    :param ordered: its order date
    :param confirmed: when it was confirmed first
    :param place: which warehouse it is for, by the steps of its receipts
    :param keeps_unit: whether receipts keep the unit of the order
    :param by_contact: whether it was placed on a contact of the supplier
    :param is_urgent: whether it is marked as urgent
    """

    key: str
    currency: Money
    ordered: datetime
    confirmed: datetime
    lines: list[Line] = field(default_factory=list)
    place: str = "one_step"
    keeps_unit: bool = False
    by_contact: bool = False
    is_urgent: bool = False


@dataclass(eq=False, kw_only=True)
class Deed:
    """:param at: when it was done; :param typed: when somebody told Odoo"""

    at: datetime
    typed: datetime | None = None

    @property
    def told(self) -> datetime:
        return self.typed or self.at


@dataclass(eq=False)
class Came(Deed):
    """Goods came.

    :param goods: quantities by line and part: in the line's unit, of a kit's component
        in the component's
    :param closes: nobody waits for the rest
    """

    order: Order
    goods: dict[tuple[Line, Product], Fraction]
    closes: bool = False


@dataclass(eq=False)
class Went(Deed):
    """Goods of a receipt went away again.

    :param reason: ``quality``, ``surplus``, ``wrong``, ``ours`` or ``other``; or
        ``mistake``: they had never come
    :param route: how it was told to Odoo
    """

    came: Came
    line: Line
    part: Product
    quantity: Fraction
    reason: str
    route: str


@dataclass(eq=False)
class CameBack(Deed):
    """What had gone was returned to us: it had not been wrong."""

    went: Went
    quantity: Fraction


@dataclass(eq=False)
class Replaced(Deed):
    """Other goods came for what had gone."""

    went: Went


@dataclass(eq=False)
class MovedInside(Deed):
    """Goods of a receipt were put elsewhere, inside our walls."""

    came: Came
    line: Line
    quantity: Fraction


@dataclass(eq=False)
class QuantityChanged(Deed):
    """:param agreed: whether a reason says that it was our wish"""

    line: Line
    quantity: Fraction
    agreed: bool = False


@dataclass(eq=False)
class PromiseChanged(Deed):
    """:param reason: whose wish it was: ``buyer`` or ``supplier``"""

    line: Line
    promised: datetime
    reason: str


@dataclass(eq=False)
class Cancelled(Deed):
    """:param ours: whether a reason says that it was our decision"""

    order: Order
    ours: bool = False


@dataclass(eq=False)
class ConfirmedAgain(Deed):
    order: Order


@dataclass(eq=False)
class Acknowledged(Deed):
    order: Order


@dataclass(eq=False)
class Complained(Deed):
    """An incident about a line.

    :param kind: type of the incident
    :param responsibility: who answers for it
    """

    line: Line
    quantity: Fraction
    kind: str = "quality"
    responsibility: str = "supplier"


@dataclass(frozen=True)
class BillItem:
    """:param price: for one unit of the line, in the bill's currency"""

    line: Line
    quantity: Fraction
    price: Fraction
    discount: Fraction = Fraction()


@dataclass(eq=False)
class Billed(Deed):
    """A bill was posted.

    :param day: the date of the bill
    :param term: ``(percent, days)`` of each instalment; empty: no term was agreed
    :param down: amount of down payments that it asks for (or, below 0, deducts)
    """

    key: str
    order: Order
    items: tuple[BillItem, ...]
    day: date
    currency: Money
    term: tuple[tuple[int, int], ...] = ()
    down: Fraction = Fraction()


@dataclass(eq=False)
class Refunded(Deed):
    """A credit note for a bill.

    :param share: how much of it; 1: the bill was reversed
    """

    bill: Billed
    day: date
    share: Fraction


@dataclass(eq=False)
class Paid(Deed):
    """:param share: how much of the bill was paid"""

    bill: Billed
    day: date
    share: Fraction


@dataclass(eq=False)
class History:
    """All that happened with one supplier.

    :param own: the company's currency
    :param usual_days: delivery lead times of the supplier's price list, in days
    """

    key: str
    own: Money
    orders: list[Order] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    usual_days: dict[Product, int] = field(default_factory=dict)

    def of(self, kind: type, until: datetime) -> list:
        """The deeds of a kind that were done until an instant, in their order."""
        found = [
            deed for deed in self.deeds if isinstance(deed, kind) and deed.at <= until
        ]
        return sorted(found, key=lambda deed: deed.at)
