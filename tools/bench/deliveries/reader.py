"""Reads deliveries from a table: the columns of SCMS's delivery history, or ours."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ...console import Failure

# What is read: our name of the column, and that of the "Supply Chain Shipment Pricing
# Data" of USAID's programme SCMS, which is public.
COLUMNS = {
    "supplier": "Vendor",
    "product": "Item Description",
    "category": "Product Group",
    "ordered": "PO Sent to Vendor Date",
    "promised": "Scheduled Delivery Date",
    "received": "Delivered to Client Date",
}
NEEDED = ("supplier", "promised", "received")
OURS = ("%Y-%m-%d",)
# SCMS writes 02-Jun-06 or 11/13/06. Where it has 2012-01-06, a spreadsheet took 12/1/06
# for that: such a day is as unknown as "Date Not Captured".
THEIRS = ("%d-%b-%y", "%m/%d/%y")
# Of SCMS's lines, those that a supplier delivered: the others left its own warehouses.
ONLY = ("Fulfill Via", "Direct Drop")


@dataclass(frozen=True)
class Row:
    """A delivery; only the day of the order may be unknown."""

    supplier: str
    product: str
    category: str
    promised: date
    received: date
    ordered: date | None


def read(file: Path) -> list[Row]:
    """Return the deliveries of a file that have both days.

    :raises Failure: there is no such file, it lacks a column, or nothing is in it
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(_rows(csv.DictReader(lines), file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Failure(
            f"{file} cannot be read: {error}", "Take a CSV file in UTF-8."
        ) from error
    if not rows:
        raise Failure(
            f"No line of {file} has a day on which it was promised and one on which it "
            "came.",
            f"The columns are {', '.join(COLUMNS)}; days are written as 2026-03-31.",
        )
    return rows


def _rows(table, file):
    found = table.fieldnames or ()
    names = {
        ours: next((name for name in (ours, theirs) if name in found), None)
        for ours, theirs in COLUMNS.items()
    }
    lacking = [key for key in NEEDED if not names[key]]
    if lacking:
        raise Failure(
            f"{file} has no column {', '.join(lacking)}.",
            f"Name the columns {', '.join(COLUMNS)}.",
        )
    column, wanted = ONLY
    for line in table:
        if line.get(column, wanted) != wanted:
            continue
        texts = {key: (line.get(name) or "").strip() for key, name in names.items()}
        days = {
            key: _day(texts.pop(key), OURS if names[key] == key else THEIRS)
            for key in ("ordered", "promised", "received")
        }
        if texts["supplier"] and days["promised"] and days["received"]:
            yield Row(**texts, **days)


def _day(text, formats):
    for form in formats:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
