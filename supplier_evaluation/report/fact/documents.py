"""The kinds of documents of which facts are summed up, each by itself."""

from dataclasses import dataclass

from odoo.tools import SQL


@dataclass(frozen=True, kw_only=True)
class Documents:
    """Documents whose sums are made, taken and compared one by one.

    :param str name: the attribute of ``Pending`` with their ids
    :param str model: their model
    :param str noted: the kind of change that is noted of one
    :param str building: the kind with which is noted how far all sums are made anew
    :param SQL which: those that have sums
    :param bool by_zone: whether sums hold days of the company's time zone
    """

    name: str
    model: str
    noted: str
    building: str
    which: SQL
    by_zone: bool = False


ORDERS = Documents(
    name="orders",
    model="purchase.order",
    noted="order",
    building="building",
    which=SQL("TRUE"),
    by_zone=True,
)
BILLS = Documents(
    name="bills",
    model="account.move",
    noted="bill",
    building="building_bills",
    which=SQL("move_type IN ('in_invoice', 'in_refund')"),
)
# All sums are made in this order.
DOCUMENTS = (ORDERS, BILLS)
BUILDING = {each.building for each in DOCUMENTS}
