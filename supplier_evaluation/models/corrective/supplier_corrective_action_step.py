from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ...tools.wording import listed

#: Code, name and hours until it is due. Containment comes within a day: what is bad is
#: not to go on to customers while causes are looked for.
STEPS = [
    ("d0", "D0 Emergency Response", 24),
    ("d1", "D1 Team", 48),
    ("d2", "D2 Problem", 72),
    ("d3", "D3 Containment", 24),
    ("d4", "D4 Root Cause", 10 * 24),
    ("d5", "D5 Chosen Corrective Action", 14 * 24),
    ("d6", "D6 Implemented Corrective Action", 30 * 24),
    ("d7", "D7 Prevention", 45 * 24),
    ("d8", "D8 Recognition", 60 * 24),
]
STEP_STATES = [
    ("open", "Open"),
    ("answered", "Answered"),
    ("accepted", "Answer Accepted"),
    ("rejected", "Rejected"),
]
HOURS = {code: hours for code, _label, hours in STEPS}
#: What has to be accepted before: no action is chosen before its cause is known, and
#: none is implemented that was not chosen. The last one needs all others.
NEEDS = {
    "d5": ("d4",),
    "d6": ("d4", "d5"),
    "d8": tuple(code for code, _label, _hours in STEPS[:-1]),
}


class SupplierCorrectiveActionStep(models.Model):
    """One step of an 8D: who answers it until when, and whether that is accepted."""

    _name = "supplier.corrective.action.step"
    _inherit = ["supplier.guard.mixin", "supplier.segregation.mixin"]
    _description = "Step of a Corrective Action"
    _order = "action_id desc, code, id"
    _rec_name = "code"

    action_id = fields.Many2one(
        "supplier.corrective.action",
        string="Corrective Action",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="action_id.company_id", store=True)
    partner_id = fields.Many2one(
        related="action_id.partner_id", store=True, string="Supplier"
    )
    code = fields.Selection(
        [(code, label) for code, label, _hours in STEPS],
        string="Step",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Owner", domain=[("share", "=", False)]
    )
    date_due = fields.Datetime(string="Due")
    state = fields.Selection(
        STEP_STATES,
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    answer = fields.Html(string="Answer of the Supplier", readonly=True)
    answered_uid = fields.Many2one("res.users", string="Entered By", readonly=True)
    date_answered = fields.Datetime(string="Answered", readonly=True)
    decided_uid = fields.Many2one("res.users", string="Decided By", readonly=True)
    date_decided = fields.Datetime(string="Decided", readonly=True)
    reason = fields.Text(string="Why It Was Rejected", readonly=True)
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    _action_code_uniq = models.Constraint(
        "UNIQUE (action_id, code)", "A corrective action has each step once."
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for step in self:
            step.display_name = labels.get(step.code, "")

    @api.depends("state", "date_due", "action_id.state")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for step in self:
            step.is_overdue = bool(
                step.date_due
                and step.date_due < now
                and step.state in ("open", "rejected")
                and step.action_id.state in ("open", "verifying")
            )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "action_id",
            "code",
            "state",
            "answer",
            "answered_uid",
            "date_answered",
            "decided_uid",
            "date_decided",
            "reason",
        }

    @api.model
    def _proposed_due(self, code, start):
        return start + timedelta(hours=HOURS[code])

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _answer(self, answer):
        """Enter what the supplier answers to a step.

        :param str answer: HTML
        :raises UserError: it is empty, an earlier step is not accepted yet, or it is
            accepted already
        """
        self.ensure_one()
        self.check_access("write")
        if is_html_empty(answer):
            raise UserError(
                self.env._("Enter what the supplier answers to %s.", self.display_name)
            )
        self._check_open()
        if self.state == "accepted":
            raise UserError(
                self.env._(
                    "%s is accepted already. What changes it now is a new action.",
                    self.display_name,
                )
            )
        self._check_needed()
        self._write_guarded(
            {
                "answer": answer,
                "state": "answered",
                "answered_uid": self.env.uid,
                "date_answered": fields.Datetime.now(),
                "reason": False,
            }
        )
        self._note("answered", False, answer)

    def _accept(self, reason=False):
        """Accept the answer; what needed it can be answered then.

        :raises UserError: there is no answer to decide on, or no cause for D4
        :raises AccessError: the user entered the answer
        """
        self.ensure_one()
        self._check_to_decide()
        self._check_segregation()
        if self.code == "d4" and not self.action_id.cause:
            raise UserError(
                self.env._("Say on the action which root cause it is, then accept D4.")
            )
        self._decide("accepted", reason)
        if self.code == "d6":
            self.action_id._implemented()
        elif self.code == "d8":
            self.action_id._all_accepted()

    def _reject(self, reason):
        """Reject the answer: the supplier is to answer it again.

        :raises UserError: there is no answer to decide on, or no reason
        """
        self.ensure_one()
        self._check_to_decide()
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why it is rejected: the supplier is to mend that.")
            )
        self._decide("rejected", reason.strip())

    def _decide(self, state, reason):
        self._write_guarded(
            {
                "state": state,
                "decided_uid": self.env.uid,
                "date_decided": fields.Datetime.now(),
                "reason": state == "rejected" and reason,
            }
        )
        self._note(state, reason, self.answer)

    def _note(self, decision, reason, answer=False):
        self.env["supplier.corrective.decision"]._append(
            [
                {
                    "action_id": step.action_id.id,
                    "step_id": step.id,
                    "company_id": step.company_id.id,
                    "decision": decision,
                    "reason": reason,
                    "answer": answer,
                }
                for step in self
            ]
        )
        self.action_id._remind_owners()

    def _involved(self):
        """Return who entered the answer, unless the company lets one person do both."""
        alone = self.company_id.sudo().supplier_8d_alone
        return super()._involved() | (self.browse() if alone else self).answered_uid

    def _segregation_text(self):
        return self.env._(
            "You entered the answer to %s: somebody else accepts it.",
            self.display_name,
        )

    def _check_to_decide(self):
        self.check_access("write")
        self._check_open()
        self._check_needed()
        if self.state != "answered":
            raise UserError(
                self.env._("There is no answer to %s to decide on.", self.display_name)
            )

    def _check_open(self):
        if self.action_id.state not in ("open", "verifying"):
            raise UserError(
                self.env._("%s is closed: reopen it first.", self.action_id.name)
            )

    def _check_needed(self):
        """Refuse a step before those that it builds on are accepted."""
        accepted = self.action_id.step_ids.filtered(lambda one: one.state == "accepted")
        labels = dict(self._fields["code"]._description_selection(self.env))
        missing = [
            labels[code]
            for code in NEEDS.get(self.code, ())
            if code not in accepted.mapped("code")
        ]
        if missing:
            raise UserError(
                self.env._(
                    "%(step)s builds on %(missing)s: accept that first.",
                    step=self.display_name,
                    missing=listed(self.env, missing),
                )
            )
