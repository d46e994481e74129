import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

_logger = logging.getLogger(__name__)


class SupplierReview(models.Model):
    """The scheduled action: reminds of open reviews, drops those of who left."""

    _inherit = "supplier.review"

    @api.model
    def _cron_remind_reviews(self):
        """Remind each evaluator once before reviews are due, and once after.

        One message per evaluator and evaluation. What the people who left did not
        answer is cancelled; what they answered keeps counting.
        """
        self._cancel_of_leavers()
        due = self._to_remind(fields.Datetime.now())
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for kind, reviews in due:
            try:
                if reviews.try_lock_for_update(allow_referencing=True) == reviews:
                    reviews._remind(kind)
                self.env.flush_all()
            except Exception:
                self.env.cr.rollback()
                _logger.exception("No reminder of supplier reviews %s", reviews.ids)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _cancel_of_leavers(self):
        left = self.search([("state", "=", "open"), ("user_id.active", "=", False)])
        if left:
            left._cancel()

    @api.model
    def _to_remind(self, now):
        """Return ``[(kind of reminder, reviews of one evaluator and evaluation)]``.

        A day is one of the company's time zone.
        """
        latest = now.date() + timedelta(days=2)
        found = self.search(
            [
                ("state", "=", "open"),
                ("date_due", "<=", latest),
                ("reminder", "!=", "overdue"),
                ("user_id.active", "=", True),
            ]
        )
        result = []
        for company, reviews in found.grouped("company_id").items():
            today = company._supplier_day(now)
            late = reviews.filtered(lambda review, today=today: review.date_due < today)
            soon = (reviews - late).filtered(
                lambda review, today=today: (
                    not review.reminder and review.date_due <= today + timedelta(days=1)
                )
            )
            for kind, some in (("overdue", late), ("due", soon)):
                groups = some.grouped(lambda each: (each.evaluation_id, each.user_id))
                result += [(kind, group) for group in groups.values()]
        return result

    def _remind(self, kind):
        """Write to the evaluator of the reviews.

        :param kind: ``due`` or ``overdue``
        """
        user, due = self.user_id, min(self.mapped("date_due"))
        texts = self.with_context(lang=user.lang or self.env.lang)
        values = {
            "count": len(self),
            "evaluation": self.evaluation_id.name,
            "due": format_date(self.env, due, user.lang),
        }
        if kind == "due":
            subject = texts.env._("Supplier reviews are due on %(due)s", **values)
            body = texts.env._(
                "%(count)s suppliers of %(evaluation)s still wait for your assessment. "
                "It is due on %(due)s; what comes too late does not count.",
                **values,
            )
        else:
            subject = texts.env._("Supplier reviews were due on %(due)s", **values)
            body = texts.env._(
                "%(count)s suppliers of %(evaluation)s still wait for your assessment. "
                "It was due on %(due)s. The evaluation does not wait for it.",
                **values,
            )
        self._write_guarded({"reminder": kind})
        texts.sorted("id")[0].message_notify(
            partner_ids=user.partner_id.ids, subject=subject, body=body
        )
