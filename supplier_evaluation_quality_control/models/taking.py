from itertools import chain

from odoo import Command, models
from odoo.exceptions import UserError

#: States in which a quality inspection has a result.
DECIDED = ("success", "failed")
#: States in which it is being done.
UNDER_WAY = ("ready", "waiting")
#: What it may be about that came as a whole.
WHOLE = ("product.product", "stock.move", "stock.picking")


class SupplierInspection(models.Model):
    """What quality tests found, as an inspection says it."""

    _inherit = "supplier.inspection"

    def action_take_quality_result(self):
        """Put what quality tests found in the place of what was entered by hand.

        :raises AccessError: by somebody without rights in quality control
        :raises UserError: no test has a result yet
        """
        self.ensure_one()
        self.env["qc.inspection"].check_access("read")
        self.check_access("write")
        self._check_state("draft", "in_progress")
        own = self.sudo()
        if not own._decided_checks():
            raise UserError(
                self.env._(
                    "No quality test of %(inspection)s has a result yet: there is "
                    "nothing to take over.",
                    inspection=self.display_name,
                )
            )
        self._content_changed()
        own._name_testers(own._decided_checks())
        own._take_quality()

    # ------------------------------------------------------------
    # Taking
    # ------------------------------------------------------------

    def _decided_checks(self):
        return self.qc_inspection_ids.filtered(lambda check: check.state in DECIDED)

    def _take_quality(self):
        """Enter what the tests found that have a result; none: nothing was found.

        Rows of the plan are answered by the question of the same name, and of every
        other question there is a row of its own.
        """
        self.ensure_one()
        own = self._unguarded()
        checks = self._decided_checks()
        checked, bad = self._quality_quantities(checks)
        notes = filter(None, checks.mapped("external_notes"))
        own.write(
            {
                "quantity_inspected": checked,
                "quantity_rejected": bad,
                "description": "\n".join(notes) or self.description,
                "value_ids": self._quality_rows(checks, bad),
            }
        )

    def _name_testers(self, checks):
        """Note who had a hand in the tests; one of them inspects, where nobody does."""
        people = checks._supplier_people()
        vals = {"quality_people_ids": [Command.link(user.id) for user in people]}
        if not self.user_id:
            company = self.company_id
            here = people.filtered(lambda user: company in user.company_ids)
            vals["user_id"] = here[:1].id
        if self.state == "draft":
            vals["state"] = "in_progress"
        self._write_guarded(vals)

    def _quality_quantities(self, checks):
        """Return ``(checked, bad)`` of several tests, in the product's own unit.

        Tests of the same goods look at the same parts: the most counts. Those of
        several lots look at others: their sum counts.
        """
        checked = {"whole": 0.0}
        bad = {"whole": 0.0}
        for check in checks:
            thing = check._supplier_thing()
            whole = not thing or thing._name in WHOLE
            place = "whole" if whole else thing
            of_it, bad_of_it = check._supplier_quantities(self)
            checked[place] = max(checked.get(place, 0.0), of_it)
            bad[place] = max(bad.get(place, 0.0), bad_of_it)
        most = max(checked.pop("whole"), sum(checked.values()))
        most_bad = max(bad.pop("whole"), sum(bad.values()))
        if self.move_id.state == "done" and self._compare(most, self.quantity_lot) > 0:
            most = self.quantity_lot
        return most, min(most, most_bad)

    def _quality_rows(self, checks, bad):
        """Return the commands by which the rows say what the tests found."""
        planned = self.value_ids.filtered("is_planned")
        commands = [
            Command.delete(row.id) for row in self.value_ids if row not in planned
        ]
        # Several rows may have the same name: they are answered one after another.
        open_rows = {}
        for row in planned:
            open_rows.setdefault((row.name.strip().lower(), row.kind), []).append(row)
        for check in checks:
            of_check = min(bad, check._supplier_quantities(self)[1])
            for line in check.inspection_lines:
                vals = line.with_env(self.env)._supplier_row_vals(of_check)
                rows = open_rows.get((vals["name"].strip().lower(), vals["kind"]))
                if rows:
                    row = rows.pop(0)
                    found = ("value", "verdict", "quantity_bad", "note")
                    answer = {name: vals.get(name, False) for name in found}
                    commands.append(Command.update(row.id, answer))
                else:
                    commands.append(Command.create(vals))
        for row in chain.from_iterable(open_rows.values()):
            empty = {"value": False, "verdict": False, "quantity_bad": 0, "note": False}
            commands.append(Command.update(row.id, empty))
        return commands

    def _is_too_bad(self):
        """What failed in quality control is rejected, however many parts were bad."""
        own = self.sudo()
        failed = own.quality_people_ids and "failed" in own._decided_checks().mapped(
            "state"
        )
        return super()._is_too_bad() or bool(failed and self.quantity_rejected)
