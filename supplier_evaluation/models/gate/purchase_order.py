from contextlib import contextmanager

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_dialog
from ...tools.groups import USER_GROUP
from ...tools.wording import labelled
from .gate import PurchaseGate
from .verdict import LEVELS, Verdict, banner_text
from .watching import watching_gate

# What of a confirmed order is looked at when it is changed.
WATCHED = frozenset(
    {"partner_id", "company_id", "currency_id", "payment_term_id", "order_line"}
)
# What an order is judged by when it is sent or confirmed.
JUDGED = WATCHED | {"date_order", "user_id"}
# Which operation brings an order into a state, and from which states it is none.
OPERATION_TO = {"sent": "rfq", "to approve": "order", "purchase": "order"}
ALREADY = {
    "sent": ("sent", "to approve", "purchase"),
    "to approve": ("to approve", "purchase"),
    "purchase": ("purchase",),
}


class PurchaseOrder(models.Model):
    """The gate: what a policy refuses does not reach the vendor.

    The gate stands where the state changes, so every way there leads through it.
    """

    _inherit = "purchase.order"

    supplier_gate_level = fields.Selection(
        selection=LEVELS,
        string="Purchase Policy",
        compute="_compute_supplier_gate",
        groups=USER_GROUP,
    )
    supplier_gate_message = fields.Text(
        compute="_compute_supplier_gate", groups=USER_GROUP
    )
    supplier_gate_override = fields.Selection(
        selection=[("counts", "Counts"), ("own", "Granted by You")],
        string="Policy override",
        compute="_compute_supplier_gate",
        groups=USER_GROUP,
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends(
        "partner_id",
        "company_id",
        "state",
        "order_line.product_id",
        "amount_untaxed",
        "currency_rate",
    )
    @api.depends_context("uid", "lang")
    def _compute_supplier_gate(self):
        self.supplier_gate_level = False
        self.supplier_gate_message = False
        self.supplier_gate_override = False
        orders = self.filtered(lambda o: o.state in ("draft", "sent", "to approve"))
        gate = PurchaseGate(orders)
        confirming, sending = gate.verdicts("order"), gate.verdicts("rfq")
        for order in orders:
            to_confirm, to_send = confirming[order.id], sending[order.id]
            if order.state == "to approve":
                to_send = Verdict()
            levels = {to_confirm.level, to_send.level}
            order.supplier_gate_level = next(
                (level for level in ("block", "warn") if level in levels), False
            )
            order.supplier_gate_message = banner_text(self.env, to_confirm, to_send)
            # One that lets it be sent and not confirmed does not let it pass.
            strictest = to_confirm if to_confirm.level else to_send
            order.supplier_gate_override = strictest.override or False

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        for state, operation in OPERATION_TO.items():
            orders.filtered_domain([("state", "=", state)])._check_gate(operation)
        return orders

    def write(self, vals):
        """Check every order that is sent or confirmed, whatever method does it.

        Of confirmed orders, check what a change buys more. The values are written in
        one step, since other add-ons judge them together.
        """
        state = vals.get("state")
        entering = self._entering_gate(state)
        watched = self - entering if WATCHED & vals.keys() else self.browse()
        with watching_gate(watched):
            if not entering:
                return super().write(vals)
            operation = OPERATION_TO[state]
            if JUDGED & vals.keys():
                # By the values that it is to have: a refusal takes them back.
                result = super().write(vals)
                verdicts = entering._check_gate(operation)
            else:
                verdicts = entering._check_gate(operation)
                result = super().write(vals)
        entering._note_gate(operation, verdicts)
        return result

    def _entering_gate(self, state):
        """Return the orders that are to be judged when they enter the state."""
        if state not in OPERATION_TO:
            return self.browse()
        passed = self._gate_passed()
        return self.filtered(
            lambda order: order.id not in passed and order.state not in ALREADY[state]
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_rfq_send(self):
        self.filtered(lambda o: o.state in ("draft", "sent"))._check_gate("rfq")
        return super().action_rfq_send()

    def print_quotation(self):
        self.filtered(lambda o: o.state in ("draft", "sent"))._check_gate("rfq")
        return super().print_quotation()

    def button_confirm(self):
        """Confirm all orders or none: one message says what is wrong with which.

        An automatic run (context ``supplier_gate_defer``) leaves blocked orders
        unconfirmed, with an activity, and confirms the others.
        """
        asked = self.filtered(lambda order: order.state in ("draft", "sent"))
        is_deferring = self.env.context.get("supplier_gate_defer")
        if is_deferring:
            # What is not confirmed anyway takes nothing from the others.
            asked -= asked._defer_blocked(PurchaseGate(asked).verdicts("order"))
        verdicts = PurchaseGate(asked, together=True).verdicts("order")
        if is_deferring:
            asked -= asked._defer_blocked(verdicts)
        elif any(verdict.level == "block" for verdict in verdicts.values()):
            asked._refuse_confirmation(verdicts)
        with asked._passing_gate():
            result = super(PurchaseOrder, asked).button_confirm()
        # The super method may ask something first, and confirm nothing yet.
        confirmed = asked.filtered(lambda o: o.state in ("to approve", "purchase"))
        confirmed._note_gate("order", verdicts)
        return result

    def action_override_supplier_gate(self):
        """Ask an approver why and until when the order passes."""
        self.ensure_one()
        return open_dialog(
            "supplier.purchase.override.wizard",
            self.env._("Override Purchase Policies"),
            {
                "order_id": self.id,
                "partner_id": self.partner_id.commercial_partner_id.id,
                "company_id": self.company_id.id,
            },
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _confirmation_error_message(self):
        """Refuse what a policy blocks; see :meth:`button_confirm` for many orders."""
        message = super()._confirmation_error_message()
        if message or self.id in self._gate_passed():
            return message
        return self._gate_refusal("order", PurchaseGate(self).verdicts("order"))

    def _check_gate(self, operation):
        """Raise if one of the orders is blocked; return the verdicts by order id."""
        verdicts = PurchaseGate(self, together=True).verdicts(operation)
        refusals = [order._gate_refusal(operation, verdicts) for order in self]
        if any(refusals):
            raise UserError("\n\n".join(filter(None, refusals)))
        return verdicts

    def _defer_blocked(self, verdicts):
        """Tell of the orders that are blocked, and return them."""
        blocked = self.filtered(lambda order: verdicts[order.id].level == "block")
        if blocked:
            blocked._remind_of_gate()
        return blocked

    def _refuse_confirmation(self, verdicts):
        """Raise with what is wrong with each of the orders."""
        with self._passing_gate():
            others = {order: order._confirmation_error_message() for order in self}
        refusals = []
        for order in self:
            refusal = order._gate_refusal("order", verdicts)
            if not refusal and others[order]:
                refusal = labelled(self.env, order.display_name, others[order])
            refusals.append(refusal)
        raise UserError("\n\n".join(filter(None, refusals)))

    def _gate_refusal(self, operation, verdicts):
        """Return why the order is refused and who can lift it, or False."""
        self.ensure_one()
        verdict = verdicts[self.id]
        if verdict.level != "block":
            return False
        names = {"order": self.display_name, "supplier": self.partner_id.display_name}
        if operation == "rfq":
            title = self.env._("%(order)s cannot be sent to %(supplier)s:", **names)
        else:
            title = self.env._(
                "%(order)s to %(supplier)s cannot be confirmed:", **names
            )
        return "\n".join([title, *verdict.lines()])

    def _supplier_gate_findings(self, operation, together):
        """Return what else is to be said of the orders than the policies do.

        To be extended by who knows more of them, for all orders at once.

        :param str operation: ``rfq`` to send a request, ``order`` to confirm
        :param bool together: whether the orders are to be confirmed at once
        :return: lists of ``Finding`` by order id
        """
        return {}

    def _supplier_gate_amount(self):
        """Return what the order is worth: untaxed, in the currency of the company."""
        self.ensure_one()
        return self.amount_untaxed / (self.currency_rate or 1.0)

    def _gate_passed(self):
        """Return the ids of the orders that are just being confirmed.

        They were checked together; kept with the transaction because a context
        could come from a client.
        """
        return self.env.cr.cache.setdefault("supplier_gate_passed", set())

    @contextmanager
    def _passing_gate(self):
        added = set(self.ids) - self._gate_passed()
        self._gate_passed().update(added)
        try:
            yield
        finally:
            self._gate_passed().difference_update(added)

    def _note_gate(self, operation, verdicts):
        """Note on the orders what they were sent or confirmed in spite of."""
        spoken = self.filtered(lambda order: verdicts[order.id].level)
        if not spoken:
            return
        title = (
            self.env._("Sent in spite of a purchase policy:")
            if operation == "rfq"
            else self.env._("Confirmed in spite of a purchase policy:")
        )
        spoken._message_log_batch(
            bodies={
                order.id: Markup("<br/>").join([title, *verdicts[order.id].lines()])
                for order in spoken
            }
        )
