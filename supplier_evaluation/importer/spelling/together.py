"""Decides what no column of dates shows by itself. Plain Python, no Odoo."""

import datetime
import re

from .dates import UNCLEAR
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
