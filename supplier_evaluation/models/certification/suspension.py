from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.activities import plan
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
        :return: see :meth:`_propose_suspensions`
        """
        return self._propose_suspensions(company, {partner: reason})

    @api.model
    def _propose_suspensions(self, company, reasons):
        """Propose to suspend what suppliers hold in a company.

        :param dict reasons: ``{commercial entity: why, in words}``
        :return: the certifications for which it is proposed now: those in force that
            had no such proposal
        """
        held = self.search(
            [
                ("partner_id", "in", [partner.id for partner in reasons]),
                ("company_id", "=", company.id),
                ("state", "in", IN_FORCE),
                ("date_suspension_proposed", "=", False),
            ]
        )
        if not held:
            return held
        now = fields.Datetime.now()
        for partner, own in held.grouped("partner_id").items():
            own._write_guarded(
                {
                    "suspension_proposal": reasons[partner],
                    "date_suspension_proposed": now,
                }
            )
        manager = company._first_manager()
        plan(
            held.sudo(),
            PROPOSED,
            [
                {
                    "res_id": certification.id,
                    "user_id": user.id,
                    "date_deadline": company._supplier_day(now),
                    "summary": self.with_context(lang=user.lang).env._("Suspend it?"),
                    "note": reasons[certification.partner_id],
                }
                for certification in held.sudo()
                # Whoever looks after the supplier hears of it; a manager decides.
                for user in manager
                | certification.user_id.filtered(company._shows_suppliers_to)
            ],
        )
        held.sudo()._message_log_batch(
            bodies={one.id: reasons[one.partner_id] for one in held}
        )
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
