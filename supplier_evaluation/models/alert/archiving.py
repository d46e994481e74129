from collections import defaultdict

from odoo import fields, models

from .telling import ACTIVITY

ARCHIVED = "archived"


class SupplierAlertRule(models.Model):
    """What an archived rule opened ends with it, until it is back."""

    _inherit = "supplier.alert.rule"

    def write(self, vals):
        before = self.filtered("active")
        result = super().write(vals)
        if "active" in vals:
            alerts = self.env["supplier.alert"].sudo()
            alerts._end_with_rules(before - self.filtered("active"))
            alerts._begin_again_with_rules(self.filtered("active") - before)
        return result


class SupplierAlert(models.Model):
    _inherit = "supplier.alert"

    resolution = fields.Selection(
        selection_add=[(ARCHIVED, "With Its Rule")],
        ondelete={ARCHIVED: "set null"},
    )

    def _end_with_rules(self, rules):
        """Close what rules opened that are archived now, and say so.

        What somebody answered, and until when they put it off, is kept for the day on
        which the rule is back.
        """
        waiting = self.search(
            [("rule_id", "in", rules.ids), ("state", "!=", "resolved")]
        )
        for rule, alerts in waiting.grouped("rule_id").items():
            reason = self.env._("The rule was archived.")
            for until, some in alerts.grouped("date_snoozed").items():
                some._over(
                    {
                        "resolution": ARCHIVED,
                        "resolve_reason": reason,
                        "resolved_uid": self.env.uid,
                        "date_snoozed": until,
                    }
                )
            rule._message_log(
                body=self.env._("It was archived: %s alerts were closed.", len(alerts))
            )

    def _begin_again_with_rules(self, rules):
        """Open again what ended because its rule was archived.

        What is over meanwhile closes when the rule is looked at, and what happened once
        still waits for somebody. Of vendors that became one, the one that waits longest
        is left, as for what was open then.
        """
        ended = self.search(
            [
                ("rule_id", "in", rules.ids),
                ("state", "=", "resolved"),
                ("resolution", "=", ARCHIVED),
            ],
            order="date_opened, id",
        )
        if not ended:
            return
        first = defaultdict(self.browse)
        for alert in ended:
            key = alert.rule_id, alert._subject()
            first[key] = first[key] or alert
        again = self.union(*first.values())
        (ended - again)._write_guarded({"resolution": "itself"})
        for state, alerts in again.grouped(lambda one: one._state_then()).items():
            alerts.with_context(tracking_disable=True)._write_guarded(
                {
                    "state": state,
                    "date_resolved": False,
                    "resolution": False,
                    "resolve_reason": False,
                    "resolved_uid": False,
                }
            )
        # What is put off is on the list again when it wakes.
        awake = again.filtered(lambda alert: alert.state != "snoozed")
        awake._remind(ACTIVITY, lambda alert: alert.user_id)

    def _state_then(self):
        """Return in which state it was, by what people answered."""
        if self.date_snoozed:
            return "snoozed"
        return "acknowledged" if self.date_acknowledged else "open"
