from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare, plaintext2html

from ...tools.actions import open_form, open_records
from ...tools.groups import APPROVER_GROUP
from ...tools.numbers import exact
from ...tools.wording import listed

#: What a correction is of, as what it corrects.
FROM_RECEIPT = ("plan_id", "picking_id", "move_id")
OF_LOT = ("quantity_lot", "quantity_sample", "accept_number")


class SupplierInspection(models.Model):
    """How an inspection goes on, and who decides on what it rejects."""

    _inherit = "supplier.inspection"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_start(self):
        """Begin to check; who begins is the inspector where nobody is."""
        self.check_access("write")
        self._check_state("draft")
        for one in self:
            inspector = one.user_id or self.env.user
            one._write_guarded({"state": "in_progress", "user_id": inspector.id})

    def action_finish(self):
        """Close what was checked: its figures say whether it is accepted.

        :raises UserError: the goods have not come, or something is not entered
        """
        self.check_access("write")
        self._check_state("draft", "in_progress")
        self._content_changed()
        for one in self:
            if problem := one._missing():
                raise UserError(
                    self.env._(
                        "%(inspection)s cannot be finished: %(problem)s",
                        inspection=one.display_name,
                        problem=problem,
                    )
                )
            one._write_guarded(
                {
                    "state": "done",
                    "result": "rejected" if one._is_too_bad() else "accepted",
                    "user_id": (one.user_id or self.env.user).id,
                    "date_done": one.previous_id.date_done or fields.Datetime.now(),
                }
            )

    def action_accept(self, reason=None):
        """Accept with conditions what was rejected.

        :raises AccessError: by no approver, or by who checked it
        :raises UserError: no reason is given
        """
        self.check_access("read")
        self._check_state("done")
        self._check_approver()
        self._check_segregation()
        for one in self:
            if one.result != "rejected" or one.source or one.next_ids:
                raise UserError(
                    self.env._(
                        "%(inspection)s was not rejected here, or is corrected: there "
                        "is nothing to accept.",
                        inspection=one.display_name,
                    )
                )
            why = one._read_reason(reason)
            one.sudo()._write_guarded(
                {
                    "result": "conditional",
                    "deviation_reason": why,
                    "decider_id": self.env.uid,
                    "reason": False,
                }
            )

    def action_correct(self, reason=None):
        """Open an inspection that counts in the place of this one once it is done.

        :raises AccessError: the user is no approver
        :raises UserError: it is no own one, or no reason is given
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("done")
        self._check_approver()
        if self.source:
            raise UserError(
                self.env._(
                    "%(inspection)s is of another system: correct it there.",
                    inspection=self.display_name,
                )
            )
        correction = self.next_ids or self._correct(self._read_reason(reason))
        return open_form(self._name, self.env._("Correction"), record=correction)

    def action_open_previous(self):
        """Open what is corrected."""
        self.ensure_one()
        return open_form(
            self._name, self.env._("Version Before"), record=self.previous_id
        )

    def action_report_incident(self):
        """Open a new incident with what was found bad."""
        self.ensure_one()
        own = self.sudo()
        return self.env["supplier.incident"]._action_report(
            title=self.env._(
                "%(quantity)s found bad in inspection %(inspection)s",
                quantity=exact(self.env, self.quantity_rejected),
                inspection=self.display_name,
            ),
            incident_type="quality",
            inspection_id=self.id,
            company_id=self.company_id.id,
            partner_id=self.partner_id.id,
            order_id=own.move_id.purchase_line_id.order_id.id,
            purchase_line_id=own.move_id.purchase_line_id.id,
            picking_id=self.picking_id.id,
            product_id=self.product_id.id,
            quantity=self.quantity_rejected,
            description=plaintext2html(self.description or ""),
        )

    def action_open_incidents(self):
        """Open the incidents that were reported of it."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_list(
            [("inspection_id", "=", self.id)]
        )

    def _action_list(self, name=None):
        """Open these inspections; one of them by itself."""
        if len(self) == 1:
            return open_form(self._name, name or self.display_name, record=self)
        return open_records(
            self.env,
            "supplier_evaluation.supplier_inspection_action",
            [("id", "in", self.ids)],
            name=name,
        )

    # ------------------------------------------------------------
    # Who may, and when
    # ------------------------------------------------------------

    def _check_approver(self):
        user = self.env.user
        for one in self:
            company = one.sudo().company_id
            if user.has_group(APPROVER_GROUP) and company in user.company_ids:
                continue
            raise AccessError(
                self.env._(
                    "Only approvers and managers of supplier evaluations in "
                    "%(company)s do this with %(inspection)s: ask one of them.",
                    company=company.name,
                    inspection=one.display_name,
                )
            )

    def _involved(self):
        """Return who checked it, or entered what was found."""
        own = self.sudo()
        return super()._involved() | own.user_id | own.editor_ids

    def _segregation_text(self):
        return self.env._(
            "You checked %(inspection)s, or entered what was found: somebody else "
            "accepts what was rejected.",
            inspection=self.display_name,
        )

    def _missing(self):
        """Return what is not entered yet, in words, or False."""
        if self.sudo().move_id.state != "done":
            return self.env._(
                "the goods are not received yet. Validate the receipt first."
            )
        if not self.company_id._supplier_has_begun(self.date):
            return self.env._("its day is in the future. Correct it.")
        if not self.quantity_inspected:
            return self.env._("enter how much was inspected.")
        if self._compare(self.quantity_inspected, self.quantity_sample) < 0:
            return self.env._(
                "the plan asks to inspect %(sample)s, and %(inspected)s are entered.",
                sample=exact(self.env, self.quantity_sample),
                inspected=exact(self.env, self.quantity_inspected),
            )
        if self._compare(self.quantity_inspected, self.quantity_lot) > 0:
            return self.env._(
                "more is inspected than came. Correct what was inspected."
            )
        return self._missing_of_values()

    def _missing_of_values(self):
        open_rows = self.value_ids.filtered(lambda row: not row.is_answered)
        if open_rows:
            return self.env._(
                "enter what was found of %(names)s.",
                names=listed(self.env, open_rows.mapped("name")),
            )
        bad = self.value_ids.filtered("is_bad")
        most = max(bad.mapped("quantity_bad"), default=0)
        if bad and not self.quantity_rejected:
            return self.env._(
                "%(names)s is outside its limits. Enter how much was found bad.",
                names=listed(self.env, bad.mapped("name")),
            )
        if self._compare(most, self.quantity_rejected) > 0:
            return self.env._(
                "of one characteristic, %(most)s are bad, and %(rejected)s in all. "
                "Correct one of them.",
                most=exact(self.env, most),
                rejected=exact(self.env, self.quantity_rejected),
            )
        return False

    def _is_too_bad(self):
        return self._compare(self.quantity_rejected, self.accept_number) > 0

    def _compare(self, one, other):
        rounding = self.uom_id.rounding or 0.01
        return float_compare(one, other, precision_rounding=rounding)

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def _correct(self, reason):
        """Make the next version, with what was found until now."""
        rows = [Command.create(row.copy_data()[0]) for row in self.value_ids]
        correction = (
            self.sudo()
            ._unguarded()
            .copy(
                {
                    **{name: self[name].id for name in FROM_RECEIPT},
                    **{name: self[name] for name in OF_LOT},
                    "previous_id": self.id,
                    "version": self.version + 1,
                    "user_id": self.env.uid,
                    "state": "in_progress",
                    "value_ids": rows,
                }
            )
        )
        self._message_log(body=self.env._("Is corrected. %(reason)s", reason=reason))
        self.sudo()._write_guarded({"reason": False})
        correction = correction.with_env(self.env)
        correction._message_log(
            body=self.env._(
                "Corrects %(inspection)s. %(reason)s",
                inspection=self.display_name,
                reason=reason,
            )
        )
        return correction
