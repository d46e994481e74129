"""What a set of facts is asked for: one frozen object.

An evaluation asks about one company and period: :class:`FactScope`, which travels in
the context. Who opens an analysis asks about everything: :class:`OpenScope`. Both
answer the same questions, so that whoever reads facts need not know who asks.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import ClassVar
from zoneinfo import ZoneInfo

CONTEXT_KEY = "supplier_fact_scope"
WEIGHTINGS = ("value", "line")
MAX_DAYS = 36500
DAY = timedelta(days=1)
# What the aspect was called in scopes that were published, and sealed, before.
FORMER_ASPECT = "basis"
# The shortest time that the database knows.
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class FactRules:
    """By which rules records are judged; the defaults are those of a new template.

    >>> FactRules(late_days=2).over_percent
    10.0

    :param weighting: ``value`` or ``line``: what a record weighs
    :param late_days: days after the promise that still count as on time
    :param early_days: days before the promise that count as on time; ``None``: any
    :param under_percent: how much less than ordered still counts as in full
    :param over_percent: how much more than ordered still counts as in full
    :param response_hours: hours within which a message is answered in time
    :param with_excluded: also records that touch the period but do not count
    :param template_id: the template that asks, or 0
    :param aspect: which of the facts a figure concerns, a name that the model of the
        facts knows; empty: all of them
    """

    weighting: str = "value"
    late_days: int = 0
    early_days: int | None = None
    under_percent: float = 0.0
    over_percent: float = 10.0
    response_hours: float = 48.0
    with_excluded: bool = False
    template_id: int = 0
    aspect: str = ""


@dataclass(frozen=True)
class FactScope(FactRules):
    """The question that an evaluation asks of the facts.

    >>> march = FactScope(1, date(2026, 3, 1), date(2026, 3, 31), datetime(2026, 4, 5))
    >>> march.days
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))

    :param company_id: the company whose records are read
    :param date_from: first day of the period, in the company's time zone
    :param date_to: last day of the period, included
    :param cutoff: instant (naive UTC) after which nothing is looked at
    :param tz: name of the company's time zone, in which days are taken
    """

    is_open: ClassVar[bool] = False

    company_id: int
    date_from: date
    date_to: date
    cutoff: datetime
    tz: str = "UTC"

    @property
    def days(self):
        """First and last day that are looked at, in the company's time zone."""
        return self.date_from, min(self.date_to, self.cutoff_day)

    @property
    def year_end(self):
        """Last day of the twelve months with which the period is compared."""
        return self.days[1]

    @property
    def start(self):
        """First instant of the period, naive UTC."""
        return local_midnight(self.date_from, self.tz)

    @property
    def period_stop(self):
        """First instant after the period, naive UTC."""
        return local_midnight(self.date_to + DAY, self.tz)

    @property
    def compared_stop(self):
        """First instant after what the period is compared with."""
        return self.period_stop

    @property
    def last_instant(self):
        """Instant whose day is the last one that had begun before the cut-off.

        At midnight that is the day that just ended.
        """
        return self.cutoff - timedelta(seconds=1)

    @property
    def cutoff_day(self):
        """Last day that had begun before the cut-off, in the company's time zone."""
        return local_day(self.last_instant, self.tz)

    @property
    def last_complete_day(self):
        """Last day that was over at the cut-off.

        A cut-off in the last minute of a day means the whole day.
        """
        return local_day(self.cutoff + timedelta(minutes=1), self.tz) - DAY

    @property
    def last_day(self):
        """Last day whose promises are due.

        A promise holds until its day is over, and until its late tolerance is.

        >>> march = (1, date(2026, 3, 1), date(2026, 3, 31), datetime(2026, 4, 2))
        >>> FactScope(*march, late_days=3).last_day
        datetime.date(2026, 3, 29)
        """
        return min(self.date_to, self.last_complete_day - self.late_days * DAY)

    @property
    def stop(self):
        """First instant after the last due day, naive UTC."""
        return local_midnight(self.last_day + DAY, self.tz)

    def to_context(self):
        """Return the scope as plain values that survive a trip to the browser."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_context(cls, values):
        """Return the scope that :meth:`to_context` described.

        :raises ValueError: the values, which a client can send, are not a scope
        """
        try:
            scope = cls(
                company_id=int(values["company_id"]),
                date_from=date.fromisoformat(values["date_from"]),
                date_to=date.fromisoformat(values["date_to"]),
                cutoff=datetime.fromisoformat(values["cutoff"]),
                tz=ZoneInfo(values["tz"]).key,
                weighting=str(values["weighting"]),
                late_days=int(values["late_days"]),
                early_days=_int_or_none(values["early_days"]),
                under_percent=float(values["under_percent"]),
                over_percent=float(values["over_percent"]),
                response_hours=float(values.get("response_hours", cls.response_hours)),
                with_excluded=bool(values["with_excluded"]),
                template_id=int(values.get("template_id", 0)),
                aspect=str(values.get("aspect", values.get(FORMER_ASPECT, ""))),
            )
        except (
            AttributeError,
            KeyError,  # also a time zone that there is not
            OSError,  # the name of a folder of time zones
            OverflowError,
            TypeError,
        ) as error:
            raise ValueError(f"Not a scope of supplier facts: {error!r}") from error
        days = (scope.late_days, scope.early_days or 0)
        if scope.weighting not in WEIGHTINGS or not all(
            0 <= number <= MAX_DAYS for number in days
        ):
            raise ValueError(f"Not a scope of supplier facts: {scope!r}")
        return scope


@dataclass(frozen=True)
class OpenScope(FactRules):
    """The question of who opens an analysis: all companies, up to now.

    Each company takes days in its own time zone. Days that are asked for are therefore
    looked for with a day more on both sides; what does not belong to them is left out
    when its own day is known.

    >>> scope = OpenScope(datetime(2026, 4, 5, 8), date(2026, 3, 1), date(2026, 3, 31))
    >>> scope.start, scope.period_stop
    (datetime.datetime(2026, 2, 28, 0, 0), datetime.datetime(2026, 4, 2, 0, 0))
    >>> OpenScope(datetime(2026, 4, 5, 8)).days
    (datetime.date(1, 1, 1), datetime.date(2026, 4, 6))

    :param cutoff: now (naive UTC)
    :param date_from: first day that is asked for
    :param asked_to: last day that is asked for
    """

    is_open: ClassVar[bool] = True
    company_id: ClassVar[None] = None
    tz: ClassVar[None] = None

    cutoff: datetime
    date_from: date = date.min
    asked_to: date = date.max

    @property
    def date_to(self):
        """Last day that is asked for, today at most."""
        return min(self.asked_to, self.cutoff_day)

    @property
    def days(self):
        """First and last day that are looked at, wherever a company is."""
        return self.date_from, min(self.asked_to, self.cutoff_day + DAY)

    @property
    def year_end(self):
        """Last day of the twelve months with which a record is compared: today."""
        return self.cutoff_day

    @property
    def start(self):
        """First instant that may belong to a day asked for."""
        return datetime.combine(_shifted(self.date_from, -1), time.min)

    @property
    def period_stop(self):
        """First instant that cannot belong to a day asked for."""
        if self.asked_to > date.max - 2 * DAY:
            return datetime.max
        return datetime.combine(_shifted(self.asked_to, 2), time.min)

    @property
    def compared_stop(self):
        """First instant after what a record is compared with: all that is known."""
        return self.cutoff + TICK

    @property
    def last_instant(self):
        """Instant whose day is today."""
        return self.cutoff

    @property
    def cutoff_day(self):
        """Today, in no company's time zone."""
        return self.cutoff.date()

    @property
    def last_complete_day(self):
        """Today: an analysis shows also what the day has brought so far."""
        return self.cutoff_day

    @property
    def last_day(self):
        """Last day whose promises are shown."""
        return self.date_to

    @property
    def stop(self):
        """First instant after those whose promises are shown."""
        return min(self.period_stop, self.cutoff + TICK)


def _int_or_none(value):
    return None if value is None else int(value)


def _shifted(day, days):
    """Return another day, as far as there are days."""
    number = day.toordinal() + days
    return date.fromordinal(min(max(number, 1), date.max.toordinal()))


def local_midnight(day, tz):
    """Return the instant (naive UTC) at which ``day`` begins in ``tz``.

    >>> local_midnight(date(2026, 4, 5), "Asia/Shanghai")
    datetime.datetime(2026, 4, 4, 16, 0)
    """
    midnight = datetime.combine(day, time.min, ZoneInfo(tz))
    return midnight.astimezone(timezone.utc).replace(tzinfo=None)


def local_day(instant, tz):
    """Return the day in ``tz`` to which an instant (naive UTC) belongs.

    >>> local_day(datetime(2026, 4, 4, 16), "Asia/Shanghai")
    datetime.date(2026, 4, 5)
    """
    return instant.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(tz)).date()
