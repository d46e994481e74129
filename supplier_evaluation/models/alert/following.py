from odoo import api, fields, models
from odoo.tools import SQL

from ...scoring.following.alert import decide


class SupplierAlert(models.Model):
    """What becomes of alerts when their rule was looked at: all at once."""

    _inherit = "supplier.alert"

    @api.model
    def _follow(self, rule, seen, now):
        """Open, keep and close the alerts of a rule by what it saw.

        The number of statements does not depend on that of suppliers.

        :param rule: one rule
        :param list[Seen] seen: all that it saw
        :param datetime now: the present instant
        """
        waiting = self.search([("rule_id", "=", rule.id), ("state", "!=", "resolved")])
        decision = decide(
            seen,
            {alert._subject(): alert for alert in waiting},
            self._resolved(rule) if rule.cool_down else {},
            now,
            cool_down=rule.cool_down,
            lasts=rule._lasts(),
            known=self._known(rule),
        )
        opened = self._open(rule, decision.opens)
        confirmed = self._see_again(decision.stays)
        self.union(*decision.closes)._resolve_itself()
        firm = opened.filtered(lambda one: not one.provisional) | confirmed
        rule._run_consequences(firm)

    def _subject(self):
        """Return what the alert is about, as a rule sees it."""
        self.ensure_one()
        return self.company_id.id, self.partner_id.id or 0, self.res_id or 0

    @api.model
    def _resolved(self, rule):
        """Return ``{subject: instant}``, when the last one was resolved."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company_id, COALESCE(partner_id, 0), COALESCE(res_id, 0),
                       MAX(date_resolved)
                  FROM supplier_alert
                 WHERE rule_id = %s AND state = 'resolved'
                 GROUP BY 1, 2, 3
                """,
                rule.id,
            )
        )
        return {tuple(subject): date for *subject, date in rows}

    @api.model
    def _known(self, rule):
        """Return ``{subject: ids of records}`` that somebody resolved by hand.

        Of each subject those of the last alert. Without it, what was answered would
        open again in the next night, for as long as its records are looked at.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (company_id, partner_id, res_id)
                       company_id, COALESCE(partner_id, 0), COALESCE(res_id, 0),
                       record_ids
                  FROM supplier_alert
                 WHERE rule_id = %s AND state = 'resolved' AND resolution = 'hand'
                 ORDER BY company_id, partner_id, res_id, date_resolved DESC, id DESC
                """,
                rule.id,
            )
        )
        return {tuple(subject): frozenset(records or ()) for *subject, records in rows}

    @api.model
    def _open(self, rule, seen):
        """Open an alert for each, and tell whom the rule tells.

        :param list[Seen] seen: each of another subject, none of which has one
        :return: the alerts
        """
        if not seen:
            return self
        quiet = self.with_context(tracking_disable=True, mail_create_nosubscribe=True)
        now = fields.Datetime.now()
        alerts = quiet._unguarded().create(
            [
                {
                    "rule_id": rule.id,
                    "company_id": each.company_id,
                    "partner_id": each.partner_id or False,
                    "severity": rule.severity,
                    "date_opened": now,
                    "answer_hours": rule.answer_hours,
                    **self._seen_vals(each, now),
                }
                for each in seen
            ]
        )
        # Without the right to write: what follows is done with them.
        alerts = self.browse(alerts.ids)
        alerts._tell()
        return alerts

    def _seen_vals(self, seen, now):
        return {
            "value": False if seen.value is None else seen.value,
            "threshold": False if seen.threshold is None else seen.threshold,
            "seen_text": seen.text,
            "provisional": seen.provisional,
            "res_model": seen.res_model,
            "res_id": seen.res_id,
            "record_ids": list(seen.res_ids),
            "record_count": len(seen.res_ids),
            "date_seen": now,
        }

    @api.model
    def _see_again(self, stays):
        """Note what is seen of open alerts now.

        Of what was firm once, a figure that is provisional by now says nothing.

        :param dict stays: ``{alert: Seen}``
        :return: the alerts that were provisional and are firm now
        """
        now = fields.Datetime.now()
        confirmed, written = self, {}
        for alert, seen in stays.items():
            if seen.provisional and not alert.provisional:
                continue
            if alert.provisional and not seen.provisional and seen.opens:
                confirmed |= alert
            vals = self._seen_vals(seen, now)
            vals.pop("res_id")
            key = tuple(sorted((name, str(value)) for name, value in vals.items()))
            written.setdefault(key, (vals, []))[1].append(alert.id)
        quiet = self.with_context(tracking_disable=True)
        for vals, ids in written.values():
            quiet.browse(ids)._write_guarded(vals)
        return confirmed

    def _resolve_itself(self):
        """Close what is over, without a word from anybody."""
        if self:
            self._over({"resolution": "itself"})
