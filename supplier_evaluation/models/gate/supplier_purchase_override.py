from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...tools.groups import APPROVER_GROUP
from ...tools.wording import listed
from .gate import PurchaseGate

# What an order is held up in: to be sent as a request, and to be confirmed.
OPERATIONS = ("rfq", "order")


class SupplierPurchaseOverride(models.Model):
    """Who let an order pass that a policy blocks, why, and until when.

    Nobody writes one directly: it is granted and revoked, and then stays.
    """

    _name = "supplier.purchase.override"
    _inherit = [
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.subject.mixin",
        "supplier.sealed.mixin",
    ]
    _description = "Override of Purchase Policies"
    _order = "date_to desc, id desc"
    _rec_name = "partner_id"
    _rec_names_search = ("partner_id", "order_id", "reason")
    _check_company_auto = True
    _sealed_anew = ("date_revoked", "revoked_uid")
    _sealed_order = "create_date"

    partner_id = fields.Many2one(readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    # Were it emptied with the order, the override would count for all orders.
    order_id = fields.Many2one(
        "purchase.order",
        readonly=True,
        check_company=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: it counts for every order of the supplier.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    order_amount = fields.Monetary(
        string="Up To",
        readonly=True,
        help="What the order was worth without taxes when it was overridden, in the "
        "currency of the company. The override counts neither above it, nor for other "
        "products, nor in spite of what is said against the order since then.",
    )
    # What the order was worth in its own currency, and what was said of which product.
    granted_for = fields.Json(readonly=True)
    reason = fields.Text(required=True, readonly=True)
    date_to = fields.Date(
        string="Until",
        required=True,
        readonly=True,
        help="Last day on which it counts, in the time zone of the company.",
    )
    user_id = fields.Many2one(
        "res.users", string="Granted By", required=True, readonly=True
    )
    date_revoked = fields.Datetime(string="Revoked On", readonly=True)
    revoked_uid = fields.Many2one(
        "res.users", string="Revoked By", readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        selection=[
            ("in_force", "In force"),
            ("expired", "Expired"),
            ("revoked", "Revoked"),
        ],
        compute="_compute_state",
    )

    @api.depends("date_to", "date_revoked", "company_id")
    def _compute_state(self):
        now = fields.Datetime.now()
        days = {
            company: company._supplier_day(now) for company in self.company_id.sudo()
        }
        for override in self:
            if override.date_revoked:
                override.state = "revoked"
            elif override.date_to < days[override.company_id]:
                override.state = "expired"
            else:
                override.state = "in_force"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_revoke(self):
        """End overrides at once; orders confirmed by then stay confirmed.

        :raises AccessError: the user is no approver
        """
        self.check_access("read")
        self._check_approver()
        revoked = self.filtered(lambda override: override.state == "in_force").sudo()
        revoked.write(
            {"date_revoked": fields.Datetime.now(), "revoked_uid": self.env.uid}
        )
        revoked._seal_soon(changed=True)
        orders = revoked.order_id
        for override in revoked.filtered(lambda one: not one.order_id):
            orders |= orders._told_of(override)
        orders._remind_of_gate_anew()
        revoked._note_on_order(
            {
                override.id: self.env._(
                    "Override of purchase policies revoked; it was granted by "
                    "%(user)s until %(date)s.",
                    user=override.user_id.name,
                    date=format_date(self.env, override.date_to),
                )
                for override in revoked
            }
        )

    # ------------------------------------------------------------
    # Seals
    # ------------------------------------------------------------

    @api.model
    def _sealed_columns(self):
        """Whose company a contact belongs to is decided elsewhere, and not read."""
        names = super()._sealed_columns()
        return [name for name in names if name != "commercial_partner_id"]

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _grant(self, partner, company, reason, date_to, order=None):
        """Let orders of the supplier pass until a day, that day included.

        :param order: the one order that passes; every order without it
        :raises AccessError: the user is no approver, or may not see the order and was
            not asked about it
        :raises UserError: the user created the order, the reason is empty or the
            day is past
        """
        self._check_approver()
        order = order or self.env["purchase.order"]
        if order:
            order = order._decided_by(self.env.user)
        partner.check_access("read")
        self._check_grant(company, reason, date_to, order)
        override = self.sudo().create(
            {
                "partner_id": partner.commercial_partner_id.id,
                "company_id": company.id,
                "order_id": order.id,
                "order_amount": order._supplier_gate_amount() if order else False,
                "granted_for": self._in_view_of(order) if order else False,
                "reason": reason.strip(),
                "date_to": date_to,
                "user_id": self.env.uid,
            }
        )
        override._note_on_order({override.id: override._note()})
        (order or order._asked_about(override))._tell_of_override(override)
        return override.sudo(self.env.su)

    @api.model
    def _in_view_of(self, order):
        """Return what an approver sees of an order: whatever comes later, is not.

        :raises AccessError: a company above decided what blocks the order, and the
            approver is none of that company
        """
        gate = PurchaseGate(order)
        verdicts = [gate.verdicts(operation)[order.id] for operation in OPERATIONS]
        self._check_companies_above(set().union(*(one.above_ids for one in verdicts)))
        return {
            "currency_id": order.currency_id.id,
            "amount": order.amount_untaxed,
            "blocked": sorted({each for one in verdicts for each in one.held_back()}),
        }

    @api.model
    def _check_grant(self, company, reason, date_to, order):
        """Refuse what is elsewhere, without a reason, past, or about the own order."""
        if company not in self.env.companies:
            raise AccessError(
                self.env._(
                    "You have no access to the company %(company)s.",
                    company=company.sudo().name,
                )
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the policy is overridden."))
        if date_to < company._supplier_day(fields.Datetime.now()):
            raise UserError(
                self.env._(
                    "The override would end on %(date)s, which is past: choose today "
                    "or a later day.",
                    date=format_date(self.env, date_to),
                )
            )
        if self.env.user in order._all_owners():
            raise UserError(
                self.env._(
                    "%(order)s is your own order: another approver has to decide "
                    "whether it passes.",
                    order=order.display_name,
                )
            )

    @api.model
    def _check_companies_above(self, above_ids):
        missing = above_ids - set(self.env.user.sudo().company_ids.ids)
        if missing:
            companies = self.env["res.company"].sudo().browse(sorted(missing))
            raise AccessError(
                self.env._(
                    "%(companies)s decided what blocks this order: only an approver "
                    "with access to that company lets it pass.",
                    companies=listed(self.env, companies.mapped("name")),
                )
            )

    @api.model
    def _in_force(self, partners, company, day):
        """Return what counts on a day for these suppliers, what is shortest first."""
        return self.search(
            [
                ("partner_id", "in", partners.ids),
                ("company_id", "=", company.id),
                ("date_to", ">=", day),
                ("date_revoked", "=", False),
            ],
            order="order_id, date_to, id",
        )

    def _supplier(self):
        """Return whose orders pass: by what is sealed, not by what is stored of it.

        Who became a contact since then excuses nobody of the company above.
        """
        return self.partner_id

    def _is_for(self, vendor, order):
        """Whether what is said of a vendor passes, on an order.

        One for a single order was granted with all in view that was said of it.

        :param vendor: who is judged: a company, or a contact that was one
        :param order: the order, or none yet
        """
        self.ensure_one()
        if not self.order_id:
            return self._supplier() == vendor
        judged = (vendor, vendor.commercial_partner_id)
        return self.order_id == order and self._supplier() in judged

    def _decided_for(self, above_ids):
        """Return those of approvers who have these companies above among theirs.

        Without a company above that decided anything, nobody is looked up.
        """
        if not above_ids:
            return self
        return self.filtered(
            lambda one: set(above_ids) <= set(one.user_id.sudo().company_ids.ids)
        )

    def _reaches(self, order):
        """Whether the order is worth no more than what the override was granted for.

        One for all orders of the supplier has no such end. In the currency of the order
        a new rate makes it worth no more.
        """
        self.ensure_one()
        if not self.order_id:
            return True
        seen, currency = self.granted_for or {}, order.currency_id
        if seen.get("currency_id") == currency.id:
            return currency.compare_amounts(order.amount_untaxed, seen["amount"]) <= 0
        amount = order._supplier_gate_amount()
        return self.currency_id.compare_amounts(amount, self.order_amount) <= 0

    def _had_in_view(self, verdict):
        """Whether all that blocks the order did so when the override was granted.

        Who let one product pass in spite of a poor grade did not see that another is
        bought now, or that the supplier was caught forging papers since then.

        :param Verdict verdict: on one of whom the order is bought
        """
        self.ensure_one()
        seen = self.granted_for
        # One for all orders knows none of them, and old ones did not note it.
        if not self.order_id or not seen:
            return True
        return set(verdict.held_back()) <= {tuple(each) for each in seen["blocked"]}

    def _note(self):
        self.ensure_one()
        return self.env._(
            "Overridden by %(user)s until %(date)s: %(reason)s",
            user=self.user_id.name,
            date=format_date(self.env, self.date_to),
            reason=self.reason,
        )

    def _note_on_order(self, bodies):
        """Note it on the order, if it is about one.

        The chatter of the supplier is read by all companies and all employees.
        """
        for override in self.filtered("order_id"):
            override.order_id._message_log(body=bodies[override.id])

    @api.model
    def _check_approver(self):
        if not self.env.user.has_group(APPROVER_GROUP):
            raise AccessError(
                self.env._(
                    "Only an approver of supplier evaluations overrides purchase "
                    "policies: ask one of them."
                )
            )
