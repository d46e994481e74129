"""Writes files: what goes out, and what is given back. Plain Python, no Odoo."""

import csv
import io
import json

from ..importer.cells import cell_text, escape_formula
from .checking import NUMBER
from .contract import CONTRACT
from .reading import GIVEN_BACK


def given_back(form, rows, header=()):
    """Return a file of the records that were refused, to be mended and sent again.

    It is of the same form as the one they came in. Reason and mend stand beside each
    record, where the next reading leaves them out.

    :param str form: ``json``, ``ndjson`` or ``csv``
    :param rows: tuples of number, record, reason and mend
    :param header: of the CSV file
    :rtype: bytes
    """
    if form == "csv":
        return _csv(header, rows)
    records = [
        {**_as_dict(record), "_row": number, "_reason": reason, "_mend": mend}
        for number, record, reason, mend in rows
    ]
    if form == "ndjson":
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        return "".join(f"{line}\n" for line in lines).encode()
    text = json.dumps({"contract": CONTRACT, "records": records}, indent=1)
    return text.encode()


def form_suffix(form):
    """Return how the name of such a file ends."""
    return {"json": ".json", "ndjson": ".ndjson"}.get(form, ".csv")


def _as_dict(record):
    return record if isinstance(record, dict) else {"_record": record}


def _csv(header, rows):
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([escape_formula(name) for name in (*header, *GIVEN_BACK)])
    for number, record, reason, mend in rows:
        cells = [cell_text(_as_dict(record).get(name)) for name in header]
        cells += [str(number), reason or "", mend or ""]
        writer.writerow([_harmless(text) for text in cells])
    return buffer.getvalue().encode("utf-8-sig")


def sent(form, kind, records):
    """Return a file of records that go out.

    :param str form: ``json``, ``ndjson`` or ``csv``
    :param Kind kind: of all of them
    :param records: dicts as :meth:`give` has them
    :rtype: bytes
    """
    if form == "csv":
        return _sent_csv(kind, records)
    if form == "ndjson":
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        return "".join(f"{line}\n" for line in lines).encode()
    head = {"contract": CONTRACT, "records": list(records)}
    return json.dumps(head, ensure_ascii=False, indent=1).encode()


def _sent_csv(kind, records):
    """What a cell cannot hold, as the lines of a scorecard, is JSON in it."""
    buffer = io.StringIO()
    header = ("kind", "id", *(field.name for field in kind.fields))
    writer = csv.writer(buffer)
    writer.writerow(header)
    for record in records:
        writer.writerow([_harmless(_cell(record.get(name))) for name in header])
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(text):
    """Keep a spreadsheet program from running a text; a number it may have."""
    return text if NUMBER.fullmatch(text) else escape_formula(text)


def _cell(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return cell_text(value)
