"""What a set of facts is asked for: one frozen object, carried in the context."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

import pytz

CONTEXT_KEY = "supplier_fact_scope"
WEIGHTINGS = ("value", "line")
MAX_DAYS = 36500


@dataclass(frozen=True)
class FactScope:
    """The question asked of the facts.

    :param company_id: the company whose records are read
    :param date_from: first day of the period, in the company's time zone
    :param date_to: last day of the period, included
    :param cutoff: instant (naive UTC) after which nothing is looked at
    :param tz: name of the company's time zone, in which days are taken
    :param weighting: ``value`` or ``line``: what a record weighs
    :param late_days: days after the promise that still count as on time
    :param early_days: days before the promise that count as on time; ``None``: any
    :param under_percent: how much less than ordered still counts as in full
    :param over_percent: how much more than ordered still counts as in full
    :param response_hours: hours within which a message is answered in time
    :param with_excluded: also records that touch the period but do not count
    :param template_id: the template that asks, or 0
    :param basis: which of the facts a figure concerns, a name that the model of the
        facts knows; empty: all of them
    """

    company_id: int
    date_from: date
    date_to: date
    cutoff: datetime
    tz: str = "UTC"
    weighting: str = "value"
    late_days: int = 0
    early_days: int | None = None
    under_percent: float = 0.0
    over_percent: float = 10.0
    response_hours: float = 48.0
    with_excluded: bool = False
    template_id: int = 0
    basis: str = ""

    @property
    def start(self):
        """First instant of the period, naive UTC."""
        return local_midnight(self.date_from, self.tz)

    @property
    def period_stop(self):
        """First instant after the period, naive UTC."""
        return local_midnight(self.date_to + timedelta(days=1), self.tz)

    @property
    def cutoff_day(self):
        """Last day that had begun before the cut-off, in the company's time zone.

        At midnight it is the day that just ended.
        """
        cutoff = pytz.utc.localize(self.cutoff - timedelta(seconds=1))
        return cutoff.astimezone(pytz.timezone(self.tz)).date()

    @property
    def last_complete_day(self):
        """Last day that was over at the cut-off.

        A cut-off in the last minute of a day means the whole day.
        """
        cutoff = pytz.utc.localize(self.cutoff + timedelta(minutes=1))
        return cutoff.astimezone(pytz.timezone(self.tz)).date() - timedelta(days=1)

    @property
    def last_day(self):
        """Last day whose promises are due: a promise holds until its day is over."""
        return min(self.date_to, self.last_complete_day)

    @property
    def stop(self):
        """First instant after the last due day, naive UTC."""
        return local_midnight(self.last_day + timedelta(days=1), self.tz)

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
                tz=pytz.timezone(values["tz"]).zone,
                weighting=str(values["weighting"]),
                late_days=int(values["late_days"]),
                early_days=_int_or_none(values["early_days"]),
                under_percent=float(values["under_percent"]),
                over_percent=float(values["over_percent"]),
                response_hours=float(values.get("response_hours", cls.response_hours)),
                with_excluded=bool(values["with_excluded"]),
                template_id=int(values.get("template_id", 0)),
                basis=str(values.get("basis", "")),
            )
        except (
            AttributeError,
            KeyError,
            OverflowError,
            TypeError,
            pytz.UnknownTimeZoneError,
        ) as error:
            raise ValueError(f"Not a scope of supplier facts: {error!r}") from error
        days = (scope.late_days, scope.early_days or 0)
        if scope.weighting not in WEIGHTINGS or not all(
            0 <= number <= MAX_DAYS for number in days
        ):
            raise ValueError(f"Not a scope of supplier facts: {scope!r}")
        return scope


def _int_or_none(value):
    return None if value is None else int(value)


def local_midnight(day, tz):
    """Return the instant (naive UTC) at which ``day`` begins in ``tz``.

    >>> local_midnight(date(2026, 4, 5), "Asia/Shanghai")
    datetime.datetime(2026, 4, 4, 16, 0)
    """
    midnight = pytz.timezone(tz).localize(datetime.combine(day, time.min))
    return midnight.astimezone(pytz.utc).replace(tzinfo=None)
