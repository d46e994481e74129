import json

from odoo import api, fields, models
from odoo.tools import SQL

from ...scoring.following.alert import decide
from ...tools.bulk import bulk_update

# What becomes of an open alert when its rule is looked at: columns and their types.
SEEN_AGAIN = {
    "value": "float8",
    "threshold": "float8",
    "seen_text": "varchar",
    "provisional": "bool",
    "res_model": "varchar",
    "record_ids": "jsonb",
    "record_count": "int4",
    "date_seen": "timestamp",
}


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
        :return: which of its consequences failed, as text, or False
        """
        waiting = self.search([("rule_id", "=", rule.id), ("state", "!=", "resolved")])
        resolved, known = self._ended(rule)
        decision = decide(
            seen,
            {alert._subject(): alert for alert in waiting},
            resolved if rule.cool_down else {},
            now,
            cool_down=rule.cool_down,
            lasts=rule._lasts(),
            known=known,
        )
        opened = self._open(rule, decision.opens)
        confirmed = self._see_again(decision.stays)
        self.union(*decision.closes)._resolve_itself()
        self._forget(rule, known.keys() - {each.subject for each in seen})
        firm = opened.filtered(lambda one: not one.provisional) | confirmed
        return rule._run_consequences(firm)

    def _subject(self):
        """Return what the alert is about, as a rule sees it."""
        self.ensure_one()
        return self.company_id.id, self.partner_id.id or 0, self.res_id or 0

    @api.model
    def _ended(self, rule):
        """Return what is remembered of the alerts of a rule that are over.

        :return: ``{subject: instant}``, when the last one was resolved, and
            ``{subject: (ids of records, instant, what was said)}`` of the last one that
            somebody resolved by hand. Without these, what was answered would open again
            in the next night, for as long as its records are looked at. Once nothing is
            seen of them they are forgotten: a document may expire again, and a supplier
            fall silent.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company_id, COALESCE(partner_id, 0), COALESCE(res_id, 0),
                       MAX(date_resolved),
                       (ARRAY_AGG(record_ids ORDER BY date_resolved DESC, id DESC)
                        FILTER (WHERE resolution = 'hand'
                                AND has_passed IS NOT TRUE))[1],
                       MAX(date_resolved) FILTER (WHERE resolution = 'hand'
                                                  AND has_passed IS NOT TRUE),
                       (ARRAY_AGG(value ORDER BY date_resolved DESC, id DESC)
                        FILTER (WHERE resolution = 'hand'
                                AND has_passed IS NOT TRUE))[1],
                       (ARRAY_AGG(seen_text ORDER BY date_resolved DESC, id DESC)
                        FILTER (WHERE resolution = 'hand'
                                AND has_passed IS NOT TRUE))[1]
                  FROM supplier_alert
                 WHERE rule_id = %s AND state = 'resolved'
                 GROUP BY 1, 2, 3
                """,
                rule.id,
            )
        )
        resolved = {tuple(row[:3]): row[3] for row in rows}
        known = {
            tuple(subject): (frozenset(ids), by_hand, (value, text or ""))
            for *subject, _date, ids, by_hand, value, text in rows
            if ids
        }
        return resolved, known

    @api.model
    def _forget(self, rule, subjects):
        """Remember no more what somebody resolved of subjects, in one statement.

        :param subjects: of which the rule sees nothing any more
        """
        if not subjects:
            return
        self.env.cr.execute(
            SQL(
                """
                UPDATE supplier_alert SET has_passed = TRUE
                 WHERE rule_id = %s
                   AND resolution = 'hand'
                   AND has_passed IS NOT TRUE
                   AND (company_id, COALESCE(partner_id, 0), COALESCE(res_id, 0)) IN %s
                """,
                rule.id,
                tuple(subjects),
            )
        )
        self.invalidate_model(["has_passed"])

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
        """Note what is seen of open alerts now, in one statement.

        Of what was firm once, a figure that is provisional by now says nothing.

        :param dict stays: ``{alert: Seen}``
        :return: the alerts that were provisional and are firm now
        """
        seen_again = {
            alert: seen
            for alert, seen in stays.items()
            if alert.provisional or not seen.provisional
        }
        confirmed = [
            alert.id
            for alert, seen in seen_again.items()
            if alert.provisional and not seen.provisional and seen.opens
        ]
        self.flush_model()
        now = fields.Datetime.now()
        rows = [
            (
                alert.id,
                seen.value,
                seen.threshold,
                seen.text or None,
                seen.provisional,
                seen.res_model,
                json.dumps(seen.res_ids),
                len(seen.res_ids),
                now,
            )
            for alert, seen in seen_again.items()
        ]
        bulk_update(self, SEEN_AGAIN, rows)
        return self.browse(confirmed)

    @api.model
    def _keep_one_of(self, partners):
        """Of vendors that become one, keep one open alert of each rule and subject.

        The one that waits longest stays. Two of them refuse each other in the
        database, and the merge with them.

        :param partners: the vendors
        """
        waiting = self.sudo().search(
            [("partner_id", "in", partners.ids), ("state", "!=", "resolved")],
            order="date_opened, id",
        )
        same = waiting.grouped(lambda one: (one.rule_id, one.company_id, one.res_id))
        doubles = waiting.browse().union(*(alerts[1:] for alerts in same.values()))
        doubles._resolve_itself()

    def _resolve_itself(self):
        """Close what is over, without a word from anybody."""
        if self:
            self._over({"resolution": "itself"})
