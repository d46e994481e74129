from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import open_dialog
from ...tools.groups import MANAGER_GROUP
from ...tools.wording import listed
from .supplier_application import OPEN

REFUSED_MAIL = "supplier_evaluation.mail_template_supplier_application_refused"


class SupplierApplication(models.Model):
    """Who takes an application out of the pool, passes it on, and decides.

    Everybody claims for themselves. Who claimed it and managers do the rest.
    """

    _inherit = "supplier.application"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_claim(self):
        """Take applications out of the pool.

        :raises UserError: somebody else was quicker, or one is not in the pool
        """
        self._assign(self.env.user)

    def action_return(self):
        """Put applications back into the pool."""
        self._check_mine()
        self._check_state("claimed")
        self._put_back()

    def action_ask_owner(self):
        """Ask who sees to the applications from now on."""
        return open_dialog(
            "supplier.application.assign.wizard",
            self.env._("Assign"),
            {"application_ids": self.ids},
        )

    def action_ask_refusal(self):
        """Ask why the applications are refused."""
        self._check_mine()
        return self._ask_reason("refused", self.env._("Refuse"))

    def action_ask_withdrawal(self):
        """Ask why the applicants do not want to supply us any more."""
        self._check_mine()
        return self._ask_reason("withdrawn", self.env._("Withdrawn by the Applicant"))

    def action_reopen(self):
        """Put refused and withdrawn applications back into the pool."""
        self._check_mine()
        self._check_state("refused", "withdrawn")
        self._write_guarded(
            {
                "state": "new",
                "user_id": False,
                "reason": False,
                "date_decided": False,
                "decided_uid": False,
            }
        )

    def _ask_reason(self, state, name):
        return open_dialog(
            "supplier.application.reason.wizard",
            name,
            {"application_ids": self.ids, "state": state},
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _assign(self, user):
        """Give applications to somebody who looks into them.

        :param user: ``res.users``; oneself takes from the pool, only who sees to an
            application and managers give it to others
        :raises UserError: naming one that is closed or somebody else's, or the user
        :raises AccessError: the user may not give it away
        """
        self.check_access("write")
        # Of two who claim at once, the second one is told of the first.
        self.lock_for_update()
        self.invalidate_recordset(["state", "user_id"])
        self._check_state(*OPEN)
        is_claim = user == self.env.user
        for application in self:
            is_free = not application.user_id or application.user_id == user
            if not (is_claim and is_free):
                application._check_mine()
            if not application._sees_applications(user):
                raise UserError(
                    self.env._(
                        "%(user)s does not see applications to %(company)s. Give the "
                        "access “Supplier Evaluation: User” and the company in the "
                        "settings of the user, or choose somebody else.",
                        user=user.sudo().name,
                        company=application.company_id.sudo().name,
                    )
                )
        self._write_guarded({"state": "claimed", "user_id": user.id})

    def _refuse(self, reason, is_told=True):
        """Refuse applications.

        :param str reason: why
        :param bool is_told: the applicants get a mail with the reason
        """
        self._close("refused", reason)
        if is_told:
            template = self.env.ref(REFUSED_MAIL).sudo()
            template.send_mail_batch(self.ids)

    def _withdraw(self, reason):
        """Close applications that the applicants took back."""
        self._close("withdrawn", reason)

    def _close(self, state, reason):
        self._check_mine()
        self._check_state(*OPEN)
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: whoever looks later has to know."))
        self._write_guarded(
            {
                "state": state,
                "reason": reason,
                "date_decided": fields.Datetime.now(),
                "decided_uid": self.env.uid,
            }
        )

    def _put_back(self):
        """Return claimed applications to the pool."""
        self._write_guarded({"state": "new", "user_id": False})

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _is_seen_to_by_user(self):
        self.ensure_one()
        user = self.env.user
        return self.env.su or self.user_id == user or user.has_group(MANAGER_GROUP)

    def _check_mine(self):
        """Refuse who neither claimed the applications nor manages evaluations."""
        self.check_access("write")
        for application in self:
            if application._is_seen_to_by_user():
                continue
            if application.user_id:
                raise AccessError(
                    self.env._(
                        "%(user)s sees to %(application)s: ask them, or a manager of "
                        "supplier evaluations.",
                        user=application.user_id.sudo().name,
                        application=application.display_name,
                    )
                )
            raise AccessError(
                self.env._(
                    "Nobody sees to %(application)s yet: claim it first.",
                    application=application.display_name,
                )
            )

    def _check_change(self, vals=None):
        """Refuse to change what is decided, or claimed by somebody else.

        What lies in the pool is changed by everybody who sees it. Methods of this
        add-on check what they do by themselves.

        :param dict vals: of the applications; None: of what belongs to them
        """
        if self.env.su or self._is_unguarded():
            return
        self._check_state(*OPEN)
        self.filtered("user_id")._check_mine()
        for application in self:
            kept = {"name": application.name, "company_id": application.company_id.id}
            if {**kept, **(vals or {})}.items() >= kept.items():
                continue
            raise AccessError(
                self.env._(
                    "The number and the company of %s stay as they are. Have the "
                    "applicant apply to the other company.",
                    application.display_name,
                )
            )

    def _check_state(self, *states):
        """Refuse applications that are in another state."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for application in self:
            if application.state not in states:
                raise UserError(
                    self.env._(
                        "%(application)s is “%(state)s”, so this cannot be done: it "
                        "can while an application is %(states)s.",
                        application=application.display_name,
                        state=labels[application.state],
                        states=listed(
                            self.env, (f"“{labels[state]}”" for state in states)
                        ),
                    )
                )
