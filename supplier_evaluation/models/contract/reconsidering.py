from odoo import api, fields, models
from odoo.exceptions import UserError


class SupplierContractPenalty(models.Model):
    """A claim that its records do not carry any more is told, and decided on anew.

    What was claimed stays what it is: the supplier was told that amount.
    """

    _inherit = "supplier.contract.penalty"

    is_outdated = fields.Boolean(
        string="Records Changed",
        readonly=True,
        copy=False,
        help="Since it was claimed, its records changed: they say another amount, or "
        "none.",
    )
    can_reconsider = fields.Boolean(compute="_compute_can_reconsider")

    @api.depends("state", "is_outdated", "order_id")
    @api.depends_context("uid")
    def _compute_can_reconsider(self):
        for penalty in self:
            penalty.can_reconsider = (
                penalty.state == "claimed"
                and penalty.is_outdated
                and not penalty._decider_problem()
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_reconsider(self):
        """Take back the claims that the records do not carry, to decide on them anew.

        :raises AccessError: the user is no manager, or bought it
        :raises UserError: it is not claimed, is credited, or is what its records say
        """
        self._check_decider()
        self.sudo().lock_for_update()
        self.invalidate_recordset()
        self._check_to_reconsider()
        due = self._due_of_own()
        for penalty in self.sudo():
            penalty._reconsider(due.get(penalty.purchase_line_id))

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _compare_claims(self, due):
        """Note which claims the records do not carry, and tell who decided, once.

        :param dict due: see :meth:`_due`
        """
        claims = self.filtered(lambda one: one.state == "claimed")
        outdated = claims.filtered(
            lambda one: not one._is_carried(due.get(one.purchase_line_id))
        )
        carried = (claims - outdated).filtered("is_outdated")
        carried._write_guarded({"is_outdated": False})
        news = outdated.filtered(lambda one: not one.is_outdated)
        news._write_guarded({"is_outdated": True})
        people = self.env["res.company"]._supplier_listeners(
            {one: (one.decided_uid,) for one in news}
        )
        for penalty, person in people.items():
            penalty._tell_outdated(person, due.get(penalty.purchase_line_id))

    def _is_carried(self, due):
        """Whether the records say what was claimed.

        :param dict due: what they say now, or None
        """
        self.ensure_one()
        if not due:
            return False
        currency = self.currency_id
        return due["currency_id"] == currency.id and currency.is_zero(
            due["amount"] - self.amount
        )

    def _tell_outdated(self, person, due):
        """Tell somebody in words what the records of a claim say now.

        :param person: a user, or nobody
        :param dict due: what they say, or None
        """
        penalty = self.with_context(lang=person.lang or self.env.lang)
        currency = self.env["res.currency"].browse(
            due["currency_id"] if due else self.currency_id.id
        )
        penalty.message_post(
            body=penalty.env._(
                "%(claimed)s was claimed for %(penalty)s; its records say %(now)s now. "
                "Decide anew, or leave it as it is.",
                claimed=self.currency_id.format(self.amount),
                penalty=self.display_name,
                now=currency.format(due["amount"] if due else 0),
            ),
            partner_ids=person.partner_id.ids,
        )

    def _check_to_reconsider(self):
        """Refuse what is not claimed, or is what the records say.

        :raises UserError: names the penalty
        """
        self._check_state("claimed")
        for penalty in self:
            if not penalty.is_outdated:
                raise UserError(
                    self.env._(
                        "%(penalty)s is decided, and its records say what was claimed.",
                        penalty=penalty.display_name,
                    )
                )

    def _reconsider(self, due):
        """Propose it anew as its records say, or drop it.

        :param dict due: what they say, or None
        """
        self._write_guarded(
            {
                "state": "proposed",
                "is_outdated": False,
                "reason": False,
                "decided_uid": False,
                "date_decided": False,
            }
        )
        self._follow(due)
