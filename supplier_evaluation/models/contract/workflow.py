from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import open_form
from ...tools.groups import APPROVER_GROUP, MANAGER_GROUP, USER_GROUP
from .supplier_contract import HELD

#: So many people approve a contract, each once.
APPROVALS = 2
# From which state each step goes on, and who takes it.
STEPS = {
    "submit": ("draft", "user"),
    "approve": ("to_approve", "approver"),
    "send_back": ("to_approve", "user"),
    "revise": ("in_force", "user"),
    "terminate": ("in_force", "manager"),
}


class SupplierContract(models.Model):
    """How a contract comes into force and ends, and who decides it.

    Every check is made here for the person who asks: also with ``sudo`` nobody
    approves what they wrote, or approves twice.
    """

    _inherit = "supplier.contract"

    round = fields.Integer(readonly=True, copy=False, aggregator=None)
    approval_count = fields.Integer(
        string="Approvals", compute="_compute_approval", help="Two are needed."
    )
    can_approve = fields.Boolean(compute="_compute_approval")

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"round", "decision_ids"}

    @api.depends("state", "round", "decision_ids", "editor_ids")
    @api.depends_context("uid")
    def _compute_approval(self):
        for contract in self:
            contract.approval_count = len(contract._approvers())
            contract.can_approve = (
                contract.state == "to_approve" and not contract._approver_problem()
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_submit(self):
        """Have others approve the drafts.

        :raises UserError: it agrees nothing, is over, or another contract has a line
            of the same thing
        """
        self._check_step("submit")
        self._check_ready()
        for contract in self:
            contract.line_ids._keep_index_base()
            contract._go("to_approve", "submitted", round=contract.round + 1)

    def action_approve(self):
        """Approve; with the second approval it comes into force.

        :raises AccessError: the user wrote it, or approved it already
        """
        self._check_step("approve")
        self._meet_others()
        self._check_step("approve")
        for contract in self:
            # Also what came into force just now may say the same.
            contract._check_ready()
            contract._note_decision("approved")
            if len(contract._approvers()) >= APPROVALS:
                contract._come_into_force()

    def action_send_back(self, reason=None):
        """Make it a draft again, to be changed or dropped.

        :raises UserError: no reason is given
        """
        self._check_step("send_back")
        self._go("draft", "sent_back", reason=self._read_reason(reason))

    def action_terminate(self, reason=None):
        """End it today, before its time.

        :raises UserError: no reason is given
        """
        self._check_step("terminate")
        reason = self._read_reason(reason)
        for contract in self:
            contract._go(
                "terminated", "terminated", reason, date_closed=contract._today()
            )

    def action_revise(self):
        """Open the next version, a draft until others approve it."""
        self.ensure_one()
        self._check_step("revise")
        revision = self.next_ids or self._revise()
        return open_form(self._name, self.env._("Revision"), record=revision)

    def action_open_previous(self):
        """Open the version before."""
        self.ensure_one()
        return open_form(
            self._name, self.env._("Version Before"), record=self.previous_id
        )

    def _meet_others(self):
        """Let nobody decide at the same time on what may say the same."""
        suppliers = self.sudo().commercial_partner_id
        rivals = self.sudo().search(
            [
                ("commercial_partner_id", "in", suppliers.ids),
                ("company_id", "in", self.sudo().company_id.ids),
                ("state", "in", ("to_approve", "in_force")),
            ]
        )
        (rivals | self.sudo())._take_turns()
        self.invalidate_recordset()

    # ------------------------------------------------------------
    # Who may, and when
    # ------------------------------------------------------------

    def _check_step(self, step):
        """Refuse a step that does not fit the state or the person.

        :raises UserError: the state is another one
        :raises AccessError: this person may not
        """
        self.check_access("read")
        state, role = STEPS[step]
        for contract in self:
            contract._check_state(state)
            if problem := contract._role_problem(role):
                raise AccessError(problem)

    def _role_problem(self, role):
        """Return why the user does not have a role here, or False."""
        self.ensure_one()
        if role == "approver":
            return self._approver_problem()
        group = MANAGER_GROUP if role == "manager" else USER_GROUP
        if self._acts_here(group):
            return False
        if role == "manager":
            return self.env._(
                "Only a manager of supplier evaluations in %(company)s terminates "
                "%(contract)s: ask one of them.",
                company=self.sudo().company_id.name,
                contract=self.display_name,
            )
        return self.env._(
            "Only who evaluates suppliers in %(company)s does this with %(contract)s.",
            company=self.sudo().company_id.name,
            contract=self.display_name,
        )

    def _acts_here(self, *groups):
        user = self.env.user
        return self.sudo().company_id in user.company_ids and any(
            user.has_group(group) for group in groups
        )

    def _approver_problem(self):
        """Return why the user does not approve this one, or False."""
        if not self._acts_here(APPROVER_GROUP, MANAGER_GROUP):
            return self.env._(
                "Only approvers and managers of supplier evaluations in %(company)s "
                "approve %(contract)s: ask one of them.",
                company=self.sudo().company_id.name,
                contract=self.display_name,
            )
        if problem := self._segregation_problem():
            return problem
        if self.env.uid == SUPERUSER_ID:
            return self.env._(
                "Two people approve %(contract)s: a robot is none of them.",
                contract=self.display_name,
            )
        if self.env.user in self._approvers():
            return self.env._(
                "You approved %(contract)s already: another person has to, too.",
                contract=self.display_name,
            )
        return False

    def _involved(self):
        """Return all who wrote, changed or submitted it."""
        own = self.sudo()
        submitted = own.decision_ids.filtered(lambda row: row.decision == "submitted")
        people = own.create_uid | own.editor_ids | submitted.user_id
        return super()._involved() | people

    def _segregation_text(self):
        return self.env._(
            "You wrote, changed or submitted %(contract)s: two others have to approve "
            "it.",
            contract=self.display_name,
        )

    def _approvers(self):
        """Return who approved it in this round."""
        self.ensure_one()
        contract = self.sudo()
        rows = contract.decision_ids.filtered(
            lambda row: row.decision == "approved" and row.round == contract.round
        )
        return rows.user_id if contract.state == "to_approve" else rows.user_id.browse()

    def _today(self):
        self.ensure_one()
        return self.sudo().company_id._supplier_day(fields.Datetime.now())

    # ------------------------------------------------------------
    # What makes it complete
    # ------------------------------------------------------------

    def _check_ready(self):
        """Refuse what agrees nothing, is over, or says what another one says."""
        for contract in self:
            if not contract.line_ids:
                raise UserError(
                    self.env._(
                        "%(contract)s has no lines: say which products or categories "
                        "it is about.",
                        contract=contract.display_name,
                    )
                )
            if contract.date_to and contract.date_to < contract._today():
                raise UserError(
                    self.env._(
                        "%(contract)s would be over already: choose a later end.",
                        contract=contract.display_name,
                    )
                )
            if contract.previous_id and contract.previous_id.state != "in_force":
                raise UserError(
                    self.env._(
                        "%(contract)s replaces a version that is not in force any "
                        "more: make a new contract.",
                        contract=contract.display_name,
                    )
                )
        self._check_alone()

    def _check_alone(self):
        """Of one thing in one time, one contract of a supplier says what counts.

        Also of the time of one that is over: what was ordered then is under that.
        """
        others = self.sudo().with_context(active_test=False)
        others = others.search(
            [
                ("commercial_partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "in", HELD),
            ]
        )
        for contract in self.sudo():
            things = {line._thing() for line in contract.line_ids}
            for other in others:
                if not contract._meets(other):
                    continue
                same = other.line_ids.filtered(
                    lambda line, mine=things: line._thing() in mine
                )
                if same:
                    raise UserError(
                        self.env._(
                            "%(contract)s agrees on %(thing)s, and so does %(other)s "
                            "in the same time. Change the dates, or take one of the "
                            "lines away.",
                            contract=contract.display_name,
                            thing=same[0].display_name,
                            other=other.display_name,
                        )
                    )

    def _meets(self, other):
        """Whether it and another that counted once do so on some day.

        Versions of one contract take turns.
        """
        begin, end = other._days()
        return (
            self.commercial_partner_id == other.commercial_partner_id
            and self.company_id == other.company_id
            and self.name != other.name
            and (not end or begin <= end)
            and (not self.date_to or begin <= self.date_to)
            and (not end or self.date_from <= end)
        )

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def _go(self, state, decision, reason=None, **vals):
        """Go to a state, and write it into the register."""
        for contract in self:
            contract.sudo()._write_guarded({**vals, "state": state, "reason": False})
            contract._note_decision(decision, reason)
        # Whether orders are to be looked at.
        self.env.registry.clear_cache()
        self._forget_reminders()

    def _note_decision(self, decision, reason=None):
        self.ensure_one()
        own = self.sudo()
        self.env["supplier.contract.decision"]._append(
            [
                {
                    "contract_id": own.id,
                    "company_id": own.company_id.id,
                    "round": own.round,
                    "decision": decision,
                    "reason": reason,
                }
            ]
        )
        own.invalidate_recordset(["decision_ids"])

    def _come_into_force(self):
        """Count from now on; the version before does not any more."""
        self.ensure_one()
        begin, previous = self.date_from, self.previous_id
        if previous:
            begin = max(begin, self._today())
            last = begin - timedelta(days=1)
            previous._go("replaced", "replaced", date_closed=last)
        self._go("in_force", "in_force", date_effective=begin)

    def _last_version(self):
        """Return the number of the newest version, also of one that was put away."""
        versions = self.sudo().with_context(active_test=False)
        own = [("company_id", "=", self.company_id.id), ("name", "=", self.name)]
        return max(versions.search(own).mapped("version"))

    def _revise(self):
        self.ensure_one()
        vals = {
            "name": self.name,
            "previous_id": self.id,
            "version": self._last_version() + 1,
            "date_from": self.date_from,
            "is_in_portal": self.is_in_portal,
        }
        return self._unguarded().copy(vals).with_env(self.env)
