"""Compares the lines of a file with those there are, and writes the difference."""

from odoo.fields import Command

from .cells import CellProblem
from .receipts import reconcile


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
        existing, known = self._existing(plans)
        none = self.env["supplier.history.line"]
        for plan in plans:
            key = (plan.supplier, plan.vals["order_ref"], plan.vals["line_ref"])
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
        }

    def _compare(self, plan, line, known):
        if plan.is_joined:
            self._check_joined(plan, line)
        commands = []
        if plan.receipts is not None:
            by_ref = {ref: (found.date, found.quantity) for ref, found in known.items()}
            ordered = line.quantity_ordered if line else plan.vals["quantity_ordered"]
            changes = reconcile(by_ref, plan.receipts, ordered, self.period)
            commands = _commands(known, changes)
        if not line:
            self.outcomes.append(("created", plan, line))
            self.to_create.append((plan, commands))
            return
        self.known_ids.append(line.id)
        vals = self._changed(line, plan.vals)
        if vals or commands:
            self.outcomes.append(("updated", plan, line))
            self.to_update.append((line, vals, commands))
        else:
            self.outcomes.append(("unchanged", plan, line))

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

    def _existing(self, plans):
        """The lines of the same orders, and their receipts by reference."""
        supplier_ids = {p.supplier for p in plans if isinstance(p.supplier, int)}
        lines = self.env["supplier.history.line"].search_fetch(
            [
                ("company_id", "=", self.env.company.id),
                ("commercial_partner_id", "in", list(supplier_ids)),
                ("order_ref", "in", list({plan.vals["order_ref"] for plan in plans})),
            ]
        )
        receipts = {}
        for receipt in self.env["supplier.history.receipt"].search_fetch(
            [("line_id", "in", lines.ids)],
            ["line_id", "receipt_ref", "date", "quantity"],
        ):
            receipts.setdefault(receipt.line_id.id, {})[receipt.receipt_ref] = receipt
        by_key = {
            (line.commercial_partner_id.id, line.order_ref, line.line_ref): line
            for line in lines
        }
        return by_key, receipts

    @staticmethod
    def _changed(line, vals):
        """The values that differ from what the line holds."""
        changed = {}
        for name, value in vals.items():
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
