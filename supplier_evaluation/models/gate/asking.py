from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_list

from ...tools.groups import APPROVER_GROUP, USER_GROUP, holders_of
from .gate import NAMES_SHOWN, PurchaseGate
from .purchase_order import ACTIVITY_TYPE

ASKED_TYPE = "supplier_evaluation.mail_activity_type_purchase_override"
BUYER_GROUP = "purchase.group_purchase_user"
# In these states nobody has to decide whether the order passes.
DECIDED = ("to approve", "purchase", "cancel")


class PurchaseOrder(models.Model):
    """A buyer asks the approvers for an override, and hears what became of it."""

    _inherit = "purchase.order"

    supplier_gate_asked = fields.Char(
        string="Asked for an Override",
        compute="_compute_supplier_gate_asked",
        groups=USER_GROUP,
    )

    @api.depends("activity_ids.activity_type_id", "activity_ids.user_id")
    @api.depends_context("lang")
    def _compute_supplier_gate_asked(self):
        for order in self:
            people = order._asks().user_id
            order.supplier_gate_asked = bool(people) and self.env._(
                "Asked for an override: %(names)s.",
                names=format_list(self.env, sorted(people.mapped("name"))),
            )

    def write(self, vals):
        """Ask nobody any more once it is decided, or about another vendor."""
        moved = self.browse()
        if "partner_id" in vals:
            moved = self.filtered(lambda one: one.partner_id.id != vals["partner_id"])
        result = super().write(vals)
        if vals.get("state") in DECIDED:
            self.sudo().activity_unlink([ASKED_TYPE, ACTIVITY_TYPE])
        elif moved:
            moved.sudo().activity_unlink([ASKED_TYPE])
        return result

    def action_ask_supplier_override(self):
        """Ask the approvers to decide whether the order passes, each by an activity.

        :raises UserError: nothing blocks the order, or nobody can override it
        """
        self.ensure_one()
        self.check_access("write")
        verdict = PurchaseGate(self).verdicts("order")[self.id]
        if verdict.level != "block":
            raise UserError(self.env._("No policy blocks this order: confirm it."))
        approvers = self._independent_approvers()
        if not approvers:
            raise UserError(verdict.lifters)
        order = self.sudo()
        # Who is asked twice, or was told that it is held up, gets one activity.
        order.activity_unlink([ASKED_TYPE])
        for approver in approvers:
            order.activity_unlink([ACTIVITY_TYPE], user_id=approver.id)
            own = order.with_context(lang=approver.lang)
            own.activity_schedule(
                ASKED_TYPE,
                user_id=approver.id,
                summary=own.env.ref(ASKED_TYPE).name,
                note=Markup("<br/>").join(
                    [
                        own.env._(
                            "%(user)s asks you to decide whether this order passes.",
                            user=self.env.user.name,
                        ),
                        *verdict.lines(),
                    ]
                ),
            )
        order._message_log(
            body=self.env._(
                "Asked for an override: %(names)s.",
                names=", ".join(approvers.mapped("name")),
            )
        )

    def _independent_approvers(self):
        """Return who may override a policy for the order: nobody it belongs to.

        Those who can open the order are asked, others only if there is none of them.
        """
        self.ensure_one()
        involved = self.env.user | self.create_uid | self.user_id
        approvers = holders_of(self.env, APPROVER_GROUP, self.company_id) & Domain(
            "id", "not in", involved.ids
        )
        buyers = Domain("all_group_ids", "in", self.env.ref(BUYER_GROUP).id)
        users = self.env["res.users"].sudo()
        found = {"order": "name, id", "limit": NAMES_SHOWN}
        return users.search(approvers & buyers, **found) or users.search(
            approvers, **found
        )

    def _tell_of_override(self, override):
        """Nobody has to decide any more; the buyer can confirm."""
        for order in self.with_user(override.user_id).sudo():
            buyer = order._who_confirms()
            order.activity_unlink([ASKED_TYPE, ACTIVITY_TYPE])
            if buyer:
                own = order.with_context(lang=buyer.lang)
                own.activity_schedule(
                    ACTIVITY_TYPE,
                    user_id=buyer.id,
                    summary=own.env._("Overridden: the order can be confirmed"),
                    note=override.with_context(lang=buyer.lang)._note(),
                )

    def _who_confirms(self):
        """Return the buyer, or who asked for an override, or made the order.

        Nobody reads what a replenishment order's robot gets, or who has left.
        """
        people = (*self.user_id, *self._asks().create_uid, *self.create_uid)
        return next(
            (one for one in people if self._reads_activities(one)),
            self._independent_approvers()[:1],
        )

    def _decided_by(self, user):
        """Return the order for who decides about it.

        Who was asked, or told that it is held up, may decide without reading orders.

        :raises AccessError: the user neither sees it nor was told of it
        """
        if user not in self._asks(ASKED_TYPE, ACTIVITY_TYPE).user_id:
            self.check_access("read")
        return self.sudo()

    def _asks(self, *types):
        """Return the activities by which approvers are asked for an override.

        :param types: other types of activities
        """
        found = self.env["mail.activity.type"]
        for name in types or (ASKED_TYPE,):
            found |= self.env.ref(name, raise_if_not_found=False) or found
        return self.sudo().activity_ids.filtered(
            lambda one: one.activity_type_id in found
        )

    def _reads_activities(self, user):
        return (
            user.active
            and not user.share
            and not user._is_superuser()
            and self.company_id in user.company_ids
        )

    @api.model
    def _told_of(self, override):
        """Return the orders that an override of all orders of a supplier let pass."""
        return self.sudo().search(
            [
                ("activity_ids.activity_type_id", "=", self.env.ref(ACTIVITY_TYPE).id),
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    override.commercial_partner_id.id,
                ),
                ("company_id", "=", override.company_id.id),
                ("state", "in", ("draft", "sent")),
            ]
        )

    @api.model
    def _asked_about(self, override):
        """Return the orders that an override of all orders of a supplier answers.

        Not those of whoever granted it: it does not count for them.
        """
        return self.sudo().search(
            [
                ("activity_ids.activity_type_id", "=", self.env.ref(ASKED_TYPE).id),
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    override.commercial_partner_id.id,
                ),
                ("company_id", "=", override.company_id.id),
                ("create_uid", "!=", override.user_id.id),
                ("user_id", "!=", override.user_id.id),
            ]
        )
