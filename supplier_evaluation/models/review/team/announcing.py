from odoo import api, fields, models
from odoo.tools import format_date

from ....scoring.period import ROLLING_DAYS, period_of
from ....tools.periods import period_label
from ....tools.scheduled import Work, run_scheduled


class SupplierScorecardTemplate(models.Model):
    """Tells the team when a period begins, and until when what counts."""

    _inherit = "supplier.scorecard.template"

    @api.model
    def _cron_announce_periods(self):
        """Tell each team of the period that has begun, once.

        :raises Exception: the error of a template that failed, when the others are done
        """
        teams = self.search([("member_ids", "!=", False), ("is_scheduled", "=", True)])
        due = teams.filtered(lambda template: template._is_announcement_due())
        run_scheduled(
            self.env,
            Work("Announcements", due, lambda templates: templates._announce()),
        )

    def _is_announcement_due(self):
        self.ensure_one()
        return self.date_announced != self._announced_period()[0]

    def _announced_period(self):
        """Return the first and last day of the period that runs.

        Of a rolling one, that is the month at the end of which it is evaluated.
        """
        people = self._active_leader() | self._people().user_id
        company = self.company_id or people[:1].company_id or self.env.company
        today = company._supplier_day(fields.Datetime.now())
        kind = "month" if self.period in ROLLING_DAYS else self.period
        return period_of(kind, today)

    def _announce(self):
        """Tell the team, everybody in their own language."""
        for template in self:
            first, last = template._announced_period()
            for user in template._people().user_id | template._active_leader():
                template.with_context(lang=user.lang)._announce_to(user, first, last)
            template.date_announced = first

    def _announce_to(self, user, first, last):
        names = {
            "template": self.name,
            "period": period_label(self.env, first, last),
            "last": format_date(self.env, last),
            "days": self.grace_days,
        }
        self.message_notify(
            partner_ids=user.partner_id.ids,
            subject=self.env._("%(template)s: %(period)s has begun", **names),
            body=self.env._(
                "%(period)s has begun. What happens until %(last)s counts, and what is "
                "booked within %(days)s days after it. Report incidents while they "
                "happen, and say why a return went back.",
                **names,
            ),
        )
