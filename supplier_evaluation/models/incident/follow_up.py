from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...tools.activities import plan, planned
from .supplier_incident import CLOSED

ACTIVITY = "supplier_evaluation.mail_activity_type_incident"
#: Within how many days an incident is to be resolved.
DAYS_TO_RESOLVE = {"minor": 14, "major": 7, "critical": 2}
# What is on the activity of the owner.
FOLLOWED = {"user_id", "date_due", "severity", "state"}


class SupplierIncident(models.Model):
    """The owner has something to do until a day, and the reporter hears of it."""

    _inherit = "supplier.incident"

    @api.depends("severity")
    def _compute_date_due(self):
        """Propose the day; what was agreed later than that is brought forward."""
        now = fields.Datetime.now()
        for incident in self:
            if incident.state in CLOSED:
                incident.date_due = incident.date_due
                continue
            # In a form that is filled in, the severity is not decided yet.
            agreed = incident._origin and incident.date_due
            start = now if agreed else incident.date_opened or now
            company = incident.company_id or self.env.company
            days = timedelta(days=DAYS_TO_RESOLVE.get(incident.severity, 0))
            due = company._supplier_day(start) + days
            incident.date_due = min(due, agreed) if agreed else due

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        incidents = super().create(vals_list)
        incidents._remind_owners(anew=True)
        incidents._subscribe_concerned()
        return incidents

    def write(self, vals):
        before = {incident: (incident.user_id, incident.state) for incident in self}
        result = super().write(vals)
        if FOLLOWED & vals.keys():
            changed = self.filtered(
                lambda incident: (
                    incident.user_id != before[incident][0]
                    or (before[incident][1] in CLOSED) != (incident.state in CLOSED)
                )
            )
            changed._remind_owners(anew=True)
            (self - changed)._remind_owners()
        return result

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _remind_owners(self, anew=False):
        """Keep one activity of the owner while an incident is open.

        :param bool anew: also for those whose activity was marked as done
        """
        activities = self._owner_activities().grouped("res_id")
        none = self.env["mail.activity"].sudo()
        none = none.with_context(mail_activity_quick_update=True)
        over, missing, moved = none, [], defaultdict(lambda: none)
        for incident in self:
            activity = activities.get(incident.id, none)
            if incident.state in CLOSED or not incident.user_id:
                over |= activity
            elif activity:
                agreed = (incident.user_id, incident._deadline())
                moved[agreed] |= activity.filtered(
                    lambda one, own=agreed: (one.user_id, one.date_deadline) != own
                )
            elif anew:
                missing.append(incident._activity_vals())
        over.unlink()
        for (user, deadline), some in moved.items():
            some.write({"user_id": user.id, "date_deadline": deadline})
        # Becoming the owner is told by a mail already.
        plan(self, ACTIVITY, missing)

    def _owner_activities(self):
        return planned(self, ACTIVITY)

    def _deadline(self):
        self.ensure_one()
        return self.date_due or fields.Date.context_today(self)

    def _activity_vals(self):
        self.ensure_one()
        return {
            "res_id": self.id,
            "user_id": self.user_id.id,
            "date_deadline": self._deadline(),
            "summary": self.title,
        }

    def _subscribe_concerned(self):
        """Who reported it follows it, also when somebody else entered it; so does who
        buys from the supplier.
        """
        for incident in self.sudo():
            reporter = incident.reporter_id
            people = reporter.filtered(lambda one: one.active and not one.share)
            own = incident.with_company(incident.company_id)
            buyers = (one for one in own._buyers() if own._can_own(one))
            people |= next(buyers, reporter.browse())
            if people:
                incident.message_subscribe(people.partner_id.ids)
