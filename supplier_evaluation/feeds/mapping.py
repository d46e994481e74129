"""From a row of another system to a record of the contract."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from .shape import at


@dataclass(frozen=True)
class Rule:
    """Where a field of the contract comes from.

    :param form: ``value``, ``text`` (the path is the text), ``milliseconds``,
        ``seconds`` (since 1970, of which the day is taken), ``day`` (a date with
        anything after it) or ``hash`` (an identifier of the whole row, where it has
        none)
    """

    target: str
    path: str
    form: str = "value"


def mapped(row, kind, rules, tz="UTC"):
    """Return a record; without rules a row is one already.

    :param str tz: the time zone in which a moment becomes a day
    """
    if not rules:
        return row if "kind" in row else {"kind": kind, **row}
    record = {"kind": kind}
    for rule in rules:
        value = _value(row, rule, tz)
        if value is not None:
            record[rule.target] = value
    return record


def checksum(rows, before=""):
    """Return a checksum of all rows that were read, page after page."""
    text = json.dumps(rows, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(f"{before}{text}".encode("utf-8", "replace")).hexdigest()


def _value(row, rule, tz):
    if rule.form == "text":
        return rule.path
    if rule.form == "hash":
        return checksum([row])[:40]
    value = at(row, rule.path)
    if value is None or isinstance(value, (dict, list)):
        return None
    if rule.form in ("milliseconds", "seconds"):
        return _day(value, 1000 if rule.form == "milliseconds" else 1, tz)
    if rule.form == "day":
        return str(value).strip().replace("/", "-")[:10] or None
    return value if isinstance(value, (bool, int, float)) else str(value).strip()


def _day(value, divisor, tz):
    """Return the day of an instant; what is none stays: the contract refuses it."""
    try:
        moment = datetime.fromtimestamp(float(value) / divisor, UTC)
        return moment.astimezone(ZoneInfo(tz)).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return str(value)
