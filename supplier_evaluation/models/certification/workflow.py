from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from ...tools.groups import APPROVER_GROUP, MANAGER_GROUP
from ...tools.wording import listed
from .status import HELD, IN_FORCE, IN_PROGRESS

# What people may do with a certification: in which states, and who.
#   user      whoever evaluates suppliers
#   reviewer  an approver who neither opened nor ever submitted this certification
#   step      a reviewer named in the step that is waited for, who decided in no other
#   sender    as step, or a manager who did neither: to free what is stuck
#   manager   a manager of supplier evaluations
#   granter   a manager who neither opened nor ever submitted this certification
ACTIONS = {
    "submit": (("draft",), "user"),
    "withdraw": (("submitted",), "user"),
    "start_review": (("submitted",), "reviewer"),
    "finish_review": (("review",), "reviewer"),
    "send_back_review": (("review",), "reviewer"),
    "reject_review": (("review",), "reviewer"),
    "approve": (("approval",), "step"),
    "send_back_approval": (("approval",), "sender"),
    "reject_approval": (("approval",), "step"),
    "meet_conditions": (("conditional",), "granter"),
    "suspend": (IN_FORCE, "manager"),
    "reinstate": (("suspended",), "granter"),
    "revoke": (HELD, "manager"),
    "renew": ((*HELD, "expired"), "user"),
}
ACTIVITY = "supplier_evaluation.mail_activity_type_certification"


class SupplierCertification(models.Model):
    """How a certification moves from state to state, and who may move it.

    Every check is made here, on the server, for the person who asks: also with
    ``sudo`` nobody approves what they opened or submitted, or decides in two steps.
    """

    _inherit = "supplier.certification"

    is_own_submission = fields.Boolean(compute="_compute_can_decide")
    can_decide = fields.Boolean(
        compute="_compute_can_decide", help="Whether it waits for a decision of yours."
    )
    can_send_back = fields.Boolean(compute="_compute_can_decide")

    @api.depends("state", "step_id", "transition_ids", "approval_ids")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for certification in self:
            certification.is_own_submission = self.env.user in certification._involved()
            certification.can_decide = (
                certification.state == "approval"
                and not certification._role_problem("step")
            )
            states, role = ACTIONS[f"send_back_{certification._phase()}"]
            certification.can_send_back = (
                certification.state in states and not certification._role_problem(role)
            )

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def _check_action(self, action):
        """Refuse an action that does not fit the state or the person.

        :raises UserError: the state is another one
        :raises AccessError: this person may not
        """
        self.check_access("write")
        states, role = ACTIONS[action]
        for certification in self:
            certification._check_state(*states)
            problem = certification._role_problem(role)
            if problem:
                raise AccessError(problem)

    def _role_problem(self, role):
        """Return why the user does not have a role here, or False."""
        self.ensure_one()
        user = self.env.user
        is_manager = user.has_group(MANAGER_GROUP)
        if role in ("manager", "granter") and not is_manager:
            return self.env._(
                "Only a manager of supplier evaluations does this with "
                "%(certification)s: ask one of them.",
                certification=self.display_name,
            )
        if role in ("manager", "user"):
            return False
        if not user.has_group(APPROVER_GROUP):
            return self.env._(
                "Only an approver decides on %(certification)s: ask one of them.",
                certification=self.display_name,
            )
        if problem := self._segregation_problem():
            return problem
        if role == "step" or (role == "sender" and not is_manager):
            return self._step_problem()
        return False

    def _step_problem(self):
        step = self.sudo().step_id
        people = step._people(self.company_id)
        if self.env.user not in people:
            return self.env._(
                "The step “%(step)s” of %(certification)s does not name you. It waits "
                "for: %(people)s.",
                step=step.name,
                certification=self.display_name,
                people=listed(self.env, people.mapped("name")),
            )
        if self.env.user in self._approvals().user_id:
            return self.env._(
                "You already decided on %(certification)s in this round: one person "
                "does not decide twice.",
                certification=self.display_name,
            )
        return False

    def _involved(self):
        """Return who opened this certification, and everybody who ever submitted it.

        A colleague's click on what somebody prepared makes nobody a stranger to it.
        """
        own = self.sudo()
        submitted = own.transition_ids.filtered(lambda row: row.state_to == "submitted")
        return super()._involved() | own.create_uid | submitted.user_id

    def _segregation_text(self):
        return self.env._(
            "You opened or submitted %(certification)s: somebody else decides on it.",
            certification=self.display_name,
        )

    def _approvals(self):
        """Return the approvals of this round."""
        return self.sudo().approval_ids.filtered(
            lambda row: row.round == self.round and row.step_id
        )

    # ------------------------------------------------------------
    # Up to the decision
    # ------------------------------------------------------------

    def action_submit(self):
        """Hand the certifications in.

        :raises UserError: something is missing; the message lists it
        """
        self._check_action("submit")
        self._check_complete("submit")
        sequences = self.env["ir.sequence"]
        for certification in self:
            number = certification.name or sequences._next_supplier_number(
                self._name, certification.company_id
            )
            certification._transition(
                "submitted",
                vals={
                    "name": number,
                    "submitted_uid": self.env.uid,
                    "date_submitted": fields.Datetime.now(),
                    "round": certification.round + 1,
                    "conditions": False,
                    "date_conditions": False,
                    "reason": False,
                },
            )

    def action_withdraw(self):
        """Take back what nobody looked at yet."""
        self._check_action("withdraw")
        self._transition("draft")

    def action_start_review(self):
        """Take the certifications up to look at what was handed in."""
        self._check_action("start_review")
        self._transition("review")

    def action_finish_review(self):
        """Pass the certifications on to the first approval step.

        :raises UserError: a document is not verified, or the audit is not passed
        """
        self._check_action("finish_review")
        self._check_complete("review")
        for certification in self:
            certification._transition("approval")
            certification._wait_for_next_step()

    def _approve(self, comment=False, conditions=False, date_conditions=False):
        """Approve in the step that is waited for.

        :param str conditions: what the supplier still has to do, if anything
        :param date date_conditions: until when; needed with conditions
        """
        self.ensure_one()
        self._check_action("approve")
        vals = {"date_decided": fields.Datetime.now()}
        if conditions:
            vals |= self._condition_vals(conditions, date_conditions)
        self._note_decision("conditional" if conditions else "approved", comment)
        self._tell_approval(comment)
        # Write in any case, so that of two who approve at once one starts again.
        self._write_guarded(vals)
        self._wait_for_next_step()

    def _send_back(self, comment):
        """Give it back to whoever submitted it, with what has to be mended."""
        self.ensure_one()
        self._check_action(f"send_back_{self._phase()}")
        self._need_reason(comment)
        self._note_decision("sent_back", comment)
        self._give_back(comment)

    def _give_back(self, reason, is_stopped=False):
        """Make it a draft again, and give whoever submitted it something to do.

        :param str reason: why
        :param bool is_stopped: what it renews is not in force any more
        """
        asked = {self: (self.submitted_uid, self.user_id)}
        self._transition("draft", reason)
        [person] = self.company_id._supplier_listeners(asked).values()
        if person:
            # It is read by that person, and not by who gave it back.
            own = self.with_context(lang=person.lang or self.env.lang)
            own.activity_schedule(
                ACTIVITY,
                user_id=person.id,
                summary=own.env._("Sent back: what it renews is not in force")
                if is_stopped
                else own.env._("Sent back"),
                note=plaintext2html(reason),
            )

    def _reject(self, reason):
        """Refuse the supplier for the waiting time of the programme."""
        self.ensure_one()
        self._check_action(f"reject_{self._phase()}")
        self._need_reason(reason)
        self._note_decision("rejected", reason)
        today = self._today(self.company_id)[self.company_id]
        wait = timedelta(days=self.program_id.waiting_days)
        self._transition("rejected", reason, {"date_retry": today + wait})

    def _phase(self):
        return "approval" if self.state == "approval" else "review"

    def _need_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: it is kept with the decision."))

    def _note_decision(self, decision, comment):
        self.env["supplier.certification.approval"]._append(
            [
                {
                    "certification_id": self.id,
                    "company_id": self.company_id.id,
                    "step_id": self.step_id.id,
                    "round": self.round,
                    "decision": decision,
                    "comment": comment,
                }
            ]
        )

    def _wait_for_next_step(self):
        """Ask the people of the first step that is not satisfied, or certify.

        :raises UserError: the programme has no step any more
        """
        self.ensure_one()
        step = self.program_id.sudo()._next_step(self)
        if not step:
            self._certify()
            return
        if step != self.step_id:
            self.sudo().activity_unlink([ACTIVITY])
            self._write_guarded({"step_id": step.id})
        self._ask_deciders()

    # ------------------------------------------------------------
    # After it was granted
    # ------------------------------------------------------------

    def action_meet_conditions(self):
        """Certify in full: the conditions are met.

        :raises UserError: a required document is not valid, or the certification ended
        """
        self._check_action("meet_conditions")
        self._check_complete("meet_conditions")
        self._check_not_ended()
        for certification in self:
            certification._transition(
                "certified",
                self.env._("The conditions are met."),
                {
                    "date_to": certification._last_day(certification.date_from),
                    "conditions": False,
                    "date_conditions": False,
                },
            )

    def _suspend(self, reason):
        """Suspend it, and what renews it."""
        self._check_action("suspend")
        self._need_reason(reason)
        renewals = self._stop_renewals(reason)
        granted = renewals.filtered(lambda one: one.state in IN_FORCE)
        (self | granted)._transition("suspended", reason)

    def _reinstate(self, reason):
        """Put it in force again, as it was before, and what was to renew it.

        :raises UserError: a required document is still not valid, or it ended
        """
        self._check_action("reinstate")
        self._need_reason(reason)
        self._check_complete("reinstate")
        self._check_not_ended()
        for certification in self | self._renewals_suspended_with_it():
            state = "conditional" if certification.conditions else "certified"
            certification._transition(state, reason)

    def _revoke(self, reason):
        """Revoke it, and what renews it, for good."""
        self._check_action("revoke")
        self._need_reason(reason)
        renewals = self._stop_renewals(reason)
        granted = renewals.filtered(lambda one: one.state in HELD)
        (self | granted)._transition("revoked", reason)

    def action_renew(self):
        """Open the renewal of this certification, or the one that is there."""
        self.ensure_one()
        self._check_action("renew")
        renewal = self.renewal_ids.filtered(
            lambda one: one.state in ("draft", *IN_PROGRESS)
        )[:1]
        return (renewal or self._open_renewals()).get_formview_action()

    # ------------------------------------------------------------
    # The move itself
    # ------------------------------------------------------------

    def _transition(self, state, reason=False, vals=None):
        """Move the certifications to a state, and write down who, when and why.

        It checks nothing: what calls it has. The number of statements does not grow
        with the certifications.
        """
        if not self:
            return
        before = [certification.state for certification in self]
        vals = {"state": state, "step_id": False, **(vals or {})}
        if reason:
            vals["reason"] = reason
        waiting = self.filtered("waiting_user_ids")
        if waiting:
            waiting._write_guarded({"waiting_user_ids": [Command.clear()]})
        if self.filtered("activity_ids"):
            self.sudo().activity_unlink([ACTIVITY])
        self._write_guarded(vals)
        self.env["supplier.certification.transition"]._append(
            [
                {
                    "certification_id": certification.id,
                    "company_id": certification.company_id.id,
                    "state_from": state_before,
                    "state_to": state,
                    "reason": reason,
                    "date_from": certification.date_from,
                    "date_to": certification.date_to,
                }
                for certification, state_before in zip(self, before, strict=True)
            ]
        )
        self._refresh_vendors()
        self._tell_followers(state, reason)
