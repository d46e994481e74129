from datetime import date

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.activities import plan, planned
from ...tools.groups import MANAGER_GROUP, holders_of
from .kinds import OVER, RANKS, SERIOUS, SEVERITIES, STATES

CLOSING = "supplier_evaluation.mail_activity_type_risk_closing"
# Who writes these has a hand in how the signal is judged.
JUDGED = {
    "amount",
    "company_id",
    "currency_id",
    "date",
    "date_end",
    "description",
    "external_ref",
    "kind",
    "link",
    "measures",
    "name",
    "partner_id",
    "rating",
    "severity",
    "source",
    "user_id",
}


class SupplierRiskSignal(models.Model):
    """What becomes of a signal: anybody confirms it, a manager closes it.

    A serious one is closed by a manager who had no hand in it, who alone also makes it
    weigh less and deletes it. What counts is how serious it has ever been said to be:
    making light of it does not shorten the way.
    """

    _inherit = "supplier.risk.signal"

    severity_worst = fields.Selection(
        SEVERITIES,
        string="Worst Severity So Far",
        readonly=True,
        copy=False,
        help="By this it is decided whether a second person closes it.",
    )
    closing_state = fields.Selection(
        [state for state in STATES if state[0] in OVER],
        string="Asked to Become",
        readonly=True,
        copy=False,
        tracking=True,
    )
    closing_uid = fields.Many2one(
        "res.users", string="Asked By", readonly=True, copy=False
    )
    closed_uid = fields.Many2one(
        "res.users", string="Closed By", readonly=True, copy=False
    )
    date_closed = fields.Datetime(string="Closed On", readonly=True, copy=False)
    involved_ids = fields.Many2many(
        "res.users",
        "supplier_risk_signal_involved_rel",
        string="Had a Hand in It",
        readonly=True,
        copy=False,
        help="Who entered or owned it, changed how it is judged, or asked to close it: "
        "of a serious signal, they do not approve that.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "state",
            "severity_worst",
            "closing_state",
            "closing_uid",
            "closed_uid",
            "date_closed",
            "involved_ids",
        }

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Who enters a signal by hand has a hand in it; who takes a file has not."""
        signals = super().create(vals_list)
        nobody = self.env["res.users"]
        author = nobody if self._is_unguarded() else self.env.user
        for owner, some in signals.grouped("user_id").items():
            some._note_involved(owner | author)
        signals._note_worst()
        return signals

    def write(self, vals):
        """Note who has a hand in it; what is closed is not changed any more."""
        if not JUDGED & vals.keys() or self._is_unguarded():
            result = super().write(vals)
        else:
            self._check_not_over()
            owners = {signal: signal.user_id for signal in self}
            weights = {one: one._weight() for one in self._not_to_be_made_lighter()}
            result = super().write(vals)
            for signal, weight in weights.items():
                signal._check_weight(weight)
            for signal in self:
                signal._note_involved(owners[signal] | signal.user_id | self.env.user)
        if {"severity", "kind", "rating"} & vals.keys():
            self._note_worst()
        return result

    def _not_to_be_made_lighter(self):
        """Return the serious ones that the user would not close alone either."""
        if self.env.su:
            return self.browse()
        serious = self.filtered(lambda one: one._is_serious())
        if not self.env.user.has_group(MANAGER_GROUP):
            return serious
        return serious.filtered(lambda one: one._segregation_problem())

    def _weight(self):
        """Return what a signal weighs by: how much, until when, and as what."""
        subject = (self.company_id, self.commercial_partner_id, self.kind, self.date)
        return RANKS.get(self.severity, 0), self.date_end or date.max, subject

    def _check_weight(self, before):
        """Refuse what takes weight off a serious signal without closing it.

        :param before: of :meth:`_weight`, until now
        :raises AccessError: it was made lighter
        """
        rank, end, subject = self._weight()
        if rank < before[0] or end < before[1] or subject != before[2]:
            raise AccessError(
                self.env._(
                    "%s is serious: a manager who had no hand in it changes its "
                    "supplier, kind and dates, or makes it less severe. Ask to close "
                    "it instead.",
                    self.display_name,
                )
            )

    def _check_not_over(self):
        for signal in self:
            if signal.state in OVER:
                raise UserError(
                    self.env._(
                        "%s is closed. Open it again to change it.",
                        signal.display_name,
                    )
                )

    @api.ondelete(at_uninstall=True)
    def _unlink_unless_closed(self):
        """What was decided stays on record, and nobody deletes what they cannot close.

        :raises AccessError: a serious one, by somebody who had a hand in it
        """
        self._check_not_over()
        for signal in self._not_to_be_made_lighter():
            raise AccessError(signal._segregation_text())

    def _note_involved(self, people):
        """Remember who had a hand in it."""
        people = people.filtered(lambda one: not one.share)
        missing = self.filtered(lambda one: people - one.sudo().involved_ids)
        if people and missing:
            missing._write_guarded(
                {"involved_ids": [Command.link(user.id) for user in people]}
            )

    def _note_worst(self):
        for severity, some in self.grouped("severity").items():
            milder = some.filtered(
                lambda one, own=severity: (
                    RANKS.get(one.severity_worst, 0) < RANKS.get(own, 0)
                )
            )
            if milder:
                milder._write_guarded({"severity_worst": severity})

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_confirm(self):
        """It is true, and weighs in full from now on."""
        self._check_not_over()
        self._write_guarded({"state": "confirmed"})

    def action_mitigate(self):
        """Measures were taken: it weighs a step less.

        :raises UserError: a signal does not say which
        """
        self._check_not_over()
        for signal in self:
            if not (signal.measures or "").strip():
                raise UserError(
                    self.env._(
                        "%s: say which measures were taken first.",
                        signal.display_name,
                    )
                )
        self._write_guarded({"state": "mitigated"})

    def action_close(self):
        """Close what is over: at once where this user may, else ask a manager."""
        return self._close("closed")

    def action_false_alarm(self):
        """Take back what was not true, or about somebody else; asked for likewise."""
        return self._close("false_alarm")

    def action_approve_closing(self):
        """Close as somebody asked.

        :raises AccessError: the user is no manager, or had a hand in a serious one
        :raises UserError: nobody asked
        """
        for signal in self:
            if not signal.closing_state:
                raise UserError(
                    self.env._(
                        "Nobody asked to close %s. Close it yourself.",
                        signal.display_name,
                    )
                )
        self._check_manager()
        self._check_segregation()
        for state, some in self.grouped("closing_state").items():
            some._set_over(state)

    def action_refuse_closing(self):
        """It stays open."""
        self._check_manager()
        self._closing_activities().unlink()
        self._write_guarded({"closing_state": False, "closing_uid": False})

    def action_reopen(self):
        """Take up again what was closed."""
        self._check_manager()
        over = self.filtered(lambda one: one.state in OVER)
        over._set_open()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _is_serious(self):
        return self.severity_worst in SERIOUS or self.severity in SERIOUS

    def _involved(self):
        """Those who do not close it alone; of what is not serious, nobody."""
        if not self._is_serious():
            return self.env["res.users"]
        return self.sudo().involved_ids | self.user_id | self.closing_uid

    def _segregation_text(self):
        return self.env._(
            "%s is serious, and you had a hand in it: another manager closes it.",
            self.display_name,
        )

    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Managers of supplier evaluation decide on closing.")
            )

    def _close(self, state):
        """Close, or ask for it, each as this user may."""
        self._check_not_over()
        is_manager = self.env.su or self.env.user.has_group(MANAGER_GROUP)
        mine = self.filtered(lambda one: is_manager and not one._segregation_problem())
        mine._set_over(state)
        (self - mine)._ask_closing(state)

    def _ask_closing(self, state):
        if not self:
            return
        self.check_access("write")
        for signal in self:
            signal._note_involved(self.env.user)
        self._write_guarded({"closing_state": state, "closing_uid": self.env.uid})
        self._closing_activities().unlink()
        vals_list = []
        for company, signals in self.grouped("company_id").items():
            managers = self.env["res.users"].search(
                holders_of(self.env, MANAGER_GROUP, company), order="id"
            )
            for signal in signals:
                may = managers - signal._involved()
                if may:
                    vals_list.append(signal._closing_vals(may[0]))
        plan(self, CLOSING, vals_list)

    def _closing_vals(self, manager):
        env = self.with_context(lang=manager.lang).env
        return {
            "res_id": self.id,
            "user_id": manager.id,
            "date_deadline": fields.Date.context_today(self),
            "summary": env._("Close “%s”?", self.name),
        }

    def _closing_activities(self):
        return planned(self, CLOSING)

    def _set_over(self, state):
        if not self:
            return
        self._write_guarded(
            {
                "state": state,
                "closing_state": False,
                "closed_uid": self.env.uid,
                "date_closed": fields.Datetime.now(),
            }
        )
        self._closing_activities().unlink()
        self._review_activities().unlink()

    def _set_open(self):
        if not self:
            return
        self._write_guarded(
            {
                "state": "open",
                "closing_state": False,
                "closing_uid": False,
                "closed_uid": False,
                "date_closed": False,
            }
        )
