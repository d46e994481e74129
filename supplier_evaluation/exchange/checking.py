"""Checks what a record says, field by field. Plain Python, no Odoo.

Nothing is guessed: a date is ISO 8601, a number has digits and a point. What a record
does not name is not said; ``null`` and an empty text say that there is nothing.
"""

import datetime
import hashlib
import json
import math
import re
from dataclasses import dataclass, field

from .contract import ENVELOPE, SHORT
from .files import parse_file
from .kinds import IN, KINDS, SUBJECT
from .wrong import Wrong

#: What begins so is a remark of whoever wrote the file; we write reasons so.
REMARK = "_"
#: Stands for the content of a record that says that it is withdrawn.
WITHDRAWN = "withdrawn"
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
# What stands behind a backslash in JSON, one after the other: two of them are one.
_ESCAPE = re.compile(r"\\(?:u0000|(.))", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WORDS = {"true": True, "1": True, "false": False, "0": False}
# A number that a computer keeps exactly; more is a mistake of whoever sent it.
MOST = 10**15
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass
class Checked:
    """What a record says.

    :param str kind: of the contract, or what the record has instead
    :param str id: its identifier in the other system
    :param dict values: field -> value, as JSON has it; None: there is nothing
    :param tuple unknown: keys that the contract does not know
    :param list problems: pairs of a field (or None) and a :class:`Wrong`
    :param bool deleted: it is withdrawn, whatever else it says
    """

    kind: str = ""
    id: str = ""
    values: dict = field(default_factory=dict)
    unknown: tuple = ()
    problems: list = field(default_factory=list)
    deleted: bool = False

    def fail(self, name, code, **params):
        self.problems.append((name, Wrong(code, **params)))


def check(record):
    """Check a record.

    :param record: what was read, usually a dict
    :rtype: Checked
    """
    result = Checked()
    if not isinstance(record, dict):
        result.fail(None, "no_object")
        return result
    result.kind = plain(record.get("kind"))
    result.id = plain(record.get("id"))
    kind = IN.get(result.kind)
    if not kind:
        code = "kind_out" if result.kind in KINDS else "kind_unknown"
        code = code if result.kind else "kind_missing"
        result.fail(None, code, kind=result.kind, kinds=", ".join(IN))
    if not result.id:
        result.fail(None, "id_missing")
    elif len(result.id) > SHORT:
        result.fail(None, "id_long", count=SHORT)
    result.deleted = _is_deleted(result, record)
    if kind and not result.deleted:
        _check_fields(result, kind, record)
    return result


def _is_deleted(result, record):
    """Return whether a record says that it is withdrawn."""
    value = record.get("deleted")
    if value is None or value == "":
        return False
    try:
        return _boolean(None, value)
    except Wrong as problem:
        result.problems.append(("deleted", problem))
        return False


def _check_fields(result, kind, record):
    known = {one.name: one for one in kind.fields}
    result.unknown = tuple(
        str(name)[:SHORT]
        for name in record
        if name not in known
        and name not in ENVELOPE
        and not str(name).startswith(REMARK)
    )
    for name, definition in known.items():
        if name in record:
            try:
                result.values[name] = parse(definition, record[name])
            except Wrong as problem:
                result.problems.append((name, problem))
                continue
        if definition.required and result.values.get(name) is None:
            result.fail(name, "missing")
    if kind.field("supplier") and not any(map(result.values.get, SUBJECT)):
        failed = {name for name, _problem in result.problems}
        if not failed & set(SUBJECT):
            result.fail("supplier", "supplier_missing")


def parse(definition, value):
    """Return a value as it is kept, or None where there is nothing.

    :param Field definition: of the field
    :param value: as it was read
    :raises Wrong: it cannot be used
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _PARSERS[definition.type](definition, value)


def content_hash(values):
    """Return what stands for a content, whatever the order of its keys.

    :param values: what JSON can hold
    :rtype: str
    """
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def kept_text(record):
    """Return a record as JSON that the database can keep, without any NUL.

    However deep it is: so this reads the text of the JSON once, from the left. A NUL
    is told from a text that has a backslash before "u0000".

    :param record: what was read
    :rtype: str
    """
    text = json.dumps(record, ensure_ascii=False)
    text = _ESCAPE.sub(lambda found: found[0] if found[1] else "", text)
    return text.encode("utf-8", "replace").decode("utf-8")


def plain(value):
    """Return an identifier as text: systems have numbers as well."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return _clean(str(value))


def _clean(value):
    # PostgreSQL has no such letter, and half of a pair is no letter.
    value = value.replace("\0", "").strip()
    return value.encode("utf-8", "replace").decode("utf-8")


def _text(definition, value):
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Wrong("not_text")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    result = _clean(str(value))
    if len(result) > definition.size:
        raise Wrong("too_long", count=definition.size)
    if definition.upper:
        result = result.upper()
    return result or None


def _number(definition, value):
    shown = str(value)[:50]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Wrong("not_number", value=shown)
    if isinstance(value, str) and not NUMBER.fullmatch(value.strip()):
        raise Wrong("not_number", value=shown)
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result) or abs(result) >= MOST:
        raise Wrong("not_number", value=shown)
    if definition.positive and result < 0:
        raise Wrong("negative", value=shown)
    return result


def _integer(definition, value):
    result = _number(definition, value)
    if not result.is_integer():
        raise Wrong("not_integer", value=str(value)[:50])
    return int(result)


def _date(_definition, value):
    shown = str(value)[:50]
    if not isinstance(value, str) or not _DATE.fullmatch(value.strip()):
        raise Wrong("not_date", value=shown)
    try:
        day = datetime.date.fromisoformat(value.strip())
    except ValueError as error:
        raise Wrong("not_date", value=shown) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Wrong("date_range", value=shown, first=FIRST_YEAR, last=LAST_YEAR)
    return day.isoformat()


def _datetime(definition, value):
    """An instant; without an offset it is UTC, and a day alone is its beginning."""
    shown = str(value)[:50]
    if not isinstance(value, str):
        raise Wrong("not_datetime", value=shown)
    try:
        found = datetime.datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
    except ValueError as error:
        raise Wrong("not_datetime", value=shown) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Wrong("date_range", value=shown, first=FIRST_YEAR, last=LAST_YEAR)
    if found.tzinfo:
        found = found.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return f"{found.replace(microsecond=0).isoformat()}Z"


def _boolean(_definition, value):
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in _WORDS:
        raise Wrong("not_boolean", value=str(value)[:50])
    return _WORDS[word]


def _choice(definition, value):
    if value not in definition.choices:
        choices = ", ".join(definition.choices)
        raise Wrong("not_choice", value=str(value)[:50], choices=choices)
    return value


_PARSERS = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "date": _date,
    "datetime": _datetime,
    "boolean": _boolean,
    "choice": _choice,
    "file": parse_file,
}
