from collections import defaultdict
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from markupsafe import Markup

from odoo import api, fields, models

# Days until an executive visits, at an hour when both sides are awake.
VISIT_DAYS = 10
VISIT_TIME = time(9)
VISIT_TAKES = timedelta(hours=2)
# For so many days on end a working day is looked for.
MOST_DAYS_CLOSED = 60


class SupplierAlert(models.Model):
    """An executive visits the supplier, on a day on which the company works."""

    _inherit = "supplier.alert"

    def _plan_visits(self):
        """Enter a visit of an executive, with who sees to it and what to talk about."""
        by_lang = defaultdict(list)
        managers = {
            company: self.rule_id[:1]._managers(company, limit=1)
            for company in self.company_id
        }
        starts = {company: self._visit_start(company) for company in self.company_id}
        for alert in self.filtered("partner_id"):
            company = alert.company_id
            # Who has left visits nobody.
            executive = alert.rule_id.executive_id.filtered("active")
            executive = executive or managers[company]
            people = (executive | alert.user_id).partner_id
            start = starts[company]
            own = alert.with_context(lang=executive.lang, tz=executive.tz)
            by_lang[executive.lang].append(
                {
                    "name": own.env._("Visit to %s", alert.partner_id.sudo().name),
                    "start": start,
                    "stop": start + VISIT_TAKES,
                    "user_id": executive.id,
                    "partner_ids": [fields.Command.set(people.ids)],
                    "description": own._visit_agenda(),
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": alert.id,
                }
            )
        # Proposed: whoever is invited is told by the activity, not by a mail each.
        events = (
            self.env["calendar.event"]
            .sudo()
            .with_context(
                dont_notify=True,
                no_mail_to_attendees=True,
                mail_activity_quick_update=True,
                mail_create_nolog=True,
            )
        )
        for lang, vals_list in by_lang.items():
            visits = events.with_context(lang=lang or self.env.lang).create(vals_list)
            # Odoo names what an activity is about in no language.
            for activity in visits.activity_ids:
                alert = visits.env[self._name].browse(activity.res_id)
                activity.res_name = alert.display_name

    @api.model
    def _visit_start(self, company):
        """Return nine o'clock of a working day in two weeks, by the company's clock.

        Where Odoo knows on which days of the week the company works, and its holidays,
        these count; otherwise Monday to Friday do. A company that never works, or is
        closed for longer, is visited on the first day after all.
        """
        tz = ZoneInfo(company._supplier_tz())
        first = company._supplier_day(fields.Datetime.now()) + timedelta(
            days=VISIT_DAYS
        )
        starts = [
            datetime.combine(first + timedelta(days=number), VISIT_TIME, tz)
            .astimezone(timezone.utc)
            .replace(tzinfo=None)
            for number in range(MOST_DAYS_CLOSED)
        ]
        closed = self._closed_times(company, starts[0], starts[-1])
        for number, start in enumerate(starts):
            is_closed = any(
                begin < start + VISIT_TAKES and end > start for begin, end in closed
            )
            day = first + timedelta(days=number)
            if not is_closed and self._is_weekday_of(company, day):
                return start
        return starts[0]

    @api.model
    def _is_weekday_of(self, company, day):
        calendar = self._calendar_of(company)
        if calendar and calendar.attendance_ids:
            return calendar._works_on_date(day)
        return day.weekday() < 5

    @api.model
    def _calendar_of(self, company):
        """Return the working hours of a company, or None: another app has them."""
        if "resource_calendar_id" not in company._fields:
            return None
        return company.sudo().resource_calendar_id

    @api.model
    def _closed_times(self, company, first, last):
        """Return when the company is closed: holidays, as instants from and until."""
        calendar = self._calendar_of(company)
        if calendar is None:
            return []
        leaves = self.env["resource.calendar.leaves"].sudo()
        found = leaves.search(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("company_id", "in", [False, company.id]),
                ("calendar_id", "in", [False, *calendar.ids]),
                ("date_from", "<", last + VISIT_TAKES),
                ("date_to", ">", first),
            ]
        )
        return [(leave.date_from, leave.date_to) for leave in found]

    def _visit_agenda(self):
        """Return what there is to talk about, as HTML; higher rooms know more."""
        self.ensure_one()
        return Markup("<p>%s</p>") % self._seen_sentence()
