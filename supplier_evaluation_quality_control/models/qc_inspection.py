from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.supplier_evaluation.models.inspection.receiving import is_coming
from odoo.addons.supplier_evaluation.tools.groups import USER_GROUP
from odoo.addons.supplier_evaluation.tools.numbers import number
from odoo.addons.supplier_evaluation.tools.wording import label_of

from .taking import DECIDED, UNDER_WAY

#: What a quality inspection says that is taken, besides its result.
FOUND = frozenset(
    {"qty", "supplier_quantity_bad", "external_notes", "inspection_lines"}
)
#: What an answered question says.
ANSWER = (
    "question_type",
    "quantitative_value",
    "qualitative_value",
    "min_value",
    "max_value",
    "uom_id",
    "test_uom_id",
    "success",
)


class _Noticed(frozenset):
    """The ids of those whose changes are noticed already, further out.

    An object cannot travel over RPC: no client says that somebody looks already.
    """


class QcInspection(models.Model):
    """A quality inspection about what a supplier delivered."""

    _inherit = "qc.inspection"

    supplier_quantity_bad = fields.Float(
        string="Found Bad",
        digits="Product Unit",
        copy=False,
        help="How many of what was checked are bad, if it fails. 0: all of it. It "
        "counts in supplier evaluation.",
    )
    supplier_inspection_count = fields.Integer(
        string="Number of Supplier Inspections",
        compute="_compute_supplier_inspection_count",
        groups=USER_GROUP,
    )

    _supplier_quantity_bad_not_negative = models.Constraint(
        "CHECK (supplier_quantity_bad >= 0)",
        "Enter what was found bad as a positive number.",
    )

    def _compute_supplier_inspection_count(self):
        counts = dict(
            self.env["supplier.inspection"]._read_group(
                [("qc_inspection_ids", "in", self.ids)],
                ["qc_inspection_ids"],
                ["__count"],
            )
        )
        for check in self:
            check.supplier_inspection_count = counts.get(check, 0)

    def object_selection_values(self):
        """Offer what came, whatever else add-ons of others offer."""
        offered = super().object_selection_values()
        transfer = self.env._("Transfer")
        move = self.env._("Stock Move")
        lot = self.env._("Lot/Serial Number")
        ours = {"stock.picking": transfer, "stock.move": move, "stock.lot": lot}
        known = dict(offered)
        return offered + [each for each in ours.items() if each[0] not in known]

    @api.depends("object_id")
    def _compute_product_id(self):
        result = super()._compute_product_id()
        for check in self:
            thing = check.object_id
            if thing and thing._name in ("stock.move", "stock.lot"):
                check.product_id = thing.sudo().product_id
        return result

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        """Tell supplier evaluation of each result, and when it is no more one."""
        if FOUND & vals.keys():
            # Its lines are written inside: only all of it together is what was found.
            with self._supplier_noticing() as noticed:
                return self._supplier_write(vals, super(QcInspection, noticed).write)
        return self._supplier_write(vals, super().write)

    def _supplier_write(self, vals, write):
        if "state" not in vals:
            return write(vals)
        before = {check: check.state for check in self}
        result = write(vals)
        inspections = self.env["supplier.inspection"].sudo()
        for check, state in before.items():
            own = check.sudo()
            if own.state in DECIDED and own.state != state:
                inspections._quality_decided(own)
            elif state in DECIDED and own.state not in DECIDED:
                inspections._quality_undone(own)
            elif state in UNDER_WAY and own.state not in UNDER_WAY + DECIDED:
                inspections._quality_left(own)
        return result

    @contextmanager
    def _supplier_noticing(self):
        """Notice what is changed of those that are decided, and stay so.

        It gives them as to be written: what happens inside is not noticed by itself.
        """
        known = self.env.context.get("supplier_quality_noticed")
        outside = known if isinstance(known, _Noticed) else _Noticed()
        before = {
            check: (check.state, check._supplier_found())
            for check in self.sudo()
            if check.id not in outside and check.state in DECIDED
        }
        noticed = _Noticed(outside.union(self.ids))
        yield self.with_context(supplier_quality_noticed=noticed)
        inspections = self.env["supplier.inspection"].sudo()
        for check, known in before.items():
            is_same = known == (check.state, check._supplier_found())
            if not is_same and check.state == known[0]:
                inspections._quality_changed(check)

    def _supplier_found(self):
        """Return what supplier evaluation takes of it, to be compared."""
        self.ensure_one()
        lines = self.inspection_lines.sorted("id")
        names = ("id", "name", *ANSWER)
        answers = [tuple(line[name] for name in names) for line in lines]
        return [self.qty, self.supplier_quantity_bad, self.external_notes, *answers]

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_supplier_evidence(self):
        inspections = self.env["supplier.inspection"].sudo()
        used = inspections.with_context(active_test=False).search(
            [
                ("qc_inspection_ids", "in", self.ids),
                ("quality_people_ids", "!=", False),
            ],
            limit=1,
        )
        if used:
            raise UserError(
                self.env._(
                    "It is not deleted: the inspection %(inspection)s of supplier "
                    "evaluation has its result. Cancel it instead.",
                    inspection=used.display_name,
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_supplier_inspections(self):
        """Open what supplier evaluation says of it."""
        self.ensure_one()
        found = self.env["supplier.inspection"].search(
            [("qc_inspection_ids", "in", self.ids)]
        )
        return found._action_list(self.env._("Supplier Inspections"))

    # ------------------------------------------------------------
    # What supplier evaluation asks
    # ------------------------------------------------------------

    def _supplier_moves(self):
        """Return the moves by which the goods come that it is about, from suppliers.

        A lot that came in several receipts is of none of them: what is inspected is
        said by choosing the move.
        """
        self.ensure_one()
        thing = self._supplier_thing()
        moves = self.env["stock.move"]
        if thing and thing._name == "stock.move":
            moves = thing
        elif thing and thing._name == "stock.picking":
            moves = thing.move_ids
        elif thing and thing._name == "stock.lot":
            lines = self.env["stock.move.line"].search(
                [
                    ("lot_id", "=", thing.id),
                    ("location_id.usage", "=", "supplier"),
                    ("state", "=", "done"),
                ]
            )
            moves = lines.move_id
            if len(moves) > 1:
                self._message_log(
                    body=self.env._(
                        "%(lot)s came in several receipts: supplier evaluation takes "
                        "nothing of it. Choose the stock move that was inspected.",
                        lot=thing.display_name,
                    )
                )
                return moves.browse()
        return self._supplier_allowed(moves.filtered(is_coming))

    def _supplier_allowed(self, moves):
        """Return the moves of the company of the inspection, if the user acts there."""
        user = self.env.user
        return moves.filtered(
            lambda move: (
                self.company_id in (move.company_id, self.company_id.browse())
                and (user._is_superuser() or move.company_id in user.company_ids)
            )
        )

    def _supplier_problem(self, inspection):
        """Return why its result is not one of an inspection of ours, or False."""
        company = inspection.company_id
        if self.company_id not in (company, self.company_id.browse()):
            return self.env._(
                "The result is not taken into %(inspection)s, which is of another "
                "company.",
                inspection=inspection.display_name,
            )
        if self.product_id and self.product_id != inspection.product_id:
            return self.env._(
                "The result is not taken into %(inspection)s, which is about "
                "another product.",
                inspection=inspection.display_name,
            )
        return False

    def _supplier_quantities(self, inspection):
        """Return ``(checked, bad)`` of the goods of an inspection, in their own unit.

        It judges all that it looks at. Which goods of a receipt with several are bad,
        it does not say: then none are, and the inspection waits for who does.
        """
        thing = self._supplier_thing()
        move = inspection.move_id
        several = False
        checked = self.qty
        bad = self.supplier_quantity_bad
        if thing and thing._name == "stock.picking":
            checked = inspection.quantity_lot
            several = len(thing.move_ids.filtered(is_coming)) > 1
        elif thing and thing._name == "stock.move":
            unit = inspection.product_id.uom_id
            checked, bad = (
                move.product_uom._compute_quantity(quantity, unit, round=False)
                for quantity in (checked, bad)
            )
        checked = max(checked, 0.0)
        if self.state != "failed" or several:
            return checked, 0.0
        return checked, min(bad or checked, checked)

    def _supplier_people(self):
        """Return those who answered its questions, and who decides now."""
        return self.user | self.inspection_lines.write_uid | self.env.user

    def _supplier_thing(self):
        """Return what it is about; nothing, where that is gone."""
        thing = self.object_id
        return thing and thing.exists()

    def _supplier_state(self):
        return label_of(self, "state")


class QcInspectionLine(models.Model):
    _inherit = "qc.inspection.line"

    @api.model_create_multi
    def create(self, vals_list):
        """A question that is added to what is decided changes what was found."""
        ids = {vals.get("inspection_id") for vals in vals_list} - {None, False}
        with self.env["qc.inspection"].browse(ids)._supplier_noticing():
            return super().create(vals_list)

    def write(self, vals):
        """An answer that is changed after the decision is told, too."""
        checks = self.inspection_id | self.inspection_id.browse(
            vals.get("inspection_id") or []
        )
        with checks._supplier_noticing():
            return super().write(vals)

    def unlink(self):
        """So is one that is taken away."""
        with self.inspection_id._supplier_noticing():
            return super().unlink()

    def _supplier_row_vals(self, bad):
        """Return what a row of an inspection of ours says of an answered question.

        :param float bad: how many are bad where the answer is
        """
        self.ensure_one()
        vals = {
            "name": self.name or self.test_line.name or self.inspection_id.name,
            "quantity_bad": 0 if self.success else bad,
        }
        unit = self.uom_id or self.test_uom_id
        if self.question_type == "quantitative" and unit == self.test_uom_id:
            return {
                **vals,
                "kind": "measure",
                "value": self.quantitative_value,
                "limit_min": self.min_value,
                "limit_max": self.max_value,
                "unit": unit.name,
            }
        note = self.qualitative_value.name
        if self.question_type == "quantitative":
            decimals = f"{self.quantitative_value:.5f}".rstrip("0").partition(".")[2]
            amount = number(self.env, self.quantitative_value, len(decimals))
            note = f"{amount} {unit.name}"
        return {
            **vals,
            "kind": "look",
            "verdict": "good" if self.success else "bad",
            "note": note,
        }
