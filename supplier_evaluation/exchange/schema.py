"""The JSON Schema of the contract, made of its description. Plain Python, no Odoo."""

import json

from .contract import CONTRACT, FILE_SIZE, SHORT
from .kinds import IN, KINDS, SUBJECT

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Where the file is in the add-on.
PATH = "static/exchange/supplier_evaluation.exchange-1.schema.json"


def schema():
    """Return the JSON Schema of a message, as a dict."""
    return {
        "$schema": DIALECT,
        "$id": CONTRACT,
        "title": "Message of supplier_evaluation.exchange/1",
        "description": "Fields that are not named here are allowed: they are reported "
        "for each record, and not used.",
        "type": "object",
        "required": ["contract", "id", "records"],
        "properties": {
            "contract": {"const": CONTRACT},
            "id": {
                **_string(SHORT),
                "description": "Of this message, unique in the system that sends it. "
                "The same message is answered once more, and not taken again.",
            },
            "source": {
                **_string(SHORT),
                "description": "Code of the system, where the address does not say it.",
            },
            "records": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["kind", "id"],
                    "anyOf": [
                        *({"$ref": f"#/$defs/{name}"} for name in KINDS),
                        _withdrawn(),
                    ],
                },
            },
        },
        "$defs": {name: _kind(kind) for name, kind in KINDS.items()},
    }


def schema_text():
    """Return the same as the file has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _withdrawn():
    """Return how a record of any kind is withdrawn that comes in."""
    return {
        "description": "A record that is withdrawn: of the rest nothing is read. What "
        "it was is archived, cancelled or closed, and never deleted.",
        "required": ["deleted"],
        "properties": {"kind": {"enum": list(IN)}, "deleted": {"const": True}},
    }


def _kind(kind):
    ways = {"in": "sent to us", "out": "sent by us"}
    comment = " and ".join(ways[way] for way in kind.directions)
    result = {
        "description": kind.help,
        "$comment": comment,
        "required": [
            "kind",
            "id",
            *(field.name for field in kind.fields if field.required),
        ],
        "properties": {
            "kind": {"const": kind.name},
            "id": {
                "description": "Its identifier in the system that sends it.",
                **_string(SHORT),
            },
            **{field.name: _field(field) for field in kind.fields},
        },
    }
    if kind.field("supplier") and "in" in kind.directions:
        result["anyOf"] = [{"required": [name]} for name in SUBJECT]
    return result


def _string(size):
    return {"type": "string", "minLength": 1, "maxLength": size}


def _field(field):
    result = {"description": field.help} if field.help else {}
    result.update(_TYPES[field.type](field))
    if not field.required and field.type != "lines":
        if "enum" in result:
            result["enum"] = [*result["enum"], None]
        else:
            result["type"] = [result["type"], "null"]
    return result


def _number(field):
    result = {"type": "integer" if field.type == "integer" else "number"}
    return {**result, "minimum": 0} if field.positive else result


def _lines(field):
    properties = {one.name: _field(one) for one in field.fields}
    return {"type": "array", "items": {"type": "object", "properties": properties}}


_TYPES = {
    "text": lambda field: {"type": "string", "maxLength": field.size},
    "number": _number,
    "integer": _number,
    "date": lambda _field: {"type": "string", "format": "date"},
    "datetime": lambda _field: {"type": "string", "format": "date-time"},
    "boolean": lambda _field: {"type": "boolean"},
    "choice": lambda field: {"enum": list(field.choices)},
    "file": lambda _field: {
        "type": "string",
        "contentEncoding": "base64",
        # Four letters for three bytes.
        "maxLength": (FILE_SIZE + 2) // 3 * 4,
    },
    "lines": _lines,
}
