from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.activities import plan, planned
from ...tools.scheduled import Work, run_scheduled
from .kinds import OVER

ACTIVITY = "supplier_evaluation.mail_activity_type_risk_review"
BATCH = 500


class SupplierRiskSignal(models.Model):
    """On its day a signal is looked at again: the owner is asked once for each day."""

    _inherit = "supplier.risk.signal"

    date_review_asked = fields.Date(
        string="Asked For",
        readonly=True,
        copy=False,
        help="The day of the review for which the owner was asked last.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_review_asked"}

    @api.model
    def _cron_review(self):
        """Ask the owners to look at what is due again.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Reviews of risk signals",
                self.search(self._due_domain()).filtered(lambda one: one._is_due()),
                lambda signals: signals._ask_review(),
                size=BATCH,
            ),
        )

    @api.model
    def _due_domain(self):
        """Return what is due, where its company is."""
        now = fields.Datetime.now()
        return Domain("state", "not in", OVER) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_review", "<=", company._supplier_day(now))
            for company in self.env["res.company"].search([])
        )

    def _is_due(self):
        """Whether nobody was asked for this day yet."""
        self.ensure_one()
        return bool(self.date_review) and self.date_review != self.date_review_asked

    def _ask_review(self):
        due = self.filtered_domain(self._due_domain()).filtered(
            lambda one: one._is_due()
        )
        if not due:
            return
        due._review_activities().unlink()
        people = self.env["res.company"]._supplier_listeners(
            {signal: signal.user_id for signal in due}
        )
        heard = {signal: person for signal, person in people.items() if person}
        plan(
            due,
            ACTIVITY,
            [signal._review_vals(person) for signal, person in heard.items()],
        )
        # What nobody could hear is asked as soon as somebody can.
        asked = self.browse().union(*heard)
        for day, some in asked.grouped("date_review").items():
            some._write_guarded({"date_review_asked": day})

    def _review_vals(self, person):
        env = self.with_context(lang=person.lang).env
        return {
            "res_id": self.id,
            "user_id": person.id,
            "date_deadline": self.date_review,
            "summary": env._(
                "Look again: %(signal)s of %(supplier)s",
                signal=self.name,
                supplier=self.commercial_partner_id.display_name,
            ),
        }

    def _review_activities(self):
        return planned(self, ACTIVITY)
