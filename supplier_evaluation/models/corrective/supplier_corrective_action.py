from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_records
from ...tools.optional_numbers import OptionalNumber
from ..incident.supplier_incident import CAUSES
from .supplier_corrective_action_step import STEP_STATES, STEPS

#: In these states nobody has anything to do with it any more.
CLOSED = ("effective", "not_proven", "cancelled")


class SupplierCorrectiveAction(models.Model):
    """A corrective action by 8D: what was wrong, why, and whether it got better.

    Where it comes from is in ``origin.py``, what is done with its steps in
    ``deciding.py``, whether it helped in ``effectiveness.py``.
    """

    _name = "supplier.corrective.action"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.company.fields.mixin",
        "supplier.archive.mixin",
    ]
    _description = "Corrective Action"
    _order = "date_opened desc, id desc"
    _rec_names_search = ["name", "title"]
    _check_company_auto = True
    _archived_in = CLOSED

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )
    title = fields.Char(required=True, tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        check_company=True,
        index=True,
        ondelete="restrict",
        help="The company that answers for it.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        check_company=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("verifying", "Verifying the Effect"),
            ("effective", "Effective"),
            ("not_proven", "Not Proven"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    description = fields.Html(string="Problem")
    date_opened = fields.Datetime(
        string="Opened",
        required=True,
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    date_closed = fields.Datetime(string="Closed", readonly=True, copy=False)
    step_ids = fields.One2many(
        "supplier.corrective.action.step", "action_id", string="Steps", copy=False
    )
    step_id = fields.Many2one(
        "supplier.corrective.action.step",
        string="Current Step",
        compute="_compute_step_id",
    )
    current_state = fields.Selection(
        STEP_STATES, string="Status of the Step", compute="_compute_step_id"
    )
    accept_problem = fields.Char(compute="_compute_accept_problem")
    decision_ids = fields.One2many(
        "supplier.corrective.decision", "action_id", string="Decisions", readonly=True
    )
    cause = fields.Selection(CAUSES, string="Root Cause", tracking=True)
    why_1 = fields.Char(string="Why?")
    why_2 = fields.Char(string="Why Is That?")
    why_3 = fields.Char(string="And Why Is That?")
    why_4 = fields.Char(string="And Why That?")
    why_5 = fields.Char(string="The Cause behind It")
    own_properties = fields.Properties(
        "Properties",
        definition="field_set_id.corrective_properties_definition",
        copy=True,
    )
    cost = fields.Monetary(tracking=True, help="What the problem cost us.")
    recovered = fields.Monetary(tracking=True, help="What the supplier pays of it.")

    _name_company_uniq = models.Constraint(
        "UNIQUE (company_id, name)",
        "There is a corrective action with this number already. Set the next number of "
        "the sequence “Corrective Action” to one that is free.",
    )
    _amounts_not_negative = models.Constraint(
        "CHECK (cost >= 0 AND recovered >= 0)",
        "Enter cost and recovery as positive amounts.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("name", "title")
    def _compute_display_name(self):
        for action in self:
            names = [action.name, action.title] if action.id else [action.title]
            action.display_name = " ".join(filter(None, names))

    @api.depends("step_ids.state")
    def _compute_step_id(self):
        for action in self:
            action.step_id = action._steps_to_accept()[:1]
            action.current_state = action.step_id.state

    @api.depends("step_ids.state", "step_ids.answered_uid")
    @api.depends_context("uid", "lang")
    def _compute_accept_problem(self):
        for action in self:
            step = action.step_id
            waits = step.state == "answered"
            action.accept_problem = waits and step._segregation_problem()

    def _steps_to_accept(self):
        """Return the steps that are not accepted yet, the first one first."""
        todo = self.step_ids.filtered(lambda step: step.state != "accepted")
        return todo.sorted("code")

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "name",
            "state",
            "date_opened",
            "date_closed",
        }

    @api.model
    def _guarded_in(self, vals):
        """Return the guarded fields that get a value; where none is no 0, 0 is one.

        Elsewhere a 0 is let through, since forms of Odoo send it and it is forgotten.
        Here the figure before decides whether an action helped.
        """
        return {
            name
            for name in self._guarded_fields() & vals.keys()
            if vals[name]
            or (
                isinstance(self._fields[name], OptionalNumber)
                and vals[name] is not None
                and vals[name] is not False
            )
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Number them, and give each its steps; a contact stands for its company."""
        partners = self.env["res.partner"]
        numbered = []
        for vals in vals_list:
            self._check_guard(self._guarded_in(vals))
            partner = partners.browse(vals.get("partner_id"))
            numbered.append(
                {
                    **vals,
                    "partner_id": partner.commercial_partner_id.id,
                    "name": self._next_number(vals),
                    # Commands would be obeyed with the right to write what is guarded,
                    # on steps of other actions, too.
                    "step_ids": [],
                    "decision_ids": [],
                }
            )
        unguarded = self._unguarded()
        actions = super(SupplierCorrectiveAction, unguarded).create(numbered)
        actions = actions.with_env(self.env)
        steps = self.env["supplier.corrective.action.step"].sudo()._unguarded()
        steps.create(
            [
                action._step_vals(code)
                for action in actions
                for code, _label, _hours in STEPS
            ]
        )
        actions._remind_owners()
        return actions

    def write(self, vals):
        """Who owns an action owns its steps that had the same owner.

        :raises UserError: it is to be of another supplier than the one that answered
        """
        before = {action: action.user_id for action in self}
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals = {**vals, "partner_id": partner.commercial_partner_id.id}
            self._check_supplier(partner.commercial_partner_id)
        result = super().write(vals)
        if "user_id" in vals:
            for action in self:
                own = action.step_ids.filtered(
                    lambda step, old=before[action]: step.user_id == old
                )
                own.sudo().user_id = action.user_id
            self._tell_new_owner()
        return result

    def _check_supplier(self, supplier):
        """Refuse to give what one supplier answered to another one.

        The other one would read it when the action is shown to it, and what was
        accepted of the first would be accepted of the second.
        """
        others = self.filtered(lambda action: action.partner_id != supplier)
        for action in others._answered().sudo():
            raise UserError(
                self.env._(
                    "%(supplier)s answered %(action)s already, and no other "
                    "supplier is to read that. Make a new action for the other "
                    "one.",
                    supplier=action.partner_id.display_name,
                    action=action.display_name,
                )
            )

    def _answered(self):
        """Return those of which a step was answered, whatever became of the answer."""
        return self.filtered(
            lambda action: any(
                step.answer or step.state != "open" for step in action.sudo().step_ids
            )
        )

    def _has_history(self):
        return bool(self.decision_ids or self.state != "open") or super()._has_history()

    @api.model
    def _next_number(self, vals):
        """Return the next number in the company's year."""
        company = self.env["res.company"].browse(
            vals.get("company_id") or self.default_get(["company_id"])["company_id"]
        )
        return self.env["ir.sequence"]._next_supplier_number(self._name, company)

    def _step_vals(self, code):
        self.ensure_one()
        steps = self.env["supplier.corrective.action.step"]
        return {
            "action_id": self.id,
            "code": code,
            "user_id": self.user_id.id,
            "date_due": steps._proposed_due(code, self.date_opened),
        }

    @api.model
    def _action_list(self, domain, **context):
        return open_records(
            self.env,
            "supplier_evaluation.supplier_corrective_action_action",
            domain,
            context,
        )
