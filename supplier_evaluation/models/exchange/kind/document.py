"""Documents of suppliers."""

from odoo import api, models
from odoo.fields import Domain

from ....exchange.checking import Wrong


class SupplierExchangeKindDocument(models.AbstractModel):
    _name = "supplier.exchange.kind.document"
    _inherit = ["supplier.exchange.kind.record"]
    _description = "Kind of Exchanged Records"
    _kind = "document"
    _writes = "supplier.document"
    _same = {
        "number": "number",
        "issuer": "issuer",
        "scope": "scope",
        "date_issued": "date_issued",
        "date_from": "date_from",
        "date_to": "date_to",
    }

    @api.model
    def _find(self, run, items):
        """By type and number at that supplier; of several versions, the last one."""
        documents = run.env["supplier.document"]
        found = documents.search(
            [
                ("commercial_partner_id", "in", [item.partner for item in items]),
                ("number", "!=", False),
                ("next_ids", "=", False),
            ]
        )
        by_key = found.grouped(
            lambda one: (one.commercial_partner_id.id, one.type_id.code, one.number)
        )
        for item in items:
            number = item.values.get("number")
            same = by_key.get((item.partner, item.values["type"], number), documents)
            if len(same) > 1:
                names = ", ".join(f"{one.display_name} (id {one.id})" for one in same)
                run.refuse(item, "record_several", records=names)
            else:
                item.record = same.id

    @api.model
    def _types(self, run):
        return run.cache(
            "document types",
            lambda: {
                one.code: one.id
                for one in run.env["supplier.document.type"].search(Domain.TRUE)
            },
        )

    @api.model
    def _vals(self, run, item, names):
        vals = super()._vals(run, item, names)
        if "type" in names:
            code = item.values["type"]
            if code not in self._types(run):
                raise Wrong("not_found", value=code, field="type")
            vals["type_id"] = self._types(run)[code]
        if {"file", "file_name"} & set(names):
            vals.update(self._file_vals(item.values))
        return vals

    @api.model
    def _new_vals(self, run, item):
        return {
            "partner_id": item.partner,
            "company_id": run.source.company_id.id,
            "user_id": run.source.user_id.id,
        }

    @api.model
    def _out_domain(self, company):
        return [("company_id", "in", [False, company.id])]

    @api.model
    def _say(self, records):
        said = super()._say(records)
        checksums = self._checksums(records)
        for record in records:
            said[record.id]["type"] = record.type_id.code
            said[record.id]["file"] = checksums.get(record.id)
            said[record.id]["file_name"] = record.filename or None
        return said
