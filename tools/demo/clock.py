"""Days and hours by the clock of a company, and months that are counted."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from .catalogue import COMPANIES

ZONES = {company.name: ZoneInfo(company.tz) for company in COMPANIES}
WEDNESDAY = 2


def by_clock(company: str, day: date, hour: int) -> datetime:
    """An instant (naive UTC) by the clock of a company."""
    local = datetime.combine(day, time(hour), ZONES[company])
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def add_months(month: date, number: int) -> date:
    index = month.year * 12 + month.month - 1 + number
    return date(index // 12, index % 12 + 1, 1)


def wednesday(month: date, number: int) -> date:
    """The first, second, third or fourth Wednesday of a month."""
    return month + timedelta(days=(WEDNESDAY - month.weekday()) % 7 + 7 * (number - 1))
