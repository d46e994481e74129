from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import open_records
from ...tools.groups import MANAGER_GROUP
from ...tools.wording import label_of
from .supplier_incentive_rule import KINDS

STATES = [
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("applied", "Applied"),
    ("refused", "Refused"),
    ("undone", "Undone"),
    ("obsolete", "Dropped"),
]
OPEN_STATES = ("proposed", "approved", "applied")
# From which states each step goes where.
STEPS = {
    "approved": ("proposed",),
    "refused": ("proposed", "approved"),
    "applied": ("approved",),
    "undone": ("applied",),
    "obsolete": ("proposed", "approved"),
}


class SupplierIncentive(models.Model):
    """A reward or remedy for one supplier: proposed, approved, applied, undone.

    Nobody writes one directly. Every check is made here for the person who asks: also
    with ``sudo`` nobody approves what they proposed.
    """

    _name = "supplier.incentive"
    _inherit = [
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.sealed.mixin",
        "supplier.segregation.mixin",
        "supplier.step.mixin",
    ]
    _description = "Reward or Remedy"
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True
    _sealed_anew = ("approved_uid", "date_applied", "note", "state")
    _sealed_order = "create_date"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    rule_id = fields.Many2one(
        "supplier.incentive.rule",
        string="Action by Grade",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(KINDS, string="Action", required=True, readonly=True)
    description = fields.Text(readonly=True)
    grade_id = fields.Many2one("supplier.grade", readonly=True, ondelete="restrict")
    grade_color = fields.Integer(related="grade_id.color")
    scorecard_id = fields.Many2one(
        "supplier.scorecard",
        readonly=True,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="proposed"
    )
    # What was approved stays so, whatever becomes of the rule.
    payment_term_id = fields.Many2one(
        "account.payment.term", readonly=True, ondelete="restrict"
    )
    price_sequence = fields.Integer(string="Place on Price Lists", readonly=True)
    minimum_percent = fields.Float(
        string="Minimum Quantity (%)", digits=(5, 2), readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        string="Worth a Year",
        readonly=True,
        help="The part of the spend of the last 12 months that the action is worth.",
    )
    user_id = fields.Many2one(
        "res.users", string="Proposed By", required=True, readonly=True
    )
    approved_uid = fields.Many2one("res.users", string="Approved By", readonly=True)
    date_applied = fields.Datetime(string="Applied On", readonly=True)
    note = fields.Text(readonly=True, help="What became of it, in words.")
    reason = fields.Text(
        string="Why",
        help="Why it is refused or undone. Needed before.",
    )
    change_ids = fields.One2many(
        "supplier.incentive.change", "incentive_id", string="History", readonly=True
    )
    can_approve = fields.Boolean(compute="_compute_can_approve")

    _open_unique = models.UniqueIndex(
        "(partner_id, company_id, rule_id)"
        " WHERE state IN ('proposed', 'approved', 'applied')",
        "This action is open for the supplier already.",
    )

    @api.depends("partner_id", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for incentive in self:
            incentive.display_name = self.env._(
                "%(supplier)s: %(action)s",
                supplier=incentive.partner_id.sudo().display_name,
                action=label_of(incentive, "kind"),
            )

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for incentive in self:
            incentive.can_approve = (
                incentive.state == "proposed" and not incentive._approver_problem()
            )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            name
            for name, field in self._fields.items()
            if field.store and name != "reason"
        }

    def write(self, vals):
        """Why it was refused or undone is said before, and then stays."""
        is_over = self.filtered(lambda one: one.state not in OPEN_STATES)
        if "reason" in vals and is_over and not self._is_unguarded():
            raise AccessError(
                self.env._(
                    "%(incentive)s is over: why is not told in other words later.",
                    incentive=is_over[0].display_name,
                )
            )
        return super().write(vals)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_approve(self):
        """Agree to what somebody else proposed.

        :raises AccessError: the user is no manager, or proposed it
        :raises UserError: it is in another state, or the grade carries it no more
        """
        self._check_step("approved")
        for incentive in self:
            if problem := incentive._approver_problem():
                raise AccessError(problem)
        self._check_still_due()
        self._step("approved", approved_uid=self.env.uid)

    def action_refuse(self, reason=None):
        """Turn down what was proposed; it comes again with another scorecard only.

        :raises UserError: no reason is given
        """
        self._check_step("refused")
        self._step("refused", reason=self._read_reason(reason))

    def action_apply(self):
        """Put what was approved into force, where Odoo can, and remember what was."""
        self._check_step("applied")
        self._check_still_due()
        self._apply()

    def action_undo(self, reason=None):
        """Put back what was there before, where nobody changed it since.

        :raises UserError: no reason is given, or a later action builds on this one
        """
        self._check_step("undone")
        self._check_is_last()
        self._undo(self._read_reason(reason))

    @api.model
    def _action_list(self, domain, **context):
        return open_records(
            self.env, "supplier_evaluation.supplier_incentive_action", domain, context
        )

    def action_open_partner(self):
        """Open the supplier."""
        self.ensure_one()
        return self.partner_id.get_formview_action()

    # ------------------------------------------------------------
    # Who may, and when
    # ------------------------------------------------------------

    def _check_step(self, state):
        """Refuse a step that does not fit the state or the person.

        :raises AccessError: the user is no manager of the company
        :raises UserError: the state is another one
        """
        self.check_access("read")
        for incentive in self:
            if problem := incentive._manager_problem():
                raise AccessError(problem)
            incentive._check_state(*STEPS[state])

    def _manager_problem(self):
        user = self.env.user
        if user.has_group(MANAGER_GROUP) and self.company_id in user.company_ids:
            return False
        return self.env._(
            "Only a manager of supplier evaluations in %(company)s decides on "
            "rewards and remedies: ask one of them.",
            company=self.sudo().company_id.name,
        )

    def _approver_problem(self):
        """Return why the user does not approve this one, or False."""
        return self._manager_problem() or self._segregation_problem()

    def _involved(self):
        return super()._involved() | self.user_id

    def _segregation_text(self):
        return self.env._(
            "You proposed %(incentive)s: another manager approves it.",
            incentive=self.display_name,
        )

    def _check_is_last(self):
        """Values are put back in the reverse order in which they were changed."""
        later = self.sudo().search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("state", "=", "applied"),
                ("id", "not in", self.ids),
            ]
        )
        for incentive in self:
            for other in later:
                if (
                    other.kind == incentive.kind
                    and other.partner_id == incentive.partner_id
                    and other.company_id == incentive.company_id
                    and other.date_applied > incentive.date_applied
                ):
                    raise UserError(
                        self.env._(
                            "A later action builds on %(incentive)s: undo that first.",
                            incentive=incentive.display_name,
                        )
                    )

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    @api.model
    def _sealed_columns(self):
        """Why is written freely before a step; the register keeps it with the step."""
        return [name for name in super()._sealed_columns() if name != "reason"]

    def _step(self, state, rows=None, **vals):
        """Go to a state, and write it into the register.

        :param rows: for each incentive id, values of further rows
        """
        own = self.sudo()
        own._write_guarded({**vals, "state": state})
        own._seal_soon(changed=True)
        reason = vals.get("reason") or vals.get("note")
        register = []
        for incentive in own:
            row = incentive._register_row(state, reason=reason)
            register.append(row)
            register += [{**row, **more} for more in (rows or {}).get(incentive.id, [])]
        self.env["supplier.incentive.change"]._append(register)

    def _register_row(self, action, **vals):
        return {
            "incentive_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "action": action,
            **vals,
        }
