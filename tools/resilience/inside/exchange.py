"""Records that go out of one database by files, and come into another one."""

from __future__ import annotations

import base64
import json
from collections import Counter
from pathlib import Path

from odoo.service.model import retrying

CONTRACT = "supplier_evaluation.exchange/1"
MANAGER = "purchase.group_purchase_manager"
#: Each form carries something.
FORMS = {
    "supplier": "json",
    "contact": "ndjson",
    "document": "json",
    "incident": "csv",
    "benchmark": "csv",
}
#: By which our own records are told from those of the base.
NAMES = {
    "supplier": ("name", ("Bolt & Söhne", "螺丝有限公司")),
    "contact": ("name", ("Ann",)),
    "document": ("number", ("Q-1",)),
    "incident": ("title", ("Rust, everywhere",)),
    "benchmark": ("group", ("All of us",)),
}
# Each database has identifiers of its own.
OWN = ("id", "supplier", "supplier_there")


def main(env, args):
    """Do ``args["step"]`` with the files in ``args["files"]``; write what became."""
    report = retrying(lambda: _do(env, args["step"], Path(args["files"])), env)
    Path(args["report"]).write_text(json.dumps(report))


def _do(env, step, folder):
    env = _managing(env)
    source = _source(env)
    states = _fill(env, source) if step == "fill" else _take(env, source, folder)
    return {"states": states, "records": _send(env, source, folder / step)}


def _managing(env):
    """The files go through the dialogs of a manager."""
    users = env["res.users"]
    user = users.search([("login", "=", "exchanging")]) or users.create(
        {
            "name": "Exchanging",
            "login": "exchanging",
            "group_ids": [(4, env.ref(MANAGER).id)],
        }
    )
    return env(user=user, context={"allowed_company_ids": env.company.ids})


def _source(env):
    sources = env["supplier.exchange.source"]
    return sources.search([("code", "=", "other")]) or sources.create(
        {"name": "Other", "code": "other"}
    )


def _fill(env, source):
    message = env["supplier.exchange.message"].take(
        source, {"contract": CONTRACT, "id": "1", "records": _records(env)}
    )
    return _states(message.result_ids)


def _records(env):
    pdf = base64.b64encode(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n").decode()
    kpi = env["supplier.kpi"].search([("code", "!=", False)], limit=1)
    return [
        {
            "kind": "supplier",
            "id": "1",
            "name": "Bolt & Söhne",
            "country": "DE",
            "city": "Ulm",
            "website": "http://bolt.example",
        },
        {"kind": "supplier", "id": "2", "name": "螺丝有限公司", "country": "CN"},
        {
            "kind": "contact",
            "id": "c",
            "supplier": "1",
            "name": "Ann",
            "email": "ann@bolt.example",
        },
        {
            "kind": "document",
            "id": "d",
            "supplier": "2",
            "type": "iso_9001",
            "number": "Q-1",
            "date_to": "2031-12-31",
            "file": pdf,
            "file_name": "证书.pdf",
        },
        {
            "kind": "incident",
            "id": "i",
            "supplier": "1",
            "title": "Rust, everywhere",
            "type": "quality",
            "status": "resolved",
            "responsibility": "supplier",
            "date_opened": "2026-03-01T08:00:00Z",
            "date_resolved": "2026-03-02T08:00:00Z",
            "cost": 120.5,
            "description": 'On "all" bolts.\n\nNot on nuts.',
        },
        {
            "kind": "benchmark",
            "id": "b",
            "kpi": kpi.code,
            "group": "All of us",
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "value": 90,
        },
    ]


def _take(env, source, folder):
    """Take the files of the other database; what became of our own records."""
    states = Counter()
    for kind, form in FORMS.items():
        content = (folder / "fill" / f"{kind}.{form}").read_bytes()
        dialog = env["supplier.exchange.import"].create(
            {
                "source_id": source.id,
                "file": base64.b64encode(content),
                "filename": f"{kind}.{form}",
            }
        )
        dialog.action_import()
        ids = json.loads((folder / "fill" / f"{kind}.ids").read_text())
        own = dialog.message_id.result_ids
        states.update(
            _states(own.filtered(lambda one, ids=ids: one.external_id in ids))
        )
    return states


def _states(results):
    return Counter(results.mapped("state"))


def _send(env, source, folder):
    """Write a file of each kind; our own records, without identifiers."""
    folder.mkdir(exist_ok=True)
    found = {}
    for kind, form in FORMS.items():
        dialog = env["supplier.exchange.export"].create(
            {
                "source_id": source.id,
                "kind": kind,
                "form": form,
                "with_files": kind == "document",
            }
        )
        dialog.action_export()
        (folder / f"{kind}.{form}").write_bytes(base64.b64decode(dialog.file))
        own = _own(dialog, kind)
        (folder / f"{kind}.ids").write_text(json.dumps([one["id"] for one in own]))
        found[kind] = [
            {name: value for name, value in one.items() if name not in OWN}
            for one in own
        ]
    return found


def _own(dialog, kind):
    key, names = NAMES[kind]
    own = [one for one in dialog._records() if one.get(key) in names]
    return sorted(own, key=lambda one: one[key])
