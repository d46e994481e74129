from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.scheduled import Work, run_scheduled

# What is looked at minutes after a record was saved, too.
ON_RECORDS = ("records", "count")


class SupplierAlertRule(models.Model):
    """When rules are looked at: each in a transaction of its own, for all suppliers."""

    _inherit = "supplier.alert.rule"

    date_run = fields.Datetime(string="Last Looked At", readonly=True, copy=False)
    last_error = fields.Text(
        readonly=True,
        copy=False,
        help="Why the rule could not be looked at last time.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_run", "last_error"}

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_look(self):
        """Look at every rule, in the night.

        A rule that fails is rolled back and says so on its form; the others go on.

        :raises Exception: the error of one that failed, when the others are done
        """
        self._look_at(self.search([("active", "=", True)]))

    @api.model
    def _cron_look_at_records(self):
        """Look at the rules on records: some were saved minutes ago.

        :raises Exception: the error of one that failed, when the others are done
        """
        self._look_at(self.search([("watch", "in", ON_RECORDS)]))

    @api.model
    def _look_at(self, rules):
        failed, works = {}, []
        for rule in rules:
            works += (
                Work(
                    "Alert rule",
                    rule,
                    lambda some: failed.update({some: some._look()}),
                    failed=lambda some, error: some._note_error(str(error)),
                    stays=True,
                ),
                # The alerts stay, whatever follows from them.
                Work(
                    "What follows from alerts",
                    rule,
                    lambda some: some._raise_failed(failed.get(some)),
                    stays=True,
                ),
            )
        run_scheduled(self.env, *works)

    def _look(self):
        """Look at one rule: open, keep and close its alerts.

        :return: which of its consequences failed, as text, or False
        """
        rule = self.exists()
        if not rule.active or not rule.try_lock_for_update(allow_referencing=True):
            return False  # or another one is at it: both would open the same alerts
        now = fields.Datetime.now()
        since = rule.date_run or rule.create_date
        seen = rule._see_in_words(rule._companies(), now, since)
        problem = self.env["supplier.alert"]._follow(rule, seen, now)
        rule.with_context(tracking_disable=True)._write_guarded(
            {"date_run": now, "last_error": False}
        )
        return problem

    def _see_in_words(self, companies, now, since):
        """Return what the rule sees, in the language of each company.

        What was seen is kept as text, and the scheduled action has no language.
        """
        found = []
        for lang, own in companies.grouped(lambda one: one.partner_id.lang).items():
            rule = self.with_context(lang=lang or self.env.lang)
            found += rule._see(own.with_env(rule.env), now, since)
        return found

    def _raise_failed(self, problem):
        """Let the scheduled action end as failed, where a consequence did.

        :raises UserError: naming the rule and which failed
        """
        if problem:
            raise UserError(
                self.env._(
                    "Not everything followed from the alerts of “%(rule)s”: "
                    "%(problem)s",
                    rule=self.name,
                    problem=problem,
                )
            )

    def _note_error(self, error):
        """Show on the rule why it could not be looked at."""
        rule = self.exists()
        if rule and (rule.last_error or "") != error:
            rule._write_guarded({"last_error": error})

    def action_look(self):
        """Look at the rule now.

        :raises AccessError: somebody may not change rules
        """
        self.check_access("write")
        for rule in self:
            rule.sudo()._look()
        return self.action_open_alerts() if len(self) == 1 else True
