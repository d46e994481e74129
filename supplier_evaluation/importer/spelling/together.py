"""Decides what no column of dates shows by itself. Plain Python, no Odoo."""

import datetime
import re

from .dates import UNCLEAR, DateColumn
from .years import begins_with_year


def settle_together(columns, presumed=""):
    """Decide what no column shows by itself: the dates of a file are written alike.

    :param columns: the settled :class:`DateColumn` of a file
    :param str presumed: the order of what nothing shows how to read, if there is one
    """
    unclear = [column for column in columns if column.order == UNCLEAR]
    if unclear:
        _settle_unclear(columns, unclear)
    for column in columns:
        column.presume(presumed)


def order_of(columns):
    """The order that the dates of a file make likely, or None.

    :param columns: the settled :class:`DateColumn` of a file
    """
    orders = {column.learned for column in columns} & {"dmy", "mdy", "ymd"}
    if not orders and any(column.doubt and column.is_pointed for column in columns):
        return "dmy"
    return orders.pop() if len(orders) == 1 else None


def order_of_format(date_format):
    """The order of day, month and year in a format, or None if it is none of ours.

    >>> order_of_format("%d.%m.%Y"), order_of_format("%Y年%m月%d日")
    ('dmy', 'ymd')
    """
    letters = re.sub(r"%-?([a-zA-Z])|.", lambda found: found[1] or "", date_format)
    order = "".join({"b": "m", "B": "m", "e": "d"}.get(x, x).lower() for x in letters)
    return order if order in ("dmy", "mdy", "ymd") else None


def _settle_unclear(columns, unclear):
    is_first = not any(column.is_known_day_first for column in columns) and (
        begins_with_year(
            {
                numbers
                for column in columns
                if column.order != "mdy"
                for numbers in column._seen
                if not isinstance(numbers, datetime.date)
                and isinstance(numbers[2], str)
            },
            datetime.date.today(),
        )
    )
    if is_first is not None:
        for column in unclear:
            column.order = "ymd" if is_first else "dmy"


class DateColumns:
    """What the columns with dates of a table leave open, ``parsers`` by target."""

    parsers = {}

    @property
    def _dates(self):
        """target -> its column, of those with dates."""
        found = self.parsers.items()
        return {name: one for name, one in found if isinstance(one, DateColumn)}

    @property
    def date_order(self):
        """The order that the dates of the file make likely, or None."""
        return order_of(self._dates.values())

    @property
    def date_doubts(self):
        """target -> a date that nothing in the file shows how to read."""
        return {name: one.doubt for name, one in self._dates.items() if one.doubt}

    def can_presume(self, order):
        """Whether such dates can be read in this order, ``dmy``, ``mdy`` or ``ymd``."""
        return any(one.can_presume(order) for one in self._dates.values() if one.doubt)

    @property
    def presumed_dates(self):
        """target -> a date that was read as the user presumes, and the day."""
        found = self._dates.items()
        return {
            name: (column.doubt, column.parse(column.doubt))
            for name, column in found
            if column.is_presumed and column.doubt
        }
