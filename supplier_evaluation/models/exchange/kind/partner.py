"""Suppliers and their contacts."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....exchange.checking import Wrong
from ....exchange.who import Key
from ....importer.matcher import normalise_name, normalise_vat
from ....matching import normalise_mail
from ..run import NEW


class SupplierExchangeKindSupplier(models.AbstractModel):
    _name = "supplier.exchange.kind.supplier"
    _inherit = ["supplier.exchange.kind.record"]
    _description = "Kind of Exchanged Records"
    _kind = "supplier"
    _writes = "res.partner"
    _same = {
        "name": "name",
        "ref": "ref",
        "registry_number": "company_registry",
        "tax_id": "vat",
        "email": "email",
        "phone": "phone",
        "website": "website",
        "street": "street",
        "street2": "street2",
        "city": "city",
        "zip": "zip",
        "active": "active",
    }

    @api.model
    def _marks(self, item):
        values = item.values
        numbers = {values.get("registry_number"), values.get("tax_id")} - {None}
        return {item.id, f"name {normalise_name(values['name'])}"} | {
            f"number {normalise_vat(number)}" for number in numbers
        }

    @api.model
    def _find(self, run, items):
        """By the numbers, then the exact name; never by what is only alike."""
        asked = [item for item in items if run.answers.get(item.id) != NEW]
        keys = [self._key(item) for item in asked]
        run.look_up(keys)
        for item, key in zip(asked, keys, strict=True):
            try:
                found = run.who.match(key)
            except Wrong as problem:
                run.ask(item, item.id, problem)
            else:
                item.record = found.id if found else 0

    @api.model
    def _key(self, item):
        values = item.values
        return Key(
            values.get("registry_number") or "",
            values.get("tax_id") or "",
            values.get("name") or "",
            values.get("country") or "",
        )

    @api.model
    def _prepare(self, run, items):
        """Countries and states by their codes."""
        run.cache("countries", lambda: self._codes(run, "res.country"))
        run.cache("states", lambda: self._states(run))

    @api.model
    def _codes(self, run, model):
        return {record.code: record for record in run.env[model].search(Domain.TRUE)}

    @api.model
    def _states(self, run):
        states = run.env["res.country.state"].search(Domain.TRUE)
        by_name = {(state.country_id.code, state.name): state for state in states}
        by_code = {(state.country_id.code, state.code): state for state in states}
        return {**by_name, **by_code}

    @api.model
    def _vals(self, run, item, names):
        vals = super()._vals(run, item, names)
        if "country" in names:
            vals["country_id"] = self._country(run, item).id
        if "state" in names:
            vals["state_id"] = self._state(run, item)
        elif item.record and vals.get("country_id"):
            # As in a form: it would be a state of the country before.
            state = run.env["res.partner"].browse(item.record).state_id
            if state and state.country_id.id != vals["country_id"]:
                vals["state_id"] = False
        if "name" in vals:
            vals["is_company"] = True
        return vals

    @api.model
    def _country(self, run, item):
        code = item.values.get("country")
        countries = run.cache("countries", lambda: self._codes(run, "res.country"))
        if code and code not in countries:
            raise Wrong("not_found", value=code, field="country")
        return countries.get(code, run.env["res.country"])

    @api.model
    def _state(self, run, item):
        code = item.values.get("state")
        if not code:
            return False
        country = item.values.get("country") or ""
        if not country and item.record:
            partner = run.env["res.partner"].browse(item.record)
            country = partner.country_id.code or ""
        states = run.cache("states", lambda: self._states(run))
        found = states.get((country, code))
        if not found:
            raise Wrong("not_found", value=f"{country} {code}".strip(), field="state")
        return found.id

    @api.model
    def _new_vals(self, run, item):
        return {
            "is_company": True,
            "supplier_rank": 1,
            "company_id": False,
        }

    @api.model
    def _out_domain(self, company):
        return [
            ("company_id", "in", [False, company.id]),
            ("supplier_rank", ">", 0),
            "|",
            ("parent_id", "=", False),
            ("is_company", "=", True),
        ]

    @api.model
    def _say(self, records):
        records.fetch([*self._same.values(), "country_id", "state_id"])
        said = super()._say(records)
        for record in records:
            said[record.id]["country"] = record.country_id.code or None
            said[record.id]["state"] = record.state_id.code or None
        return said

    @api.model
    def _update(self, run, items, claims):
        """Who is sent as a supplier is one here, too."""
        result = super()._update(run, items, claims)
        taken = [item.record for item in items if item.state != "refused"]
        partners = run.env["res.partner"].browse(taken)
        if new := partners.filtered(lambda partner: not partner.supplier_rank):
            new.supplier_rank = 1
        changed = [item.record for item in items if item.state == "updated"]
        for partner in run.env["res.partner"].browse(changed):
            run.know(partner)
        return result

    @api.model
    def _created(self, run, records):
        for record in records:
            run.know(record)


class SupplierExchangeKindContact(models.AbstractModel):
    _name = "supplier.exchange.kind.contact"
    _inherit = ["supplier.exchange.kind.record"]
    _description = "Kind of Exchanged Records"
    _kind = "contact"
    _writes = "res.partner"
    _same = {
        "name": "name",
        "function": "function",
        "email": "email",
        "phone": "phone",
        "active": "active",
    }

    @api.model
    def _find(self, run, items):
        """By the e-mail address, else by the exact name, at that supplier.

        Small letters and capitals are the same in an address.
        """
        vendors = {item.partner for item in items}
        contacts = run.env["res.partner"].with_context(active_test=False)
        found = contacts.search(
            [("parent_id", "in", list(vendors)), ("is_company", "=", False)]
        )
        by_vendor = found.grouped(lambda contact: contact.parent_id.id)
        for item in items:
            own = by_vendor.get(item.partner, contacts)
            email, name = self._address(item.values.get("email")), item.values["name"]
            same = own.filtered(
                lambda one, email=email: email and self._address(one.email) == email
            )
            same = same or own.filtered(
                lambda one, name=name, email=email: (
                    one.name == name and not (email and one.email)
                )
            )
            if len(same) > 1:
                names = ", ".join(f"{one.display_name} (id {one.id})" for one in same)
                run.refuse(item, "record_several", records=names)
            else:
                item.record = same.id

    @api.model
    def _address(self, text):
        """Return an e-mail address as it is compared; what is none, as it is."""
        return normalise_mail(text) or text or ""

    @api.model
    def _out_domain(self, company):
        return [
            ("company_id", "in", [False, company.id]),
            ("parent_id.supplier_rank", ">", 0),
            ("is_company", "=", False),
            ("type", "=", "contact"),
        ]

    @api.model
    def _out_clock(self, table):
        """Contacts go out from when their company supplies, which is written there."""
        return SQL(
            "GREATEST(%s, (SELECT p.write_date FROM res_partner p WHERE p.id = %s))",
            super()._out_clock(table),
            SQL.identifier(table, "parent_id"),
        )

    @api.model
    def _new_vals(self, run, item):
        return {"parent_id": item.partner, "is_company": False, "type": "contact"}
