from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import open_dialog
from ...tools.groups import MANAGER_GROUP
from ...tools.wording import listed
from .supplier_corrective_action import CLOSED

AFTER = ("after_line_id", "after_value", "after_low", "after_high")
OUTCOMES = {"effective", "not_proven", "reopened"}

# Found wrong, the cause is looked for again, and all that was built on it.
ANEW = ("d4", "d5", "d6", "d7", "d8")


class SupplierCorrectiveAction(models.Model):
    """How an action moves on: implemented, judged, reopened or cancelled."""

    _inherit = "supplier.corrective.action"

    date_implemented = fields.Datetime(
        string="Implemented", readonly=True, copy=False, help="When D6 was accepted."
    )
    reopen_count = fields.Integer(
        string="Times Reopened", readonly=True, copy=False, aggregator=None
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_implemented", "reopen_count"}

    def _implemented(self):
        """What was chosen is done: from now on it is to show an effect."""
        self._write_guarded(
            {"state": "verifying", "date_implemented": fields.Datetime.now()}
        )

    def _all_accepted(self):
        """All steps are accepted: whether it helped is seen, or is seen later."""
        self._message_log(body=self.env._("All steps are accepted."))
        self._verify()

    def _judge(self, outcome, reason):
        """Say by hand whether it helped, where no figure can.

        :param str outcome: ``effective``, ``not_proven`` or ``reopened``
        :raises UserError: it is not implemented, or there is no reason or no answer
        :raises AccessError: a figure tells it, and the user is no manager
        """
        self.ensure_one()
        self.check_access("write")
        self._need_reason(reason)
        if self.state != "verifying":
            raise UserError(
                self.env._(
                    "Whether it helped is seen after D6: accept that first. %s",
                    self.name,
                )
            )
        if outcome not in OUTCOMES:
            raise UserError(self.env._("Say whether it helped."))
        if not self.is_judged_by_hand and not self._is_manager():
            raise AccessError(
                self.env._(
                    "Whether %s helped is seen by its KPI. A manager may judge before.",
                    self.name,
                )
            )
        if outcome == "effective":
            self._check_steps_accepted()
        self._conclude(outcome, reason.strip())

    def _check_steps_accepted(self):
        """Refuse to call effective what is not done to its end, prevention included.

        :raises UserError: naming the steps
        """
        if todo := self._steps_to_accept():
            raise UserError(
                self.env._(
                    "%(action)s is effective when all its steps are accepted, too: "
                    "accept %(steps)s first.",
                    action=self.name,
                    steps=listed(self.env, todo.mapped("display_name")),
                )
            )

    def _cancel(self, reason):
        """Cancel what was none; managers only.

        :raises AccessError: the user is no manager
        """
        self.check_access("write")
        self._need_reason(reason)
        self._check_manager()
        for action in self:
            if action.state in CLOSED:
                raise UserError(self.env._("%s is closed already.", action.name))
        self._close("cancelled", reason.strip())

    def _reopen(self, reason):
        """Look for the cause again; managers only.

        :raises AccessError: the user is no manager
        """
        self.check_access("write")
        self._need_reason(reason)
        self._check_manager()
        for action in self:
            action._start_anew(reason.strip())

    def _is_manager(self):
        # Also with full rights: they are not those of whoever asks.
        return self.env.user.has_group(MANAGER_GROUP)

    def _check_manager(self):
        if not self._is_manager():
            raise AccessError(
                self.env._(
                    "Only a manager of supplier evaluations cancels or reopens a "
                    "corrective action: ask one of them."
                )
            )

    def _need_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: it is kept with the decision."))

    def _conclude(self, outcome, reason, is_known=True):
        """Close it, or start anew; a failed one asks whether to go on with them.

        :param is_known: whether there was something to judge by. No data is no
            failure: nobody is suspended for that.
        """
        self.ensure_one()
        if outcome == "reopened":
            self._start_anew(reason)
        else:
            self._close(outcome, reason)
        if outcome != "effective" and is_known:
            self._failed(reason)

    def _close(self, state, reason):
        self._write_guarded({"state": state, "date_closed": fields.Datetime.now()})
        self._note_decision(state, reason)
        self._remind_owners()

    def _start_anew(self, reason):
        now = fields.Datetime.now()
        self._write_guarded(
            {
                "state": "open",
                "date_closed": False,
                "date_implemented": False,
                "reopen_count": self.reopen_count + 1,
                # What it was after the first try stays with the decision.
                **dict.fromkeys(AFTER, False),
            }
        )
        for step in self.step_ids.filtered(lambda one: one.code in ANEW):
            due = step._proposed_due(step.code, now)
            step.sudo()._write_guarded({"state": "open", "date_due": due})
        self._note_decision("reopened", reason)
        self._remind_owners()

    def _note_decision(self, decision, reason):
        self.env["supplier.corrective.decision"]._append(
            [
                {
                    "action_id": action.id,
                    "company_id": action.company_id.id,
                    "decision": decision,
                    "reason": reason,
                }
                for action in self
            ]
        )

    def _failed(self, reason):
        """Propose to suspend the certification, and name who else could deliver."""
        self.ensure_one()
        others = self._other_sources().partner_id
        text = self.env._(
            "Corrective action %(number)s failed: %(reason)s",
            number=self.name,
            reason=reason,
        )
        if others:
            names = listed(self.env, sorted(set(others.sudo().mapped("name"))))
            text += " · " + self.env._("Other approved sources: %s.", names)
        self.env["supplier.certification"].sudo()._propose_suspension(
            self.partner_id, self.company_id, text
        )
        self._message_log(body=text)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_answer(self):
        """Ask for the supplier's answer to a step."""
        return self._ask("answer", self.env._("Answer of the Supplier"))

    def action_accept(self):
        """Ask whether the answer to a step is accepted."""
        return self._ask("accept", self.env._("Accept"))

    def action_reject(self):
        """Ask why the answer to a step is rejected."""
        return self._ask("reject", self.env._("Reject"))

    def action_judge(self):
        """Ask whether it helped."""
        return self._ask("judge", self.env._("Did It Help?"))

    def action_cancel(self):
        """Ask why it is cancelled."""
        return self._ask("cancel", self.env._("Cancel"))

    def action_reopen(self):
        """Ask why it is reopened."""
        return self._ask("reopen", self.env._("Reopen"))

    def _ask(self, deed, name):
        self.ensure_one()
        defaults = {"action_id": self.id, "deed": deed, "step_id": self.step_id.id}
        return open_dialog("supplier.corrective.wizard", name, defaults)
