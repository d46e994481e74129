# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Periods of evaluation: calendar periods and rolling windows.

A rolling window ends with a calendar month, so there is one evaluation a month.
Weeks are ISO weeks, Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
ROLLING_DAYS = {"rolling_90": 90, "rolling_180": 180, "rolling_365": 365}
KINDS = ("week", *MONTHS, *ROLLING_DAYS)


def period_of(kind: str, day: date) -> tuple[date, date]:
    """Return the first and last day of the period that ``day`` closes or lies in.

    :param kind: one of :data:`KINDS`
    :param day: any day of the period; for a rolling window, of its last month
    :raise ValueError: the kind is unknown

    >>> [str(d) for d in period_of("quarter", date(2026, 5, 20))]
    ['2026-04-01', '2026-06-30']
    >>> [str(d) for d in period_of("week", date(2026, 1, 1))]
    ['2025-12-29', '2026-01-04']
    >>> [str(d) for d in period_of("rolling_90", date(2026, 3, 15))]
    ['2026-01-01', '2026-03-31']
    """
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if kind in ROLLING_DAYS:
        _first, last = period_of("month", day)
        return last - timedelta(days=ROLLING_DAYS[kind] - 1), last
    if kind not in MONTHS:
        raise ValueError(f"there is no period {kind!r}; there are {', '.join(KINDS)}")
    months = MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, _add_months(first, months) - timedelta(days=1)


def last_day(first: date, months: int) -> date:
    """Return the last day of so many months that begin on ``first``.

    Where the last month has no such day to end before, it ends with that month: a year
    from 29 February goes to 28 February.

    >>> [str(last_day(date(2028, 2, day), 12)) for day in (15, 29)]
    ['2029-02-14', '2029-02-28']
    >>> str(last_day(date(2026, 8, 31), 6))
    '2027-02-28'
    """
    begin = _add_months(first.replace(day=1), months)
    following = _add_months(begin, 1)
    return min(begin + timedelta(days=first.day - 2), following - timedelta(days=1))


def next_period(kind: str, last: date) -> tuple[date, date]:
    """Return the period after the one that ends on ``last``.

    >>> [str(d) for d in next_period("month", date(2025, 12, 31))]
    ['2026-01-01', '2026-01-31']
    """
    return period_of(kind, last + timedelta(days=1))


def closed_periods(kind: str, since: date, until: date) -> list[tuple[date, date]]:
    """Return the periods that end on or after ``since`` and before ``until``.

    >>> [str(last) for _first, last in
    ...  closed_periods("month", date(2026, 1, 15), date(2026, 3, 31))]
    ['2026-01-31', '2026-02-28']
    """
    periods = []
    period = period_of(kind, since)
    while period[1] < until:
        periods.append(period)
        period = next_period(kind, period[1])
    return periods


def _add_months(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
