from odoo import Command, models
from odoo.exceptions import UserError

from .supplier_certification import IN_FORCE, IN_PROGRESS
from .workflow import ACTIVITY


class SupplierCertification(models.Model):
    """What happens to a certification after it was granted."""

    _inherit = "supplier.certification"

    # ------------------------------------------------------------
    # Afterwards
    # ------------------------------------------------------------

    def action_meet_conditions(self):
        """Certify in full: the conditions are met.

        :raises UserError: a required document is not valid, or the certification ended
        """
        self._check_action("meet_conditions")
        self._check_complete("meet_conditions")
        self._check_not_ended()
        for certification in self:
            certification._transition(
                "certified",
                self.env._("The conditions are met."),
                {
                    "date_to": certification._validity(certification.date_from),
                    "conditions": False,
                    "date_conditions": False,
                },
            )

    def _suspend(self, reason):
        """Put it, and what renews it, out of force for the time being."""
        self._check_action("suspend")
        self._need_reason(reason)
        renewals = self._stop_renewals(reason)
        granted = renewals.filtered(lambda one: one.state in IN_FORCE)
        (self | granted)._transition("suspended", reason)

    def _reinstate(self, reason):
        """Put it in force again, as it was before.

        :raises UserError: a required document is still not valid, or it ended
        """
        self._check_action("reinstate")
        self._need_reason(reason)
        self._check_complete("reinstate")
        self._check_not_ended()
        for certification in self:
            state = "conditional" if certification.conditions else "certified"
            certification._transition(state, reason)

    def _check_not_ended(self):
        days = self._today(self.company_id)
        for certification in self:
            if certification.date_to < days[certification.company_id]:
                raise UserError(
                    self.env._(
                        "%(certification)s ended on %(day)s: renew it instead.",
                        certification=certification.display_name,
                        day=certification._in_words(certification.date_to),
                    )
                )

    def _revoke(self, reason):
        """Take it, and what renews it, away for good."""
        self._check_action("revoke")
        self._need_reason(reason)
        renewals = self._stop_renewals(reason)
        granted = renewals.filtered(lambda one: one.state in (*IN_FORCE, "suspended"))
        (self | granted)._transition("revoked", reason)

    def _stop_renewals(self, reason):
        """Send back what is in progress to renew these; return all renewals.

        Otherwise a renewal that was granted before would come into force as if
        nothing had happened.
        """
        renewals = self.browse()
        found = self.renewal_ids
        while found:
            renewals |= found
            found = found.renewal_ids - renewals
        for renewal in renewals.filtered(lambda one: one.state in IN_PROGRESS):
            submitter = renewal.submitted_uid
            renewal._transition("draft", reason)
            renewal.activity_schedule(
                ACTIVITY,
                user_id=submitter.id,
                summary=self.env._("Sent back: what it renews is not in force"),
                note=reason,
            )
        return renewals

    def action_renew(self):
        """Open the renewal of this certification, or the one that is there."""
        self.ensure_one()
        self._check_action("renew")
        renewal = self.renewal_ids.filtered(
            lambda one: one.state in ("draft", "submitted", "review", "approval")
        )[:1]
        return (renewal or self._open_renewals()).get_formview_action()

    def _open_renewals(self):
        """Return new drafts that carry over what is still valid.

        Documents and audits belong to the supplier; answers are copied.
        """
        return (
            self._unguarded()
            .create(
                [
                    {
                        "partner_id": certification.partner_id.id,
                        "company_id": certification.company_id.id,
                        "program_id": certification.program_id.id,
                        "category_ids": [Command.set(certification.category_ids.ids)],
                        "user_id": certification.user_id.id,
                        "renewal_of_id": certification.id,
                    }
                    for certification in self
                ]
            )
            .with_env(self.env)
        )
