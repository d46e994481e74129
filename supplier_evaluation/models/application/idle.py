from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.activities import plan, planned
from ...tools.scheduled import Work, run_scheduled

ACTIVITY = "supplier_evaluation.mail_activity_type_supplier_application"
BATCH = 200
#: So many days before it goes back, its owner is reminded.
DAYS_BEFORE = 3


class SupplierApplication(models.Model):
    """What nobody sees to goes back into the pool, after a reminder."""

    _inherit = "supplier.application"

    date_touched = fields.Datetime(
        string="Last Seen To",
        readonly=True,
        copy=False,
        help="When it was claimed, or whoever claimed it last changed it or wrote in "
        "its thread.",
    )
    date_reminded = fields.Datetime(
        string="Reminded On",
        readonly=True,
        copy=False,
        help="When whoever claimed it was told that it goes back into the pool.",
    )

    def write(self, vals):
        """Note that somebody sees to it, except by the scheduled action itself."""
        result = super().write(vals)
        if "date_touched" not in vals and "date_reminded" not in vals:
            self._touch(is_new="user_id" in vals)
        return result

    def _touch(self, is_new=False):
        """Note when the owner did something, or somebody became the owner."""
        touched = self.filtered(
            lambda one: (
                one.state == "claimed" and (is_new or one.user_id == self.env.user)
            )
        )
        if touched:
            touched._write_guarded(
                {"date_touched": fields.Datetime.now(), "date_reminded": False}
            )
        (touched if not is_new else self)._reminders().unlink()

    def _message_post_after_hook(self, message, msg_values):
        self._touch()
        return super()._message_post_after_hook(message, msg_values)

    def _reminders(self):
        return planned(self, ACTIVITY)

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_return_idle(self):
        """Remind the owners of idle applications, and return them to the pool.

        :raises Exception: the error of one that failed, when the others are done
        """
        told = Domain("date_reminded", "!=", False)
        run_scheduled(
            self.env,
            Work(
                "Idle applications",
                self.search(told & self._idle_domain(0)),
                lambda applications: applications.exists()._return_idle(),
                size=BATCH,
            ),
            Work(
                "Reminders of idle applications",
                self.search(~told & self._idle_domain(DAYS_BEFORE)),
                lambda applications: applications.exists()._remind_idle(),
                size=BATCH,
            ),
        )

    @api.model
    def _idle_domain(self, days_before):
        """Return what nobody has seen to for the days of its company, less some."""
        now = fields.Datetime.now()
        companies = self.env["res.company"].search(
            [("supplier_application_idle_days", ">", 0)]
        )
        return Domain("state", "=", "claimed") & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "date_touched",
                "<",
                now
                - timedelta(
                    days=max(company.supplier_application_idle_days - days_before, 0)
                ),
            )
            for company in companies
        )

    def _return_idle(self):
        """Return those that were reminded of long enough ago."""
        since = fields.Datetime.now() - timedelta(days=DAYS_BEFORE - 1)
        idle = self.filtered_domain(self._idle_domain(0)).filtered(
            lambda one: one.date_reminded and one.date_reminded <= since
        )
        if not idle:
            return
        bodies = {
            one.id: one.env._(
                "%(user)s had not seen to it for %(days)s days: back in the pool.",
                user=one.user_id.sudo().name,
                days=one.company_id.supplier_application_idle_days,
            )
            for own in self.env["res.company"]._in_company_language(idle)
            for one in own
        }
        idle._put_back()
        idle._message_log_batch(bodies=bodies)

    def _remind_idle(self):
        idle = self.filtered_domain(self._idle_domain(DAYS_BEFORE)).filtered(
            lambda one: not one.date_reminded
        )
        now = fields.Datetime.now()
        plan(
            idle,
            ACTIVITY,
            [
                {
                    "res_id": one.id,
                    "user_id": one.user_id.id,
                    "date_deadline": one.company_id._supplier_day(
                        now + timedelta(days=DAYS_BEFORE)
                    ),
                    "summary": one.with_context(lang=one.user_id.lang).env._(
                        "See to %(application)s, or it goes back into the pool",
                        application=one.display_name,
                    ),
                }
                for one in idle
            ],
        )
        idle._write_guarded({"date_reminded": now})
