from datetime import date, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.actions import open_records

#: What counted at some time, for what was ordered then.
HELD = ("in_force", "ended", "terminated", "replaced")
#: What is agreed: it is changed in a draft only.
CONTENT = frozenset(
    {
        "partner_id",
        "company_id",
        "title",
        "date_from",
        "date_to",
        "notice_days",
        "currency_id",
        "payment_term_id",
        "check_level",
        "price_tolerance",
        "sharing",
        "file_ids",
        "line_ids",
        "own_properties",
    }
)

#: In these states it waits for somebody, or counts: it is not archived.
NOT_OVER = ("to_approve", "in_force")


class SupplierContract(models.Model):
    """What was agreed with a supplier for some time: prices, quantities, terms.

    Two people approve it who had no hand in it. What is in force is never changed in
    place: a revision replaces it. How it moves is in ``workflow.py``, who is reminded
    of its end in ``reminder.py``, its files in ``paper.py``.
    """

    _name = "supplier.contract"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.kept.file.mixin",
        "supplier.segregation.mixin",
        "supplier.step.mixin",
        "supplier.subject.mixin",
        "supplier.company.fields.mixin",
    ]
    _description = "Supplier Contract"
    _order = "date_from desc, id desc"
    _rec_names_search = ("name", "title", "partner_id")
    _check_company_auto = True

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default="/",
    )
    title = fields.Char(
        required=True, tracking=True, help="What it is about, in a few words."
    )
    partner_id = fields.Many2one(tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        check_company=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
        help="Is reminded before the contract ends.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("to_approve", "To Approve"),
            ("in_force", "In Force"),
            ("ended", "Ended"),
            ("terminated", "Terminated"),
            ("replaced", "Replaced"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        help="First day on which it counts.",
    )
    date_to = fields.Date(
        string="To",
        tracking=True,
        help="Last day on which it counts, included; empty: without end.",
    )
    notice_days = fields.Integer(
        string="Notice (days)",
        tracking=True,
        help="How many days before its end notice has to be given.",
    )
    date_notice = fields.Date(
        string="Notice Until",
        compute="_compute_date_notice",
        help="Last day on which notice can be given.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        tracking=True,
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Orders under the contract have these; empty: nothing is agreed.",
    )
    check_level = fields.Selection(
        selection=[("none", "Nothing"), ("warn", "Warn"), ("block", "Block")],
        string="Orders That Differ",
        required=True,
        default="warn",
        tracking=True,
        help="What happens when an order is confirmed with a higher price, other "
        "payment terms, or more than what is left.",
    )
    price_tolerance = fields.Float(
        string="Price Tolerance (%)",
        digits=(5, 2),
        tracking=True,
        help="An order may cost that much more than agreed.",
    )
    sharing = fields.Text(
        string="Sharing of Risks and Benefits",
        tracking=True,
        help="How both sides share what becomes dearer or cheaper: raw materials, "
        "exchange rates, savings.",
    )
    is_in_portal = fields.Boolean(
        string="Shared with the Supplier",
        copy=False,
        tracking=True,
        help="People of the supplier with a portal login see the contract while it is "
        "in force: its dates, lines, prices and files.",
    )
    own_properties = fields.Properties(
        "Properties",
        definition="field_set_id.contract_properties_definition",
        copy=True,
    )
    line_ids = fields.One2many(
        "supplier.contract.line", "contract_id", string="Lines", copy=True
    )
    previous_id = fields.Many2one(
        "supplier.contract",
        string="Replaces",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The version before.",
    )
    next_ids = fields.One2many(
        "supplier.contract", "previous_id", string="Later Versions", readonly=True
    )
    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    date_effective = fields.Date(
        string="Counts From",
        readonly=True,
        copy=False,
        help="A revision counts from the day of its approval.",
    )
    date_closed = fields.Date(
        string="Counted Until",
        readonly=True,
        copy=False,
        help="Last day on which it counted, when it ended, was terminated or replaced.",
    )
    editor_ids = fields.Many2many(
        "res.users",
        "supplier_contract_editor_rel",
        string="Editors",
        readonly=True,
        copy=False,
        help="All who wrote or changed it, and therefore do not approve it.",
    )
    reason = fields.Text(
        string="Why",
        copy=False,
        help="Why it is sent back or terminated. Needed before.",
    )
    active = fields.Boolean(default=True, copy=False)

    _number_uniq = models.UniqueIndex(
        "(company_id, name, version) WHERE name != '/'",
        "There is a contract with this number already. Set the next number of the "
        "sequence “Supplier Contract” to one that is free.",
    )
    _one_revision = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL AND active",
        "This contract has a later version already: go on with that one.",
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to >= date_from)",
        "A contract cannot end before it begins: check its two dates.",
    )
    _numbers_not_negative = models.Constraint(
        "CHECK (notice_days >= 0 AND price_tolerance >= 0)",
        "Enter notice and tolerance as positive numbers.",
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "name",
            "commercial_partner_id",
            "state",
            "previous_id",
            "next_ids",
            "version",
            "date_effective",
            "date_closed",
            "editor_ids",
        }

    @api.constrains("partner_id", "company_id", "date_from", "previous_id")
    def _check_previous(self):
        for contract in self.filtered("previous_id"):
            if any(
                contract[name] != contract.previous_id[name]
                for name in ("commercial_partner_id", "company_id", "date_from")
            ):
                raise ValidationError(
                    self.env._(
                        "A revision of %(contract)s has the same supplier, company and "
                        "first day. For another time or supplier, make a new contract.",
                        contract=contract.previous_id.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("name", "title", "version")
    def _compute_display_name(self):
        for contract in self:
            parts = [contract.name if contract.name != "/" else "", contract.title]
            if contract.version > 1:
                parts.append(self.env._("(version %s)", contract.version))
            contract.display_name = " ".join(filter(None, parts))

    @api.depends("date_to", "notice_days")
    def _compute_date_notice(self):
        for contract in self:
            contract.date_notice = contract._days_before_end(contract.notice_days)

    def _days_before_end(self, days):
        """Return the day that is so many days before the end, False without an end.

        Nor is there one before all days that can be told.
        """
        self.ensure_one()
        end = self.date_to
        if not end or days > (end - date.min).days:
            return False
        return end - timedelta(days=days)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Number them; who wrote them does not approve them."""
        contracts = super().create(vals_list)
        sequences = self.env["ir.sequence"]
        for contract in contracts:
            vals = {"editor_ids": [Command.link(self.env.uid)]}
            if contract.partner_id != contract.commercial_partner_id:
                vals["partner_id"] = contract.commercial_partner_id.id
            if contract.name in ("/", ""):
                vals["name"] = sequences._next_supplier_number(
                    self._name, contract.company_id
                )
            contract._write_guarded(vals)
        return contracts

    def write(self, vals):
        if CONTENT & vals.keys():
            self._check_open()
        if not vals.get("active", True):
            self._check_over()
        if vals.get("state") in NOT_OVER:
            # An archived draft comes back: it would count where nobody sees it.
            vals = {**vals, "active": True}
        result = super().write(self._of_company(vals))
        if CONTENT & vals.keys() and not self._is_unguarded():
            self._content_changed()
        return result

    def _of_company(self, vals):
        """Name the company of a contact.

        Who changes the employer takes no contract along, nor shows it to another one.
        """
        if not vals.get("partner_id"):
            return vals
        partner = self.env["res.partner"].browse(vals["partner_id"])
        return {**vals, "partner_id": partner.commercial_partner_id.id}

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_history(self):
        for contract in self:
            if contract.state != "draft" or contract.decision_ids:
                raise UserError(
                    self.env._(
                        "%(contract)s has a history and is not deleted. Archive it "
                        "once it is over.",
                        contract=contract.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _keeps_own_fields(self):
        return self.state != "draft" or super()._keeps_own_fields()

    def _check_open(self):
        """Refuse to change what waits for approval, is in force or is over."""
        for contract in self:
            if contract.state != "draft" and not self._is_unguarded():
                raise UserError(
                    self.env._(
                        "%(contract)s is not changed any more: it is no draft. Revise "
                        "it when it is in force; have it sent back while it waits for "
                        "approval.",
                        contract=contract.display_name,
                    )
                )

    def _check_over(self):
        for contract in self:
            if contract.state in NOT_OVER:
                raise UserError(
                    self.env._(
                        "%(contract)s counts or waits for approval: terminate it or "
                        "have it sent back before you archive it.",
                        contract=contract.display_name,
                    )
                )

    def _content_changed(self):
        """Note who changed it: they do not approve it."""
        for contract in self:
            if self.env.user not in contract.editor_ids:
                contract._write_guarded({"editor_ids": [Command.link(self.env.uid)]})

    @api.model
    def _action_list(self, domain, **context):
        return open_records(
            self.env, "supplier_evaluation.supplier_contract_action", domain, context
        )
