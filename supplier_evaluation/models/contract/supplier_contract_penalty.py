from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

from ...report.history.rows import FACT_IDS
from ...tools.actions import open_form, open_records
from ...tools.groups import MANAGER_GROUP


class SupplierContractPenalty(models.Model):
    """What a supplier owes for an order line that came late, by its contract.

    It is proposed, see ``penalizing.py``; a manager who did not buy it claims or waives
    it.
    """

    _name = "supplier.contract.penalty"
    _inherit = [
        "mail.thread",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.segregation.mixin",
        "supplier.step.mixin",
    ]
    _description = "Contract Penalty"
    _order = "date_received desc, id desc"
    _rec_name = "purchase_line_id"
    _check_company_auto = True

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
    contract_line_id = fields.Many2one(
        "supplier.contract.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    contract_id = fields.Many2one(
        related="contract_line_id.contract_id", store=True, index=True
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        string="Order Line",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    order_id = fields.Many2one(
        related="purchase_line_id.order_id", store=True, index=True
    )
    product_id = fields.Many2one(related="purchase_line_id.product_id", store=True)
    date_promised = fields.Date(string="Promised", readonly=True)
    date_received = fields.Date(
        string="Complete On", readonly=True, help="When the whole of it was there."
    )
    days_late = fields.Integer(readonly=True, aggregator="max")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    worth = fields.Monetary(
        readonly=True, help="Of the order line, without tax, in its currency."
    )
    percent = fields.Float(
        string="Penalty (%)",
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="The days times the penalty a day, and not more than agreed.",
    )
    amount = fields.Monetary(readonly=True)
    state = fields.Selection(
        selection=[
            ("proposed", "Proposed"),
            ("claimed", "Penalty Claimed"),
            ("waived", "Waived"),
            ("dropped", "Dropped"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="proposed",
        index=True,
        tracking=True,
        help="Dropped: the records do not carry it any more.",
    )
    reason = fields.Text(
        string="Why",
        tracking=True,
        help="Why it is claimed or waived. Needed before.",
    )
    decided_uid = fields.Many2one("res.users", string="Decided By", readonly=True)
    date_decided = fields.Datetime(string="Decided On", readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _line_uniq = models.UniqueIndex(
        "(purchase_line_id)", "There is a penalty for this order line already."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("order_id.name", "product_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for penalty in self:
            own = penalty.sudo()
            names = (own.order_id.name, own.product_id.display_name)
            penalty.display_name = " ".join(filter(None, names))

    @api.depends("state", "order_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for penalty in self:
            penalty.can_decide = (
                penalty.state == "proposed" and not penalty._decider_problem()
            )

    @api.model
    def _guarded_fields(self):
        """All of its own; what Odoo keeps of messages is written by Odoo."""
        return super()._guarded_fields() | {
            name
            for name, field in self._fields.items()
            if field.store
            and name != "reason"
            and name not in models.MAGIC_COLUMNS
            and not name.startswith("message_")
        }

    def write(self, vals):
        """Why it was decided is said before, and then stays."""
        decided = self.filtered(lambda one: one.state in ("claimed", "waived"))
        if "reason" in vals and decided and not self._is_unguarded():
            raise AccessError(
                self.env._(
                    "%(penalty)s is decided: why is not told in other words later.",
                    penalty=decided[0].display_name,
                )
            )
        return super().write(vals)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_claim(self, reason=None):
        """Claim the penalties of the supplier; not those that have just changed.

        :raises AccessError: the user is no manager, or bought it
        :raises UserError: it is decided, or no reason is given
        """
        return self._decide("claimed", reason)

    def action_waive(self, reason=None):
        """Do without the penalties; not those that have just changed.

        :raises AccessError: the user is no manager, or bought it
        :raises UserError: it is decided, or no reason is given
        """
        return self._decide("waived", reason)

    def action_open_fact(self):
        """Open the delivery that it is computed of."""
        self.ensure_one()
        line = self.purchase_line_id
        fact_id = FACT_IDS.encode(line._name, line.id)
        return open_records(
            self.env,
            "supplier_evaluation.supplier_delivery_fact_action",
            [("id", "=", fact_id)],
            name=self.display_name,
        )

    def action_open_order(self):
        """Open the order."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    def action_open_contract(self):
        """Open the contract."""
        self.ensure_one()
        contract = self.contract_id
        return open_form(contract._name, contract.display_name, record=contract)

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _decide(self, state, reason):
        self._check_decider()
        self._check_state("proposed")
        text = self._read_reason(reason)
        if changed := self._catch_up():
            return changed._tell_changed()
        return self.sudo()._write_guarded(
            {
                "state": state,
                "reason": text,
                "decided_uid": self.env.uid,
                "date_decided": fields.Datetime.now(),
            }
        )

    def _tell_changed(self):
        """Let somebody look again who was about to decide on other figures."""
        text = self.env._(
            "%(penalty)s has changed with its records and is not decided: look at it "
            "again.",
            penalty=self[0].display_name,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_decider(self):
        """Refuse the decision of who must not decide.

        :raises AccessError: says why
        """
        self.check_access("read")
        for penalty in self:
            if problem := penalty._decider_problem():
                raise AccessError(problem)

    def _decider_problem(self):
        """Return why the user does not decide on it, or False."""
        self.ensure_one()
        user, company = self.env.user, self.sudo().company_id
        if not user.has_group(MANAGER_GROUP) or company not in user.company_ids:
            return self.env._(
                "Only a manager of supplier evaluations in %(company)s decides on "
                "penalties: ask one of them.",
                company=company.name,
            )
        if self.env.uid == SUPERUSER_ID:
            return self.env._(
                "A person decides on %(penalty)s, and no robot.",
                penalty=self.display_name,
            )
        return self._segregation_problem()

    def _involved(self):
        return super()._involved() | self.sudo().order_id._all_owners()

    def _segregation_text(self):
        return self.env._(
            "You bought %(penalty)s: another manager decides on its penalty.",
            penalty=self.display_name,
        )
