"""Reads messages and files: JSON, NDJSON and CSV. Plain Python, no Odoo.

One bad line or row is no bad file: it is read as an entry with a problem, and given
back. How letters are stored is found out as the history importer does it.
"""

import json
from dataclasses import dataclass, field

from ..importer.cells import AUTO, cell_text, unescape_formula
from ..importer.files.csv_file import CsvFile
from ..importer.files.encoding import (
    can_decode,
    codec_of,
    find_encoding,
    marked_encoding,
)
from ..importer.files.problem import HistoryFileError
from .checking import Wrong
from .kinds import KINDS

#: Columns at the end of a file of rows that were given back.
GIVEN_BACK = ("row", "reason", "mend")
_NAMES = {"kind", "id"}.union(
    *({field.name for field in kind.fields} for kind in KINDS.values())
)


class FileProblem(Wrong):
    """The file or message as a whole cannot be read."""


@dataclass(frozen=True)
class Entry:
    """One record as it was read; ``problem`` says why it could not be."""

    number: int
    record: object
    problem: Wrong = None


@dataclass
class Feed:
    """A file that was read.

    :param str form: ``json``, ``ndjson`` or ``csv``
    :param dict head: what it says of itself: contract, id, source
    :param tuple header: of a CSV file
    """

    form: str
    entries: list
    head: dict = field(default_factory=dict)
    header: tuple = ()


@dataclass(frozen=True)
class _CsvOptions:
    encoding: str = AUTO
    delimiter: str = AUTO


def read(content, form=AUTO, kind=""):
    """Read a file or a message.

    :param bytes content: the file
    :param str form: ``json``, ``ndjson``, ``csv``, or ``auto``
    :param str kind: of the rows of a CSV file that has no column for it
    :rtype: Feed
    :raises FileProblem: nothing of it can be read
    """
    if not content or content.isspace():
        raise FileProblem("file_empty")
    form = _form(content) if form == AUTO else form
    return {"json": _read_json, "ndjson": _read_ndjson, "csv": _read_csv}[form](
        content, kind
    )


def _form(content):
    """Tell what a file is by its first letter, and by where its first value ends."""
    text = _decoded(content, partial=True).lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        return "csv"
    first = text.partition("\n")[0].strip()
    try:
        found = json.loads(first)
    except (ValueError, RecursionError):
        return "json"
    has_more = text.partition("\n")[2].strip()
    is_message = isinstance(found, dict) and "records" in found
    return "ndjson" if has_more or not (is_message or first[0] == "[") else "json"


def _decoded(content, partial=False):
    codec = marked_encoding(content)
    if not codec and can_decode(content, "utf-8"):
        codec = "utf-8"
    codec = codec or find_encoding(content, _recognised_text)
    if not codec and partial:
        codec = "latin-1"
    if not codec or not can_decode(content, codec):
        raise FileProblem("file_encoding")
    return content.decode(codec_of(codec))


def _recognised_text(text):
    return sum(f'"{name}"' in text for name in _NAMES)


def _recognised(names):
    return sum(cell_text(name).strip().lower() in _NAMES for name in names)


def _read_json(content, kind):
    text = _decoded(content).lstrip("\ufeff")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise FileProblem("file_json", line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError) as error:
        raise FileProblem("file_json", line=1, column=1) from error
    return feed_of(found, kind)


def feed_of(message, kind=""):
    """Return what a message says that was parsed already.

    :param message: dict with ``records``, or a list of them
    :param str kind: of records that do not say it
    :rtype: Feed
    :raises FileProblem: it is neither
    """
    head, records = {}, message
    if isinstance(message, dict):
        records = message.get("records")
        head = {name: value for name, value in message.items() if name != "records"}
    if not isinstance(records, list):
        raise FileProblem("file_records")
    entries = [
        Entry(number, _with_kind(record, kind))
        for number, record in enumerate(records, start=1)
    ]
    return Feed("json", entries, head)


def _read_ndjson(content, kind):
    """One record a line; the first may say what the file is (its manifest)."""
    feed = Feed("ndjson", [])
    # Only where a line ends for JSON: a text may have what ends lines elsewhere.
    for number, line in enumerate(_decoded(content).split("\n"), start=1):
        line = line.lstrip("\ufeff").strip()
        if not line:
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            problem = Wrong("line_json")
            feed.entries.append(Entry(number, {"_line": line[:2000]}, problem))
            continue
        is_head = isinstance(found, dict) and "contract" in found
        if is_head and not feed.entries and "kind" not in found:
            feed.head = found
        else:
            feed.entries.append(Entry(number, _with_kind(found, kind)))
    return feed


def _with_kind(record, kind):
    if kind and isinstance(record, dict) and "kind" not in record:
        return {"kind": kind, **record}
    return record


def _read_csv(content, kind):
    try:
        source = CsvFile(content, _CsvOptions(), _recognised)
        rows = list(source.records())
    except HistoryFileError as error:
        raise FileProblem(
            "file_encoding" if "encoding" in error.code else "file_csv"
        ) from error
    rows = [row for row in rows if any(map(cell_text, row[1]))]
    if not rows:
        raise FileProblem("file_empty")
    _number, first, *_marks = rows[0]
    header = [unescape_formula(cell_text(cell)).strip() for cell in first]
    is_back = tuple(header[-len(GIVEN_BACK) :]) == GIVEN_BACK
    if is_back:
        header = header[: -len(GIVEN_BACK)]
    _check_header(header, kind)
    feed = Feed("csv", [], header=tuple(header))
    for number, cells, *_marks in rows[1:]:
        feed.entries.append(_csv_entry(number, cells, header, kind, is_back))
    return feed


def _check_header(header, kind):
    missing = [name for name in ("kind", "id") if name not in header]
    if kind and "kind" in missing:
        missing.remove("kind")
    if missing:
        raise FileProblem("file_header", names=", ".join(missing))
    double = sorted({name for name in header if name and header.count(name) > 1})
    if double:
        raise FileProblem("file_double", names=", ".join(double))


def _csv_entry(number, cells, header, kind, is_back):
    """An empty cell says nothing; a cell too many, that others may be out of place."""
    texts = [unescape_formula(cell_text(cell)) for cell in cells]
    if is_back:
        texts = texts[: len(header)]
    record = {
        name: text for name, text in zip(header, texts, strict=False) if name and text
    }
    if any(texts[len(header) :]):
        return Entry(number, record, Wrong("row_long", count=len(header)))
    return Entry(number, _with_kind(record, kind))
