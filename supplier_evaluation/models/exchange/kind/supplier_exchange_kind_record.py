from odoo import api, fields, models

from ....exchange.checking import Wrong
from ....exchange.kinds import IN, SUBJECT
from ..supplier_exchange_origin import Claim, stamp_of


class SupplierExchangeKindRecord(models.AbstractModel):
    """A kind whose records are each a record of ours.

    It knows how a record of ours says what the contract asks for (:meth:`_say`), and
    the other way round (:meth:`_vals`); what differs is written, field by field, as far
    as the system may.
    """

    _name = "supplier.exchange.kind.record"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"
    #: Field of the contract -> field of ours, where both say the same.
    _same = {}

    # ------------------------------------------------------------
    # To be extended
    # ------------------------------------------------------------

    @api.model
    def _find(self, run, items):
        """Find our records of items that the system has never sent.

        Set ``record`` of those that are found; decide on those that cannot be told.
        """

    @api.model
    def _prepare(self, run, items):
        """Look up what some items name, once for all."""

    @api.model
    def _vals(self, run, item, names):
        """Return the values of our fields for some fields of the contract.

        :raises Wrong: a value names what is not here
        """
        return {
            self._same[name]: self._to_odoo(item.values[name])
            for name in names
            if name in self._same
        }

    @api.model
    def _new_vals(self, run, item):
        """Return what else a new record has."""
        return {}

    @api.model
    def _say(self, records):
        """Return what records say, in the words of the contract.

        :rtype: dict
        :return: number of the record -> field -> value, as JSON has it
        """
        return {
            record.id: {
                name: self._from_odoo(record, own) for name, own in self._same.items()
            }
            for record in records
        }

    @api.model
    def _out(self, records):
        return self._say(records)

    @api.model
    def _created(self, run, records):
        """Is told of new records."""

    # ------------------------------------------------------------
    # Taking
    # ------------------------------------------------------------

    @api.model
    def _do(self, run, items):
        self._find_known(run, items)
        fresh = [item for item in items if not item.state]
        if IN[self._kind].field("supplier"):
            self._find_suppliers(run, fresh)
        unknown = [item for item in fresh if not item.state and not item.record]
        self._find(run, unknown)
        self._prepare(run, [item for item in fresh if not item.state])
        claims = {}
        self._update(
            run, [one for one in fresh if not one.state and one.record], claims
        )
        self._create(run, [one for one in fresh if not one.state], claims)
        self._note_taken(run, fresh, claims)

    @api.model
    def _update(self, run, items, claims):
        """Write what differs, and what the system may say."""
        records = run.env[self._writes].browse([item.record for item in items])
        before = self._say(records)
        origins = self.env["supplier.exchange.origin"]._claims_of(
            self._writes, records.ids
        )
        names_of = self._names_of_sources(origins)
        taken = {}
        for item, record in zip(items, records, strict=True):
            own, known = before[record.id], origins.get(record.id, {})
            names, changed = [], []
            for name in self._told(item):
                current = own.get(name)
                owner = self._owner(run, known.get(name), current)
                if owner and item.values[name] != current:
                    item.kept.append((name, names_of.get(owner, "")))
                elif not owner:
                    names.append(name)
                    if item.values[name] != current:
                        changed.append(name)
            if self._fits(run, item, record, changed) and changed:
                self._write_item(run, item, record, changed)
            if not item.state:
                taken[item] = names
        after = self._say(records)
        for item, names in taken.items():
            own = after[item.record]
            is_same = own == before[item.record]
            item.state = "unchanged" if is_same else "updated"
            claims[item.record] = self._claims(run, names, own)

    @api.model
    def _fits(self, run, item, record, names):
        """Whether an item may change a record; decide on the item if not."""
        vendor = self._supplier_of(record)
        if item.partner and vendor:
            wanted = run.env["res.partner"].browse(item.partner)
            if wanted.commercial_partner_id != vendor:
                run.refuse(item, "other_supplier", supplier=vendor.display_name)
                return False
        return True

    @api.model
    def _supplier_of(self, record):
        return record.commercial_partner_id

    @api.model
    def _write_item(self, run, item, record, names):
        try:
            record.write(self._vals(run, item, names))
        except Wrong as problem:
            run.refuse_for(item, problem)

    @api.model
    def _create(self, run, items, claims):
        vals_list, good = [], []
        for item in items:
            try:
                vals = self._vals(run, item, self._told(item))
            except Wrong as problem:
                run.refuse_for(item, problem)
            else:
                vals_list.append({**self._new_vals(run, item), **vals})
                good.append(item)
        records = run.env[self._writes].create(vals_list)
        said = self._say(records)
        for item, record in zip(good, records, strict=True):
            item.state, item.record = "created", record.id
            claims[record.id] = self._claims(run, self._told(item), said[record.id])
        self._created(run, records)

    @api.model
    def _note_taken(self, run, items, claims):
        done = [item for item in items if item.state in ("created", "updated")]
        done += [item for item in items if item.state == "unchanged"]
        self.env["supplier.exchange.identity"]._keep(
            run.source,
            self._kind,
            self._writes,
            {item.id: (item.record, item.stamp) for item in done},
        )
        self.env["supplier.exchange.origin"]._note(self._writes, claims)

    # ------------------------------------------------------------
    # Whose value counts
    # ------------------------------------------------------------

    @api.model
    def _told(self, item):
        """Return the fields that an item tells of its record."""
        return [name for name in item.values if name not in SUBJECT]

    @api.model
    def _claims(self, run, names, said):
        """Return the claims of the system, on the values as they are kept here."""
        return {name: Claim(run.source.id, stamp_of(said.get(name))) for name in names}

    @api.model
    def _owner(self, run, claim, current):
        """Return whose value stays: a system's number, True for a person, or False."""
        if claim and claim.stamp == stamp_of(current):
            if claim.source == run.source.id:
                return False
            other = run.source.browse(claim.source).exists()
            return claim.source if other.priority > run.source.priority else False
        if current in (None, ""):
            return False
        return run.source.hand_wins

    @api.model
    def _names_of_sources(self, origins):
        numbers = {
            claim.source for claims in origins.values() for claim in claims.values()
        }
        sources = self.env["supplier.exchange.source"].sudo().browse(numbers).exists()
        return {source.id: source.name for source in sources}

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------

    @api.model
    def _to_odoo(self, value):
        """Return a value of the contract as a field takes it; an instant is UTC."""
        if value is None:
            return False
        is_instant = isinstance(value, str) and len(value) == 20 and value[-1] == "Z"
        return value[:-1].replace("T", " ") if is_instant else value

    @api.model
    def _from_odoo(self, record, name):
        """Return what a field says, as the contract has it."""
        value, kind = record[name], record._fields[name].type
        if kind == "boolean":
            return value
        if kind in ("float", "monetary", "integer"):
            # A number that may be unknown is False then; no data is not 0.
            return None if value is False else float(value)
        if not value:
            return None
        if kind == "date":
            return fields.Date.to_string(value)
        if kind == "datetime":
            return f"{value.replace(microsecond=0).isoformat()}Z"
        return value
