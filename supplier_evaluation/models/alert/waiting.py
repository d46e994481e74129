from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.activities import planned
from ...tools.scheduled import Work, run_scheduled
from .telling import ACTIVITY

ESCALATED = "supplier_evaluation.mail_activity_type_alert_escalated"
BATCH = 500


class SupplierAlertRule(models.Model):
    """Who hears of an alert when nobody answers."""

    _inherit = "supplier.alert.rule"

    escalation_hours = fields.Float(
        string="Escalate After (hours)",
        help="If nobody has seen to an alert by then, somebody above is told, and "
        "again after as long where they only took it off their list. 0: never.",
    )
    escalation_user_id = fields.Many2one(
        "res.users",
        string="Escalate To",
        domain=[("share", "=", False)],
        help="Empty: a manager who is not the owner.",
    )

    # No date lies as far back as a number of hours can say, and all rules are asked
    # for what waits at once.
    _escalation_in_time = models.Constraint(
        "CHECK (escalation_hours BETWEEN 0 AND 87600)",
        "An alert is escalated within ten years: enter hours, or 0 for never.",
    )


class SupplierAlert(models.Model):
    """What waits: put off until now it wakes, unanswered it goes to somebody above."""

    _inherit = "supplier.alert"

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_follow_up(self):
        """Wake what was put off until now, and tell somebody above of what waits.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Snoozed alert",
                self.search(self._asleep_domain()),
                lambda alerts: alerts._wake(),
                size=BATCH,
            ),
            Work(
                "Escalated alert",
                self.search(self._unanswered_domain()),
                lambda alerts: alerts._escalate(),
                size=BATCH,
            ),
        )

    @api.model
    def _asleep_domain(self):
        return [
            ("state", "=", "snoozed"),
            ("date_snoozed", "<=", fields.Datetime.now()),
        ]

    def _wake(self):
        """Open them again; until when they were put off is kept, and counts.

        Who owns one has it on the list again, where it was ticked off meanwhile.
        """
        asleep = self.filtered_domain(self._asleep_domain())
        asleep.with_context(tracking_disable=True)._write_guarded({"state": "open"})
        listed = {(one.res_id, one.user_id) for one in asleep._own_activities()}
        asleep.filtered(lambda alert: (alert.id, alert.user_id) not in listed)._remind(
            ACTIVITY, lambda alert: alert.user_id
        )

    @api.model
    def _unanswered_domain(self):
        """Return what nobody has seen to in the hours of its rule, nor since told.

        The hours of what was put off begin when it wakes.
        """
        now = fields.Datetime.now()

        def waits(rule):
            since = now - timedelta(hours=rule.escalation_hours)
            return Domain("rule_id", "=", rule.id) & Domain.AND(
                Domain(name, "=", False) | Domain(name, "<=", since)
                for name in ("date_opened", "date_snoozed", "date_escalated")
            )

        rules = self.env["supplier.alert.rule"].with_context(active_test=False)
        return Domain("state", "=", "open") & Domain.OR(
            waits(rule) for rule in rules.search([("escalation_hours", ">", 0)])
        )

    def _escalate(self):
        """Tell somebody above the owner; again where they only ticked it off."""
        waiting = self.filtered_domain(self._unanswered_domain())
        told = set(planned(waiting, ESCALATED).mapped("res_id"))
        waiting = waiting.filtered(lambda alert: alert.id not in told)
        above = {}
        for (rule, company), alerts in waiting.grouped(
            lambda one: (one.rule_id, one.company_id)
        ).items():
            named = rule.escalation_user_id.filtered(company._shows_suppliers_to)
            # So many that somebody is left where one of them is the owner.
            people = named | rule._managers(company, limit=2)
            for alert in alerts:
                others = people.filtered(lambda one, own=alert: one != own.user_id)
                above[alert] = others[:1]
        heard = [alert for alert, person in above.items() if person]
        told = self.browse().union(*heard)
        told._remind(ESCALATED, above.get)
        told._message_log_batch(
            bodies={
                alert.id: alert.with_context(lang=above[alert].lang).env._(
                    "Nobody has seen to it: %s was told.", above[alert].name
                )
                for alert in told
            }
        )
        # What nobody could hear is told as soon as somebody can.
        told.with_context(tracking_disable=True)._write_guarded(
            {"date_escalated": fields.Datetime.now()}
        )
