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
            self._same[name]: self._to_odoo(self._same[name], item.values[name])
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
    def _target(self, run):
        """Return the model that is written."""
        return run.env[self._writes]

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
        put_off = self._put_off(fresh, unknown)
        fresh = [item for item in fresh if item not in put_off]
        self._prepare(run, [item for item in fresh if not item.state])
        claims = {}
        self._update(
            run, [one for one in fresh if not one.state and one.record], claims
        )
        self._create(run, [one for one in fresh if not one.state], claims)
        self._note_taken(run, fresh, claims)

    @api.model
    def _put_off(self, items, found):
        """Leave those undecided whose record another item changes first.

        What they were found by may be another's then: they are looked for again.

        :param found: those of the items that were looked for
        :return: set of the items that are left
        """
        taken = {item.record for item in set(items) - set(found) if item.record}
        put_off = set()
        for item in found:
            if item.record in taken and not item.state:
                item.begin()
                put_off.add(item)
            elif item.record:
                taken.add(item.record)
        return put_off

    @api.model
    def _update(self, run, items, claims):
        """Write what differs, and what the system may say."""
        records = self._target(run).browse([item.record for item in items])
        before = self._say(records)
        origins = self.env["supplier.exchange.origin"]._claims_of(
            self._writes, records.ids
        )
        sources = self._sources_of(origins)
        taken = {}
        for item, record in zip(items, records, strict=True):
            own, known = before[record.id], origins.get(record.id, {})
            names, changed = [], []
            for name in self._told(item):
                current = own.get(name)
                stays, by = self._stays(run, known.get(name), current, sources)
                if stays and item.values[name] != current:
                    item.kept.append((name, by))
                elif not stays:
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
        records = self._target(run).create(vals_list)
        said = self._say(records)
        for item, record in zip(good, records, strict=True):
            item.state, item.record = "created", record.id
            own = said[record.id]
            names = [*self._told(item), *self._proposed(item, own)]
            claims[record.id] = self._claims(run, names, own)
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
        """Return the fields that an item tells of its record.

        A field that is either true or false has no third value: null tells nothing.
        """
        kind = IN[self._kind]
        return [
            name
            for name, value in item.values.items()
            if name not in SUBJECT
            and not (value is None and kind.field(name).type == "boolean")
        ]

    @api.model
    def _proposed(self, item, said):
        """Return the fields that a new record has without being told: by default.

        Nobody entered these by hand: the system that made the record may say otherwise.
        """
        return [
            name
            for name, value in said.items()
            if name not in item.values and value not in (None, "")
        ]

    @api.model
    def _claims(self, run, names, said):
        """Return the claims of the system, on the values as they are kept here."""
        return {name: Claim(run.source.id, stamp_of(said.get(name))) for name in names}

    @api.model
    def _stays(self, run, claim, current, sources):
        """Return whether a value stays, and the system that said it.

        :param dict sources: what :meth:`_sources_of` returns
        :return: pair of a boolean and a name, which is empty where it was a person
        """
        if claim and claim.stamp == stamp_of(current):
            other = sources.get(claim.source, run.source)
            return other.priority > run.source.priority, other.name
        if current in (None, ""):
            return False, ""
        return run.source.hand_wins, ""

    @api.model
    def _claimable(self, run, numbers):
        return self._say(run.env[self._writes].browse(numbers))

    @api.model
    def _sources_of(self, origins):
        """Return the systems that said something, in one question, by their numbers."""
        numbers = {
            claim.source for claims in origins.values() for claim in claims.values()
        }
        sources = self.env["supplier.exchange.source"].sudo().browse(numbers).exists()
        return {source.id: source for source in sources}

    # ------------------------------------------------------------
    # Values
    # ------------------------------------------------------------

    @api.model
    def _to_odoo(self, name, value):
        """Return a value of the contract as our field takes it; an instant is UTC."""
        if value is None:
            return False
        if self.env[self._writes]._fields[name].type == "datetime":
            return value.removesuffix("Z").replace("T", " ")
        return value

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
