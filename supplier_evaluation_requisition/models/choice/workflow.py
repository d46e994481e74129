from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare

from odoo.addons.supplier_evaluation.tools.actions import open_form
from odoo.addons.supplier_evaluation.tools.groups import MANAGER_GROUP
from odoo.addons.supplier_evaluation.tools.numbers import number
from odoo.addons.supplier_evaluation.tools.wording import listed

from ..purchase_order_line import OPEN


class SupplierChoice(models.Model):
    """How somebody is chosen, and what follows."""

    _inherit = "supplier.choice"

    other_offer_count = fields.Integer(
        string="Open Offers of Others", compute="_compute_other_offer_count"
    )

    def _compute_other_offer_count(self):
        for choice in self:
            choice.other_offer_count = len(choice._other_offers())

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    def action_choose(self):
        """Choose the candidate: from now on nothing of the list changes.

        :raises UserError: something is missing for a choice that can be followed
        """
        self.check_access("write")
        self._check_open()
        for choice in self:
            choice._check_ready()
            choice._write_guarded(
                {
                    "state": "chosen",
                    "user_id": self.env.uid,
                    "date_chosen": fields.Datetime.now(),
                    "round": choice.round + 1,
                    "reason": False,
                }
            )
            choice.message_post(body=choice._choice_in_words())

    def action_drop(self, reason=None):
        """End the comparison without choosing anybody.

        :raises UserError: no reason is given
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        reason = self._read_reason(reason)
        self._write_guarded(
            {"state": "dropped", "candidate_id": False, "reason": False}
        )
        self._tell_why(self.env._("Nobody is chosen."), reason)

    def action_reopen(self, reason=None):
        """Compare anew; what was chosen and why stays in the chatter.

        :raises AccessError: the user is no manager there
        :raises UserError: no reason is given
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("chosen", "dropped")
        is_here = self.sudo().company_id in self.env.user.company_ids
        if not is_here or not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._(
                    "Only a manager of supplier evaluations in %(company)s has "
                    "“%(choice)s” compared anew: ask one of them.",
                    company=self.sudo().company_id.name,
                    choice=self.title,
                )
            )
        reason = self._read_reason(reason)
        self._take_turns()
        self._write_guarded(
            {
                "state": "draft",
                "candidate_id": False,
                "choice_reason": False,
                "user_id": False,
                "date_chosen": False,
                "reason": False,
            }
        )
        self._tell_why(self.env._("It is compared anew."), reason)

    def _tell_why(self, what, reason):
        body = Markup("<p>%s</p><p>%s</p>") % (what, reason)
        self.message_post(body=body)

    # ------------------------------------------------------------
    # What makes a choice
    # ------------------------------------------------------------

    def _check_ready(self):
        """Refuse a choice that nobody could follow later."""
        self.ensure_one()
        chosen = self.candidate_id
        if not chosen or chosen.choice_id != self:
            raise UserError(
                self.env._("Say who is to be chosen for “%s” first.", self.title)
            )
        if float_compare(self.weight_total, 100, precision_digits=2):
            raise UserError(
                self.env._(
                    "The weights of “%(choice)s” add up to %(total)s %%, not to "
                    "100 %%: change them first.",
                    choice=self.title,
                    total=number(self.env, self.weight_total, 2),
                )
            )
        self._check_offers()
        self.score_ids._check_reason()
        self.score_ids._check_figure()
        self._check_prices()
        is_told = bool((self.choice_reason or "").strip())
        if not is_told and (problem := self._needs_reason()):
            raise UserError(problem)

    def _check_offers(self):
        """Refuse a cancelled offer, and offers that are of other vendors by now."""
        self.candidate_ids._check_offer()
        chosen = self.candidate_id
        if chosen.sudo().order_id.state == "cancel":
            raise UserError(
                self.env._(
                    "%s is cancelled: set it to draft, or choose another offer.",
                    chosen.display_name,
                )
            )

    def _needs_reason(self):
        """Return why the choice has to be explained, or False."""
        self.ensure_one()
        chosen = self.candidate_id
        if len(self.candidate_ids) == 1:
            return self.env._(
                "%s is the only candidate: fill in “Why This One”.",
                chosen.display_name,
            )
        if chosen.rank is False:
            return self.env._(
                "%(candidate)s is not ranked, as something is missing: %(missing)s. "
                "Fill that in, or say in “Why This One” why it is chosen all the same.",
                candidate=chosen.display_name,
                missing=chosen.missing,
            )
        if chosen.rank > 1:
            return self.env._(
                "%(candidate)s is number %(rank)s, not the first: fill in “Why This "
                "One”.",
                candidate=chosen.display_name,
                rank=chosen.rank,
            )
        return False

    def _choice_in_words(self):
        """Return who is chosen and how all candidates stood, as HTML."""
        self.ensure_one()
        rows = Markup().join(
            Markup("<li>%s</li>") % candidate._standing_in_words()
            for candidate in self._by_rank()
        )
        body = Markup("<p>%s</p><ul>%s</ul>") % (
            self.env._("Chosen: %s", self.candidate_id.display_name),
            rows,
        )
        if self.choice_reason:
            body += Markup("<p>%s</p>") % self.choice_reason
        return body

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    def action_open_order(self):
        """Open the offer of who is chosen; without one, a new request to them."""
        self.ensure_one()
        self._check_state("chosen")
        order = self.candidate_id.order_id or self._request()
        return open_form(order._name, order.name, record=order)

    def _request(self):
        """Make a request for quotation to who is chosen, and note which it is."""
        self.ensure_one()
        orders = self.env["purchase.order"].with_company(self.company_id)
        order = orders.create(
            {
                "partner_id": self.candidate_id.partner_id.id,
                "company_id": self.company_id.id,
                "origin": self.title,
                "requisition_id": self.requisition_id.id,
            }
        )
        if order.requisition_id:
            order._onchange_requisition_id()
        self.candidate_id.sudo()._write_guarded({"order_id": order.id})
        return order

    def action_cancel_others(self):
        """Cancel the open offers of the others.

        :raises UserError: nobody is chosen
        """
        self.ensure_one()
        self._check_state("chosen")
        offers = self._other_offers()
        offers.button_cancel()
        if offers:
            names = listed(self.env, offers.mapped("name"))
            self.message_post(body=self.env._("Cancelled: %s", names))

    def _other_offers(self):
        """Return the open offers of who was not chosen."""
        self.ensure_one()
        if self.state != "chosen":
            return self.env["purchase.order"]
        own = self.sudo()
        offers = own.candidate_ids.order_id - own.candidate_id.order_id
        # Whether they may be cancelled, Odoo says.
        return offers.filtered(lambda order: order.state in OPEN).with_env(self.env)


class SupplierChoiceCandidate(models.Model):
    _inherit = "supplier.choice.candidate"

    def _standing_in_words(self):
        """Return rank and score, or what is missing for them."""
        self.ensure_one()
        if self.rank is False:
            return self.env._(
                "%(candidate)s: not ranked, missing: %(missing)s",
                candidate=self.display_name,
                missing=self.missing,
            )
        return self.env._(
            "%(candidate)s: number %(rank)s, %(score)s points",
            candidate=self.display_name,
            rank=self.rank,
            score=number(self.env, self.score, 2),
        )
