"""Whose value counts where two systems tell of the same order line.

An ERP knows what was ordered, and a planning system may promise another day. Receipts
are not asked: each is of the system that numbers it, and several may come together.
"""

import copy
import dataclasses

from odoo import api, fields, models

from ..supplier_exchange_origin import Claim, stamp_of


class SupplierExchangeKindHistory(models.AbstractModel):
    """What a system with a higher priority said of a line stays.

    As with other records, a value that is another one now was changed by a person. A
    value that no system said is no entry by hand: lines are imported by files, too.
    """

    _inherit = "supplier.exchange.kind.history"
    #: Field of the contract -> field of the line, where it is asked who said it.
    _owned = {}

    @api.model
    def _import(self, run, told, items):
        """Put what stays into the place of what is told, and take that."""
        if not self._owned:
            return super()._import(run, told, items)
        stays = self._stays(run, items)
        taken = [self._with(item, stays[item]) for item in items]
        super()._import(run, told, taken)
        for item, one in zip(items, taken, strict=True):
            item.state, item.record = one.state, one.record
            item.reason, item.mend = one.reason, one.mend
        self._note_claims(run, items, stays)
        return None

    @api.model
    def _with(self, item, values):
        """Return an item that tells other values."""
        if not values:
            return item
        item.kept += [
            (name, source) for name, (_value, source) in sorted(values.items())
        ]
        told = {name: value for name, (value, _source) in values.items()}
        one = copy.copy(item)
        values = {**item.values, **told}
        one.checked = dataclasses.replace(item.checked, values=values)
        return one

    # ------------------------------------------------------------
    # Whose value counts
    # ------------------------------------------------------------

    @api.model
    def _stays(self, run, items):
        """Return what stays of the lines of items, though they tell otherwise.

        :rtype: dict
        :return: item -> field -> pair of the value and the name of the system that
            goes first, empty for a person
        """
        lines = self._lines_of(run, items)
        claims = self.env["supplier.exchange.origin"]._claims_of(
            self._writes, [line.id for line in lines.values()]
        )
        sources = self._sources_in(claims)
        stays = {item: {} for item in items}
        for item, line in lines.items():
            for name in self._owned:
                claim = claims.get(line.id, {}).get(self._claimed(name))
                current = self._current(line, name)
                if name not in item.values or not claim:
                    continue
                if item.values[name] == current:
                    continue
                owner = self._first(run, claim, current, sources)
                if owner is not None:
                    stays[item][name] = (current, owner)
        return stays

    @api.model
    def _first(self, run, claim, current, sources):
        """Return who goes before the system, as people read it; None: nobody."""
        if claim.stamp != stamp_of(current):
            return "" if run.source.hand_wins else None
        other = sources.get(claim.source)
        if other and other.priority > run.source.priority:
            return other.name
        return None

    @api.model
    def _sources_in(self, claims):
        numbers = {claim.source for own in claims.values() for claim in own.values()}
        found = self.env["supplier.exchange.source"].sudo().browse(numbers).exists()
        return {source.id: source for source in found}

    @api.model
    def _lines_of(self, run, items):
        """Return the lines that are here already, by their items."""
        partners = run.env["res.partner"].browse([item.partner for item in items])
        vendors = partners.commercial_partner_id
        found = run.env[self._writes].search(
            [
                ("company_id", "=", run.source.company_id.id),
                ("commercial_partner_id", "in", vendors.ids),
                ("order_ref", "in", [self._place_of(item)[0] for item in items]),
            ]
        )
        by_key = {
            (line.commercial_partner_id, line.order_ref, line.line_ref): line
            for line in found
        }
        lines = {}
        for item, partner in zip(items, partners, strict=True):
            vendor = partner.commercial_partner_id
            key = (vendor, *self._place_of(item))
            if key in by_key:
                lines[item] = by_key[key]
        return lines

    @api.model
    def _note_claims(self, run, items, stays):
        """Keep what the system said of lines, as it is here now."""
        done = [item for item in items if item.state != "refused" and item.record]
        lines = run.env[self._writes].browse([item.record for item in done])
        claims = {}
        for item, line in zip(done, lines, strict=True):
            own = claims.setdefault(line.id, {})
            for name in self._owned:
                if name in item.values and name not in stays[item]:
                    stamp = stamp_of(self._current(line, name))
                    own[self._claimed(name)] = Claim(run.source.id, stamp)
        self.env["supplier.exchange.origin"]._note(self._writes, claims)

    @api.model
    def _claimable(self, run, numbers):
        return {
            line.id: {
                self._claimed(name): self._current(line, name) for name in self._owned
            }
            for line in run.env[self._writes].browse(numbers)
        }

    @api.model
    def _claimed(self, name):
        """Return the name of a claim: two kinds tell of a line, each in its words."""
        return f"{self._kind}.{name}"

    @api.model
    def _current(self, line, name):
        """Return what a line says, as the contract has it."""
        value = line[self._owned[name]]
        if name == "currency":
            return value.name
        if line._fields[self._owned[name]].type == "date":
            return fields.Date.to_string(value) if value else None
        return value


class SupplierExchangeKindOrder(models.AbstractModel):
    _inherit = "supplier.exchange.kind.order"
    _owned = {
        "quantity": "quantity_ordered",
        "price": "price_unit",
        "currency": "currency_id",
        "date_order": "date_order",
        "date_promised": "date_promised",
    }


class SupplierExchangeKindReturn(models.AbstractModel):
    _inherit = "supplier.exchange.kind.return"
    _owned = {"quantity": "quantity_returned", "date": "date_returned"}
