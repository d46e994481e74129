from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_list, ormcache, plaintext2html

from ...tools.groups import USER_GROUP
from ...tools.wording import listed
from .gate import PurchaseGate
from .judging.overriding import NAMES_SHOWN, approvers_of

# That an order is held up, or can be confirmed; and that somebody is to decide.
ACTIVITY_TYPE = "supplier_evaluation.mail_activity_type_purchase_gate"
ASKED_TYPE = "supplier_evaluation.mail_activity_type_purchase_override"
BUYER_GROUP = "purchase.group_purchase_user"
# In these states nobody has to decide whether the order passes.
DECIDED = ("to approve", "purchase", "cancel")


class PurchaseOrder(models.Model):
    """Who is told of a blocked order, asked about it, and told what became of it."""

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
            people = order._gate_activities(ASKED_TYPE).user_id
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
        done = self if vals.get("state") in DECIDED else moved
        if done:
            # What was planned tells of the vendor that it had.
            done._unlink_gate_activities([ASKED_TYPE, ACTIVITY_TYPE])
        return result

    def _unlink_gate_activities(self, kinds):
        if self.env["mail.activity"]._any_of_gate():
            self.sudo().activity_unlink(kinds)

    def action_ask_supplier_override(self):
        """Ask the approvers to decide whether the order passes, each by an activity.

        :raises UserError: nothing blocks the order, or nobody can override it
        """
        self.ensure_one()
        self.check_access("write")
        verdict = PurchaseGate(self).verdicts("order")[self.id]
        if verdict.level != "block":
            raise UserError(self.env._("No policy blocks this order: confirm it."))
        approvers = self._independent_approvers(verdict.above_ids)
        if not approvers:
            raise UserError(verdict.lifters)
        order = self.sudo()
        # Who is asked twice gets one activity.
        order.activity_unlink([ASKED_TYPE])
        for lang, people in approvers.grouped("lang").items():
            self.with_context(lang=lang)._ask_for_override(people)
        order._message_log(
            body=self.env._(
                "Asked for an override: %(names)s.",
                names=listed(self.env, approvers.mapped("name")),
            )
        )

    def _ask_for_override(self, approvers):
        """Ask approvers who read the language of the context."""
        note = [
            self.env._(
                "%(user)s asks you to decide whether this order passes.",
                user=self.env.user.name,
            ),
            *PurchaseGate(self).verdicts("order")[self.id].lines(),
        ]
        order = self.sudo()
        for approver in approvers:
            # Who was told that it is held up has one thing to do, not two.
            order.activity_unlink([ACTIVITY_TYPE], user_id=approver.id)
            order.activity_schedule(
                ASKED_TYPE,
                user_id=approver.id,
                summary=order.env.ref(ASKED_TYPE).name,
                note=Markup("<br/>").join(note),
            )

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def _remind_of_gate(self):
        """Tell of blocked orders that nobody is looking at, each order once.

        They are judged for who confirms them, in the language of this person. Where
        there is nobody yet, somebody is told the next time.
        """
        orders = self.sudo()
        orders -= orders.filtered(lambda one: one._gate_activities(ACTIVITY_TYPE))
        for user, some in orders.grouped(lambda one: one._who_confirms()).items():
            if user:
                some.with_context(lang=user.lang)._tell_of_block(user)

    def _tell_of_block(self, user):
        for order_id, verdict in self._held_up_for(user).items():
            self.browse(order_id).activity_schedule(
                ACTIVITY_TYPE,
                user_id=user.id,
                note=Markup("<br/>").join(verdict.lines()),
            )

    def _held_up_for(self, user):
        """Return ``{order id: verdict}`` of what a user cannot confirm, or not send."""
        gate = PurchaseGate(self.with_user(user))
        sending = gate.verdicts("rfq")
        verdicts = {
            order_id: verdict if verdict.level == "block" else sending[order_id]
            for order_id, verdict in gate.verdicts("order").items()
        }
        return {
            order_id: verdict
            for order_id, verdict in verdicts.items()
            if verdict.level == "block"
        }

    def _remind_of_gate_anew(self):
        """Tell that orders are blocked again, instead of that they can be confirmed."""
        self.activity_unlink([ACTIVITY_TYPE])
        self.filtered(lambda one: one.state in ("draft", "sent"))._remind_of_gate()

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
                    note=plaintext2html(override.with_context(lang=buyer.lang)._note()),
                )

    # ------------------------------------------------------------
    # People
    # ------------------------------------------------------------

    def _independent_approvers(self, above_ids=()):
        """Return who may override a policy for the order: nobody it belongs to.

        Those who can open the order are asked, others only if there is none of them.

        :param above_ids: the companies above that decided what blocks it
        """
        self.ensure_one()
        involved = self.env.user | self._all_owners()
        approvers = approvers_of(self.env, self.company_id, above_ids) & Domain(
            "id", "not in", involved.ids
        )
        buyers = Domain("all_group_ids", "in", self.env.ref(BUYER_GROUP).id)
        users = self.env["res.users"].sudo()
        found = {"order": "name, id", "limit": NAMES_SHOWN}
        return users.search(approvers & buyers, **found) or users.search(
            approvers, **found
        )

    def _who_confirms(self):
        """Return the buyer, or who asked for an override, or made the order.

        Nobody reads what a replenishment order's robot gets, or who has left.
        """
        asked = self._gate_activities(ASKED_TYPE)
        people = (*self.user_id, *asked.create_uid, *self.create_uid)
        return next(
            (one for one in people if self._reads_activities(one)),
            self._independent_approvers()[:1],
        )

    def _reads_activities(self, user):
        return (
            user.active
            and not user.share
            and not user._is_superuser()
            and self.company_id in user.company_ids
        )

    def _decided_by(self, user):
        """Return the order for who decides about it.

        Who was asked, or told that it is held up, may decide without reading orders.

        :raises AccessError: the user neither sees it nor was told of it
        """
        if user not in self._gate_activities(ASKED_TYPE, ACTIVITY_TYPE).user_id:
            self.check_access("read")
        return self.sudo()

    # ------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------

    def _gate_activities(self, *types):
        """Return the activities of these types, given by their external ids."""
        found = self.env["ir.model.data"]._xmlid_to_res_id
        ids = {found(name) for name in types}
        return self.sudo().activity_ids.filtered(
            lambda one: one.activity_type_id.id in ids
        )

    @api.model
    def _concerned(self, override, activity_type):
        """Return the domain of a supplier's orders that have an activity of a type.

        :param override: of all orders of the supplier
        """
        supplier = override._supplier()
        return Domain(
            [
                ("activity_ids.activity_type_id", "=", self.env.ref(activity_type).id),
                ("partner_id.commercial_partner_id", "=", supplier.id),
                ("company_id", "=", override.company_id.id),
            ]
        )

    @api.model
    def _asked_about(self, override):
        """Return the orders that an override of all orders of a supplier answers.

        Not those of whoever granted it: it does not count for them.
        """
        granted_by = override.user_id.id
        return self.sudo().search(
            self._concerned(override, ASKED_TYPE)
            & Domain("create_uid", "!=", granted_by)
            & Domain("user_id", "!=", granted_by)
        )

    @api.model
    def _told_of(self, override):
        """Return the orders that an override of all orders of a supplier let pass."""
        return self.sudo().search(
            self._concerned(override, ACTIVITY_TYPE)
            & Domain("state", "in", ("draft", "sent"))
        )


class MailActivity(models.Model):
    """Knows whether anybody was ever asked: every order that is confirmed wants to."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._note_gate_kind()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if "activity_type_id" in vals:
            self._note_gate_kind()
        return result

    def _note_gate_kind(self):
        """The first of its kind: other processes may still think that there is none."""
        kinds = self._gate_kinds()
        found = self.sudo().filtered(lambda one: one.activity_type_id.id in kinds)
        if found and not self._find_of_gate(but=found):
            self._forget_answers()

    @api.model
    def _gate_kinds(self):
        """Return the ids of the kinds of activities that the gate plans."""
        data = self.env["ir.model.data"]
        found = (
            data._xmlid_to_res_id(kind, raise_if_not_found=False)
            for kind in (ACTIVITY_TYPE, ASKED_TYPE)
        )
        return [kind_id for kind_id in found if kind_id]

    @api.model
    @ormcache()
    def _any_of_gate(self):
        """Whether there is an activity of the gate, done or not, on whatever order."""
        return self._find_of_gate()

    def _find_of_gate(self, but=()):
        query = SQL(
            "SELECT FROM mail_activity"
            " WHERE activity_type_id = ANY(%s) AND id <> ALL(%s::integer[]) LIMIT 1",
            self._gate_kinds(),
            [one.id for one in but],
            to_flush=self._fields["activity_type_id"],
        )
        return bool(self.env.execute_query(query))
