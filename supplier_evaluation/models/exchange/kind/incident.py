"""Incidents."""

from odoo import api, models
from odoo.tools import html2plaintext, plaintext2html


class SupplierExchangeKindIncident(models.AbstractModel):
    _name = "supplier.exchange.kind.incident"
    _inherit = ["supplier.exchange.kind.record"]
    _description = "Kind of Exchanged Records"
    _kind = "incident"
    _writes = "supplier.incident"
    _same = {
        "title": "title",
        "type": "incident_type",
        "severity": "severity",
        "responsibility": "responsibility",
        "status": "state",
        "date_opened": "date_opened",
        "date_first_answer": "date_first_answer",
        "date_resolved": "date_resolved",
        "cost": "cost",
    }
    # They always have a value here: nothing is said by leaving it empty.
    _always = ("type", "severity", "responsibility", "status")

    @api.model
    def _told(self, item):
        return [
            name
            for name in super()._told(item)
            if not (name in self._always and item.values[name] is None)
        ]

    @api.model
    def _vals(self, run, item, names):
        vals = super()._vals(run, item, names)
        if "description" in names:
            text = item.values["description"]
            vals["description"] = plaintext2html(text) if text else False
        if vals.get("state") == "resolved" and "date_resolved" not in vals:
            # The one that the record says, if it says one.
            resolved = item.values.get("date_resolved")
            if resolved:
                vals["date_resolved"] = self._to_odoo("date_resolved", resolved)
        return vals

    @api.model
    def _write_item(self, run, item, record, names):
        """What was none there is cancelled here, with a reason, as by people."""
        ends = "status" in names and item.values["status"] == "cancelled"
        if ends and self._cancel_as_none(run, record):
            names = [name for name in names if name != "status"]
        return super()._write_item(run, item, record, names)

    @api.model
    def _cancel_as_none(self, run, record):
        """Cancel an incident that was none; return whether it was not yet."""
        if record.state == "cancelled":
            return False
        record._cancel(self.env._("%s withdrew it.", run.source.name))
        return True

    @api.model
    def _new_vals(self, run, item):
        return {
            "partner_id": item.partner,
            "company_id": run.source.company_id.id,
            "reporter_id": run.source.user_id.id,
        }

    @api.model
    def _out_domain(self, company):
        """Without those of which nobody knows yet whose they are."""
        return [*super()._out_domain(company), ("partner_id", "!=", False)]

    @api.model
    def _say(self, records):
        said = super()._say(records)
        for record in records:
            text = html2plaintext(record.description or "").strip()
            said[record.id]["description"] = text or None
        return said
