from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.groups import MANAGER_GROUP, holders_of
from .status import IN_FORCE

PROPOSED = "supplier_evaluation.mail_activity_type_certification_suspension"


class SupplierCertification(models.Model):
    """That a certification in force should be suspended: proposed, and then decided.

    Whatever proposes it says why; a manager suspends it, or says why not.
    """

    _inherit = "supplier.certification"

    suspension_proposal = fields.Text(
        string="Why It Should Be Suspended", readonly=True, copy=False
    )
    date_suspension_proposed = fields.Datetime(
        string="Suspension Proposed", readonly=True, copy=False
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "suspension_proposal",
            "date_suspension_proposed",
        }

    @api.model
    def _propose_suspension(self, partner, company, reason):
        """Propose to suspend what a supplier holds in a company.

        :param partner: a commercial entity
        :param str reason: why, in words
        :return: the certifications for which it is proposed now: those in force that
            had no such proposal
        """
        held = self.search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("state", "in", IN_FORCE),
                ("date_suspension_proposed", "=", False),
            ]
        )
        if not held:
            return held
        held._write_guarded(
            {
                "suspension_proposal": reason,
                "date_suspension_proposed": fields.Datetime.now(),
            }
        )
        managers = self.env["res.users"].search(
            holders_of(self.env, MANAGER_GROUP, company), order="id"
        )
        for certification in held.sudo():
            # Whoever looks after the supplier hears of it; a manager decides.
            for user in managers[:1] | certification.user_id:
                certification.activity_schedule(
                    PROPOSED,
                    user_id=user.id,
                    summary=certification.with_context(lang=user.lang).env._(
                        "Suspend it?"
                    ),
                    note=reason,
                )
            certification._message_log(body=reason)
        return held

    def _dismiss_suspension(self, reason):
        """Say why it stays in force.

        :raises UserError: nothing is proposed, or no reason is given
        :raises AccessError: the user is no manager
        """
        self._check_action("suspend")
        self._need_reason(reason)
        for certification in self:
            if not certification.date_suspension_proposed:
                raise UserError(
                    self.env._("Nobody proposes to suspend %s.", certification.name)
                )
            certification._message_log(
                body=self.env._("It stays in force: %s", reason.strip())
            )
        self._end_proposal()

    def _transition(self, state, reason=False, vals=None):
        """Whatever becomes of it, the proposal is decided."""
        result = super()._transition(state, reason, vals)
        self.filtered("date_suspension_proposed")._end_proposal()
        return result

    def _end_proposal(self):
        self._write_guarded(
            {"suspension_proposal": False, "date_suspension_proposed": False}
        )
        self.sudo().activity_unlink([PROPOSED])
