from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ...tools.wording import listed

MOVE = "account.move"
BOOKKEEPER = "account.group_account_invoice"
ACCOUNTING = f"{BOOKKEEPER},account.group_account_readonly"


class SupplierContractPenalty(models.Model):
    """A penalty that was claimed becomes a vendor credit note, once.

    When the credit note is cancelled or deleted, it can be made again.
    """

    _inherit = "supplier.contract.penalty"

    credit_note_id = fields.Many2one(
        MOVE,
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
        groups=ACCOUNTING,
        help="The vendor credit note that was made of it.",
    )
    can_credit = fields.Boolean(compute="_compute_can_credit")

    @api.depends("state", "credit_note_id.state")
    @api.depends_context("uid")
    def _compute_can_credit(self):
        for penalty in self:
            penalty.can_credit = (
                penalty.state == "claimed"
                and penalty.amount > 0
                and not penalty._credited()
                and not penalty._bookkeeper_problem()
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_make_credit_note(self):
        """Make a draft vendor credit note of each penalty, and open them.

        :raises AccessError: the user makes no bills in the company
        :raises UserError: the penalty is not claimed, or has a credit note already
        """
        self.check_access("read")
        for penalty in self:
            if problem := penalty._bookkeeper_problem():
                raise AccessError(problem)
        self.sudo().lock_for_update()
        self.invalidate_recordset()
        for penalty in self:
            penalty._check_to_credit()
            note = penalty._make_credit_note()
            penalty.sudo()._write_guarded({"credit_note_id": note.id})
        return self._open_notes(self.sudo().credit_note_id)

    def action_open_credit_note(self):
        """Open the credit note."""
        self.ensure_one()
        return self._open_notes(self.credit_note_id)

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_to_reconsider(self):
        """What is booked is not taken back behind the bookkeeper's back."""
        result = super()._check_to_reconsider()
        self._check_not_credited()
        return result

    def _credited(self):
        """Return the credit note that counts: it may be a draft, not cancelled."""
        self.ensure_one()
        note = self.sudo().credit_note_id
        return note if note.state != "cancel" else note.browse()

    def _bookkeeper_problem(self):
        """Return why the user makes no credit note of it, or False."""
        self.ensure_one()
        user, company = self.env.user, self.sudo().company_id
        # Buyers may create bills in Odoo, too: to claim money back is Accounting's.
        if company in user.company_ids and user.has_group(BOOKKEEPER):
            return False
        return self.env._(
            "Only who books bills in %(company)s makes a credit note of a penalty: "
            "ask Accounting.",
            company=company.name,
        )

    def _check_to_credit(self):
        """Refuse what is not claimed, is nothing, or was credited.

        :raises UserError: one of these
        """
        self._check_state("claimed")
        self._check_not_credited()
        if self.amount <= 0:
            raise UserError(
                self.env._(
                    "%(penalty)s is no amount: there is nothing to credit.",
                    penalty=self.display_name,
                )
            )

    def _check_not_credited(self):
        for penalty in self:
            if note := penalty._credited():
                raise UserError(
                    self.env._(
                        "%(penalty)s has a credit note already: %(note)s. Cancel that "
                        "one first.",
                        penalty=penalty.display_name,
                        note=note.display_name,
                    )
                )

    def _make_credit_note(self):
        """Return a draft of one line, with the user's rights of accounting."""
        self.ensure_one()
        moves = self.env(su=False)[MOVE].with_company(self.sudo().company_id)
        return moves.create(self._credit_note_vals())

    def _credit_note_vals(self):
        own = self.sudo()
        order = own.order_id
        partner = order.partner_id
        return {
            "move_type": "in_refund",
            "company_id": own.company_id.id,
            "partner_id": partner.address_get(["invoice"])["invoice"],
            "currency_id": own.currency_id.id,
            "invoice_date": own.company_id._supplier_day(fields.Datetime.now()),
            "invoice_origin": order.name,
            "fiscal_position_id": order.fiscal_position_id.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": own.with_context(lang=partner.lang)._credit_text(),
                        "quantity": 1,
                        "price_unit": own.amount,
                        # Damages are no supply. Who books it may add a tax.
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def _credit_text(self):
        """Say of which records the penalty is made, in the supplier's language."""
        self.ensure_one()
        env, line = self.env, self.purchase_line_id
        transfers = line.move_ids.filtered(lambda move: move.state == "done").picking_id
        text = env._(
            "Penalty by %(contract)s for %(order)s, %(product)s: promised for "
            "%(promised)s, complete on %(received)s, %(days)s days late; "
            "%(percent)s %% of %(worth)s.",
            contract=self.contract_id.display_name,
            order=self.order_id.name,
            product=self.product_id.display_name,
            promised=format_date(env, self.date_promised),
            received=format_date(env, self.date_received),
            days=self.days_late,
            percent=self.contract_line_id._number(self.percent),
            worth=self.currency_id.format(self.worth),
        )
        names = listed(self.env, transfers.sorted("date_done").mapped("name"))
        if not names:
            return text
        return f"{text} {env._('Deliveries: %s', names)}"

    def _open_notes(self, notes):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Notes"),
            "res_model": MOVE,
            "context": {"create": False},
        }
        if len(notes) == 1:
            return {**action, "views": [(False, "form")], "res_id": notes.id}
        return {
            **action,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", notes.ids)],
        }
