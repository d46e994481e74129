from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...scoring.scope import local_midnight
from ...tools.scheduled import Work, run_scheduled
from .asking import BATCH

REMINDER_MAIL = "supplier_evaluation.mail_template_supplier_customer_review_reminder"
#: So many days before it is due, people are reminded, once.
DAYS_BEFORE = 3


class SupplierCustomerReview(models.Model):
    """Reminds once before it is due; who does not answer is left in peace then."""

    _inherit = "supplier.customer.review"

    @api.model
    def _cron_remind_customers(self):
        """Remind the people who have not answered yet.

        A batch is one transaction. One that fails is tried again on the next day.

        :raises Exception: the error of one that failed, when the others are done
        """
        now = fields.Datetime.now()
        companies = self.env["res.company"].search([("active", "=", True)])
        days = {company.id: company._supplier_day(now) for company in companies}
        run_scheduled(
            self.env,
            Work(
                "Reminders of customer assessments",
                self.search(self._to_remind(days), order="date_due, id"),
                lambda reviews: reviews._remind(days),
                size=BATCH,
            ),
        )

    @api.model
    def _to_remind(self, days):
        """Return the domain of what is due soon, and nobody was reminded of.

        Who was asked on the same day is not reminded: there is a day in between.

        :param dict days: today by company id
        """
        companies = self.env["res.company"].browse(days)
        # The day began where the company is, not in London.
        begun = {
            one.id: local_midnight(days[one.id], one._supplier_tz())
            for one in companies
        }
        return (
            Domain("state", "=", "open")
            & Domain("date_reminded", "=", False)
            & Domain("respondent_id.active", "=", True)
            & Domain("partner_id.active", "=", True)
            & Domain.OR(
                Domain("company_id", "=", company)
                & Domain("date_due", ">=", today)
                & Domain("date_due", "<=", today + timedelta(days=DAYS_BEFORE))
                & Domain("create_date", "<", begun[company])
                for company, today in days.items()
            )
        )

    def _remind(self, days):
        """Remind of those of these that are still to be.

        :param dict days: today by company id
        """
        locked = self.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset(["state", "date_reminded"])
        due = locked.filtered_domain(self._to_remind(days)).filtered(
            lambda review: review._is_open_to_answer()
        )
        if not due:
            return
        due._send(REMINDER_MAIL)
        for company, reviews in due.grouped("company_id").items():
            reviews._write_guarded({"date_reminded": days[company.id]})
