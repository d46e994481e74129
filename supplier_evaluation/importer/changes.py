"""Compares the lines of a file with those there are, and writes the difference."""

import math

from odoo import fields
from odoo.fields import Command

from .cells import CellProblem, reference_key, reference_spellings
from .receipts import ReceiptChanges, reconcile, since
from .targets import LINE_KEY


class HistoryChanges:
    """What some lines of a file change.

    :param Environment env: its company is the one that imports
    :param str source: the name of the file
    :param plans: :class:`LinePlan`; those that cannot be compared are rejected
    :param period: first and last day of receipt in the file, or None
    """

    def __init__(self, env, source, plans, period):
        self.env = env
        self.source = source
        self.period = period
        self.outcomes = []
        self.created_ids = []
        self.to_create, self.to_update, self.known_ids = [], [], []
        none = self.env["supplier.history.line"]
        self.withdrawn = none
        self.today = self.env.company._supplier_day(fields.Datetime.now())
        # What the promises and quantities were and are now, by line.
        self.moved = {}
        self._plans = {_key_of(plan.supplier, plan.vals): plan for plan in plans}
        existing = self._existing({key: one.vals for key, one in self._plans.items()})
        known = self._known_receipts(existing)
        for key, plan in self._plans.items():
            line = existing.get(key, none)
            try:
                self._compare(plan, line, known.get(line.id, {}))
            except CellProblem as problem:
                plan.fail(problem.code, **problem.params)

    def counts(self):
        """How many lines come, change and stay: a dict of the report's fields."""
        return {
            "created": len(self.to_create),
            "updated": len(self.to_update),
            "unchanged": len(self.known_ids) - len(self.to_update),
            "withdrawn": len(self.withdrawn),
        }

    def withdraw(self, rows, others, suppliers):
        """Take back the order lines that were known as open, and are cancelled now.

        Nothing came of them; a file that is imported only now would not have them.

        :param rows: :class:`HistoryRow` that say so
        :param others: those that are imported, or rejected: their lines stay
        :param suppliers: what finds suppliers by their keys
        """
        keys, kept = {}, set(map(_line_of, others))
        for row in rows:
            if _line_of(row) in kept:
                continue
            try:
                found = suppliers.match(row.supplier)
            except CellProblem:
                continue
            vals = {name: row.values.get(name) or "" for name in LINE_KEY}
            if found and all(vals.values()):
                keys[_key_of(found.id, vals)] = vals
        for key in self._plans:
            keys.pop(key, None)
        for line in self._existing(keys).values() if keys else ():
            is_decided = line.supplier_exclusion
            if not (line.receipt_ids or line.quantity_returned or is_decided):
                self.withdrawn |= line

    def _compare(self, plan, line, known):
        if plan.is_joined:
            self._check_joined(plan, line)
        changes = ReceiptChanges()
        by_ref = {ref: (found.date, found.quantity) for ref, found in known.items()}
        if plan.receipts is not None:
            ordered = line.quantity_ordered if line else plan.vals["quantity_ordered"]
            found = plan.receipts
            found = since(by_ref, found) if plan.is_running_total else found
            changes = reconcile(by_ref, found, ordered, self.period)
        self._check_returned(plan, line, changes.received(by_ref))
        commands = _commands(known, changes)
        if not line:
            self.outcomes.append(("created", plan, line))
            self.to_create.append((plan, commands))
            return
        self.known_ids.append(line.id)
        vals = self._changed(line, plan.vals)
        if vals or commands:
            self.outcomes.append(("updated", plan, line))
            self._note_moved(line, vals)
            self.to_update.append((line, vals, commands))
        else:
            self.outcomes.append(("unchanged", plan, line))

    @staticmethod
    def _check_returned(plan, line, received):
        """Nobody sends back more than came: what is left is no received quantity.

        Where nothing came by the file, that may be known elsewhere.
        """
        returned = plan.vals.get("quantity_returned", line.quantity_returned)
        if 0 < received < returned and not math.isclose(received, returned):
            raise CellProblem("returned_more", returned=returned, received=received)

    def _note_moved(self, line, vals):
        """Note a later promise, and less to be delivered by one that is over.

        The file does not say who wished it, nor whether it is a correction.
        """
        said, before = [], line.date_promised
        after = vals.get("date_promised") or before
        if after > before:
            said.append(f"{before.isoformat()} → {after.isoformat()}")
        ordered = vals.get("quantity_ordered") or line.quantity_ordered
        if ordered < line.quantity_ordered and before < self.today:
            said.append(f"{line.quantity_ordered:g} → {ordered:g}")
        if said:
            self.moved[line.display_name] = ", ".join(said)

    @staticmethod
    def _check_joined(plan, line):
        """Receipts are of an order line that is known, and in its unit."""
        vals = plan.vals
        if not line:
            raise CellProblem(
                "line_unknown", order=vals["order_ref"], line=vals["line_ref"]
            )
        unit = vals.pop("uom_id", False)
        if unit and line.uom_id and unit != line.uom_id.id:
            raise CellProblem("unit_differs", unit=line.uom_id.display_name)

    def _existing(self, keys):
        """The lines with these keys, however their numbers are spelled.

        :param dict keys: key -> values with the numbers as the file spells them
        :return: key -> line; one that is spelled as the file has it goes first
        """
        # What has no id is a supplier that is created with the file.
        known = {key: vals for key, vals in keys.items() if isinstance(key[0], int)}
        spelled = {
            (key[0], *(vals[name] for name in LINE_KEY)) for key, vals in known.items()
        }
        orders = set().union(
            *(reference_spellings(order) for _id, order, _l in spelled)
        )
        lines = self.env["supplier.history.line"].search_fetch(
            [
                ("company_id", "=", self.env.company.id),
                ("commercial_partner_id", "in", list({key[0] for key in known})),
                ("order_ref", "in", list(orders)),
            ]
        )
        found = {}
        for line in lines:
            supplier = line.commercial_partner_id.id
            key = _key_of(supplier, line)
            if key in known:
                is_same = (supplier, line.order_ref, line.line_ref) in spelled
                if is_same or key not in found:
                    found[key] = line
        return found

    def _known_receipts(self, existing):
        """The receipts of the lines that are known: line -> reference -> receipt."""
        receipts = {}
        line_ids = [line.id for line in existing.values()]
        for receipt in self.env["supplier.history.receipt"].search_fetch(
            [("line_id", "in", line_ids)],
            ["line_id", "receipt_ref", "date", "quantity"],
        ):
            receipts.setdefault(receipt.line_id.id, {})[receipt.receipt_ref] = receipt
        return receipts

    @staticmethod
    def _changed(line, vals):
        """The values that differ from what the line holds."""
        changed = {}
        for name, value in vals.items():
            if name in LINE_KEY:
                continue  # the same, perhaps spelled otherwise
            current = line[name]
            if line._fields[name].type == "many2one":
                current = current.id
            if (current or False) != (value or False):
                changed[name] = value
        return changed

    # ---- writing ------------------------------------------------------------------

    def apply(self, suppliers=None):
        """Write it.

        :param dict suppliers: :class:`NewSupplier` -> the id of the one created for it
        :return: the ids of all lines that the file is about
        """
        self.withdrawn.unlink()
        for line, vals, commands in self.to_update:
            vals = {**vals, "source": self.source}
            if commands:
                vals["receipt_ids"] = commands
            line.write(vals)
        self.created_ids = self._create(suppliers or {})
        return [*self.known_ids, *self.created_ids]

    def _create(self, suppliers):
        """Create lines, then their receipts: twice as fast as both in one go."""
        lines = self.env["supplier.history.line"].create(
            [
                {
                    **plan.vals,
                    "company_id": self.env.company.id,
                    "partner_id": suppliers.get(plan.supplier, plan.supplier),
                    "source": self.source,
                }
                for plan, _commands in self.to_create
            ]
        )
        self.env["supplier.history.receipt"].create(
            [
                {**vals, "line_id": line.id}
                for line, (_plan, commands) in zip(lines, self.to_create, strict=True)
                for _code, _id, vals in commands
            ]
        )
        return lines.ids


def _key_of(supplier, vals):
    """What tells an order line from others, however its numbers are spelled."""
    return (supplier, *(reference_key(vals[name]) for name in LINE_KEY))


def _line_of(row):
    """What a row says of which order line it is."""
    names = (reference_key(row.values.get(name) or "") for name in LINE_KEY)
    return (row.supplier, *names)


def _commands(known, changes):
    """The changes of a line's receipts, as commands."""

    def vals(found):
        return {"date": found[0], "quantity": found[1]}

    commands = [Command.delete(known[ref].id) for ref in changes.delete]
    commands += [
        Command.update(known[ref].id, vals(found))
        for ref, found in changes.update.items()
    ]
    commands += [
        Command.update(known[ref].id, {"receipt_ref": name})
        for ref, name in changes.rename.items()
    ]
    commands += [
        Command.create({"receipt_ref": ref, **vals(found)})
        for ref, found in changes.create.items()
    ]
    return commands
