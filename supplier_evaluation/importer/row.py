"""What a row of a history file says, and what became of all of them. No Odoo."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from .cells import AUTO, CellProblem, cell_text
from .matcher import SupplierKey
from .reader import write_rejected

# What became of order lines.
COUNTS = ("created", "updated", "unchanged", "withdrawn")
# More rows that are left out are counted, but not named.
SHOWN_ROWS = 20
_NO_DATE = re.compile(r"(?:00|0000)([./\-])00\1(?:00|0000)(?: 00:00(?::00)?)?$|0{8}$")


@dataclass(frozen=True)
class ReadOptions:
    """What the user has settled about a file (see ``supplier.history.options``)."""

    decimal: str = AUTO
    date_order: str = AUTO
    unclear_date_order: str = ""
    filter_column: str = ""
    filter_value: str = ""
    left_out_states: tuple = ()
    leave_out_hidden: bool = False
    repeat_empty: bool = False
    received_equals_ordered: bool = False
    tolerate_order_date: bool = False
    trust_mixed_dates: bool = False
    learned: dict = field(default_factory=dict)
    months: dict = field(default_factory=dict)
    tz: object = None
    today: date = date.max


@dataclass
class HistoryRow:
    """One row: what it says, and what is wrong with it.

    ``problems`` are pairs of a target (or None) and a :class:`CellProblem`; ``merged``
    is target -> first and last row of a merged cell that holds a quantity.
    """

    number: int
    raw: tuple
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    merged: dict = field(default_factory=dict)
    # Target -> the currency or unit that its cell has beside the number.
    words: dict = field(default_factory=dict)
    order_date_ignored: bool = False
    # Else its cells may be in the wrong columns.
    is_whole: bool = True
    # Its supplier may be the word for a total, or be called so.
    may_be_total: bool = False

    @property
    def supplier(self):
        return supplier_key_of(self.values)

    def fail(self, target, code, **params):
        self.problems.append((target, CellProblem(code, **params)))


@dataclass
class LeftOut:
    """The rows that were not imported and not rejected: reason -> how many, which."""

    counts: Counter = field(default_factory=Counter)
    rows: dict = field(default_factory=dict)

    def add(self, reason, row):
        self.counts[reason] += 1
        shown = self.rows.setdefault(reason, [])
        if len(shown) < SHOWN_ROWS:
            shown.append(row.number)


class Rejection(NamedTuple):
    """A row that was rejected. The first row of the file is row 1."""

    row: int
    reason: str
    raw: tuple


@dataclass
class HistoryReport:
    """What an import did, or would do. Lines are order lines, not rows.

    ``orders`` are those that Odoo may have, too: see :func:`orders_in_odoo`.
    """

    dry_run: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    hidden_rows: int = 0
    order_dates_ignored: int = 0
    rejected: list = field(default_factory=list)
    suppliers_created: list = field(default_factory=list)
    line_ids: list = field(default_factory=list)
    moved: dict = field(default_factory=dict)
    orders: set = field(default_factory=set)
    orders_in_odoo: set = field(default_factory=set)
    preview: list = field(default_factory=list)
    left_out: LeftOut = field(default_factory=LeftOut)
    header: tuple = ()
    learned: dict = field(default_factory=dict)
    presumed_dates: dict = field(default_factory=dict)
    other_sheets: tuple = ()
    has_receipts: bool = True

    @property
    def skipped_rows(self):
        """How many rows the filter left out."""
        return self.left_out.counts["filter"]

    @property
    def good(self):
        """How many lines were not rejected."""
        return self.created + self.updated + self.unchanged

    def add(self, other):
        """Add the result of some more rows."""
        for name in (*COUNTS, "order_dates_ignored"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("rejected", "suppliers_created", "line_ids"):
            getattr(self, name).extend(getattr(other, name))
        self.moved.update(other.moved)
        self.orders |= other.orders
        self.orders_in_odoo |= other.orders_in_odoo
        self.left_out.counts.update(other.left_out.counts)

    def moved_texts(self):
        """The lines whose promise or quantity was changed, as texts; not all of many.

        :return: them, and whether there are more
        """
        texts = [f"{name}: {said}" for name, said in self.moved.items()]
        return texts[:SHOWN_ROWS], len(texts) > SHOWN_ROWS

    def rejected_csv(self):
        """The rejected rows as a file that can be corrected and imported."""
        return write_rejected(self.header, self.rejected)


def is_no_date(cell):
    """Whether a program wrote zeros where there is no date.

    >>> is_no_date("00.00.0000"), is_no_date("01.10.2026")
    (True, False)
    >>> is_no_date(time()), is_no_date(datetime(1899, 12, 30)), is_no_date(0)
    (True, True, True)
    """
    if isinstance(cell, (time, datetime, int, float)):
        return cell in (time(), datetime(1899, 12, 30), 0)
    return bool(_NO_DATE.match(cell_text(cell)))


def supplier_key_of(values):
    """What the values of a row say about its supplier."""
    return SupplierKey(
        ref=values.get("supplier_ref") or "",
        vat=values.get("supplier_vat") or "",
        name=values.get("supplier_name") or "",
        anything=values.get("supplier") or "",
    )
