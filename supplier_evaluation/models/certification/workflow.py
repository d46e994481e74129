from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.groups import APPROVER_GROUP, MANAGER_GROUP
from .supplier_certification import IN_FORCE

# Every way from one state to another that people may take: from where, and who.
#   user      whoever evaluates suppliers
#   reviewer  an approver who never submitted this certification
#   step      a reviewer named in the step that is waited for, who decided in no other
#   sender    as step, or a manager who never submitted it: to free what is stuck
#   manager   a manager of supplier evaluations
#   granter   a manager who never submitted this certification
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
    "revoke": ((*IN_FORCE, "suspended"), "manager"),
    "renew": ((*IN_FORCE, "suspended", "expired"), "user"),
}
ACTIVITY = "supplier_evaluation.mail_activity_type_certification"


class SupplierCertification(models.Model):
    """How a certification moves from state to state, and who may move it.

    Every check is made here, on the server, for the person who asks: also with
    ``sudo`` nobody approves what they submitted or decides in two steps.
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
            certification.is_own_submission = (
                self.env.user in certification._submitters()
            )
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
            if certification.state not in states:
                raise UserError(
                    self.env._(
                        "This cannot be done with %(certification)s, which is in the "
                        "state “%(state)s”. Reload the page to see what can be done.",
                        certification=certification.display_name,
                        state=certification._state_label(),
                    )
                )
            problem = certification._role_problem(role)
            if problem:
                raise AccessError(problem)

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

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
        if user in self._submitters():
            return self.env._(
                "You submitted %(certification)s: somebody else decides on it.",
                certification=self.display_name,
            )
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
                people=", ".join(people.mapped("name")),
            )
        if self.env.user in self._approvals().user_id:
            return self.env._(
                "You already decided on %(certification)s in this round: one person "
                "does not decide twice.",
                certification=self.display_name,
            )
        return False

    def _submitters(self):
        """Return everybody who ever submitted this certification."""
        history = self.sudo().transition_ids
        return history.filtered(lambda row: row.state_to == "submitted").user_id

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
        sequence = self.env["ir.sequence"]
        for certification in self:
            number = certification.name or sequence.with_company(
                certification.company_id
            ).next_by_code("supplier.certification")
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
        # It is written in any case: of two who approve at once, one starts again.
        self._write_guarded(vals)
        self._wait_for_next_step()

    def _condition_vals(self, conditions, date_conditions):
        today = self._today(self.company_id)[self.company_id]
        if not date_conditions or date_conditions <= today:
            raise UserError(
                self.env._(
                    "Conditions need a day in the future until which to meet them."
                )
            )
        days = [day for day in (self.date_conditions, date_conditions) if day]
        texts = [text for text in (self.conditions, conditions.strip()) if text]
        return {"conditions": "\n".join(texts), "date_conditions": min(days)}

    def _send_back(self, comment):
        """Give it back to whoever submitted it, with what has to be mended."""
        self.ensure_one()
        self._check_action(f"send_back_{self._phase()}")
        self._need_reason(comment)
        self._note_decision("sent_back", comment)
        submitter = self.submitted_uid
        self._transition("draft", comment)
        self.activity_schedule(
            ACTIVITY,
            user_id=submitter.id,
            summary=self.env._("Sent back"),
            note=comment,
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
        approvals = self.env["supplier.certification.approval"].sudo()._unguarded()
        approvals.create(
            {
                "certification_id": self.id,
                "company_id": self.company_id.id,
                "step_id": self.step_id.id,
                "round": self.round,
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "decision": decision,
                "comment": comment,
            }
        )

    def _wait_for_next_step(self):
        """Ask the people of the first step that is not satisfied, or certify.

        :raises UserError: the programme has no step any more
        """
        self.ensure_one()
        approvals = self._approvals()
        steps = self.program_id.sudo().step_ids.sorted()
        if not steps:
            raise UserError(
                self.env._(
                    "The programme %(program)s has no approval step any more, so "
                    "nobody decides on %(certification)s: a manager adds a step to "
                    "the programme.",
                    program=self.program_id.sudo().display_name,
                    certification=self.display_name,
                )
            )
        step = next((s for s in steps if not s._is_satisfied(approvals)), steps[:0])
        if not step:
            self._certify()
            return
        decided = approvals.user_id | self._submitters()
        people = step._people(self.company_id) - decided
        vals = {"waiting_user_ids": [Command.set(people.ids)]}
        if step != self.step_id:
            self.sudo().activity_unlink([ACTIVITY])
            vals["step_id"] = step.id
            for user in people - step.substitute_ids:
                self.sudo().activity_schedule(
                    ACTIVITY, user_id=user.id, summary=step.name
                )
        self._write_guarded(vals)

    def _certify(self):
        """Put it in force, for as long as the programme says."""
        self._check_complete("review")
        today = self._today(self.company_id)[self.company_id]
        before = self.renewal_of_id
        start = today
        if before.state in IN_FORCE and before.date_to >= today:
            start = before.date_to + timedelta(days=1)
        end = self._validity(start)
        conditional = bool(self.conditions)
        if conditional:
            # A deadline before the end of what is renewed runs from today.
            start = today if self.date_conditions < start else start
            end = min(end, self.date_conditions)
        self._transition(
            "conditional" if conditional else "certified",
            self.conditions or False,
            {
                "date_from": start,
                "date_to": end,
                "verification_token": self.sudo().verification_token
                or self._new_token(),
            },
        )

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
        transitions = self.env["supplier.certification.transition"]
        transitions.sudo()._unguarded().create(
            [
                {
                    "certification_id": certification.id,
                    "company_id": certification.company_id.id,
                    "state_from": state_before,
                    "state_to": state,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                    "reason": reason,
                    "date_from": certification.date_from,
                    "date_to": certification.date_to,
                }
                for certification, state_before in zip(self, before, strict=True)
            ]
        )
        self._refresh_vendors()

    # ------------------------------------------------------------
    # Buttons that ask for a comment
    # ------------------------------------------------------------

    def action_ask_decision(self):
        """Ask for the comment of a decision; which one is in the context."""
        decision = self.env.context.get("certification_decision", "approve")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision"),
            "res_model": "supplier.certification.decision.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_certification_ids": self.ids,
                "default_decision": decision,
            },
        }

    def action_print_certificate(self):
        """Print the certificate of what is in force."""
        report = self.env.ref("supplier_evaluation.supplier_certificate_report")
        return report.report_action(self)
