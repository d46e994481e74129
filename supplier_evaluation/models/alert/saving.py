import time
from datetime import timedelta

from odoo import api, fields, models, tools

from .schedule import ON_RECORDS

CRON = "supplier_evaluation.ir_cron_supplier_alert_records"
# So long after a record was saved its rules are looked at; in between, whatever else is
# saved is looked at together with it.
MINUTES = 2
# Whoever saves so many seconds after it was asked for asks again: it would not be
# committed when the action begins, and nobody would look at it for hours.
QUIET = 90
# What is set up once tells nothing about what a supplier did: the night is enough.
SETUP = ("account.tax", "ir.", "product.", "res.", "uom.")
_SAVED = "supplier_alert_saved"
_WATCHED = "supplier_alert_watched"

# When this process last asked for the scheduled action, by database.
_asked = {}


class SupplierAlertRule(models.Model):
    """Which models rules watch, so that saving one of their records is noticed."""

    _inherit = "supplier.alert.rule"

    @api.model
    @tools.ormcache(cache="stable")
    def _watched_models(self):
        """Return the names of the models on whose records a rule looks.

        :rtype: frozenset
        """
        names = set()
        for rule in self.sudo().search([("watch", "in", ON_RECORDS)]):
            records = self.env.get(rule.model_name or "")
            if records is None:
                continue
            # Facts are made of the records of other models.
            names.update(records._depends or {rule.model_name: []})
        return frozenset(name for name in names if not name.startswith(SETUP))

    @api.model_create_multi
    def create(self, vals_list):
        self._forget_watched()
        return super().create(vals_list)

    def write(self, vals):
        if {"active", "watch", "model_name"} & vals.keys():
            self._forget_watched()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_clear_watched(self):
        self._forget_watched()

    def _forget_watched(self):
        self.env.registry.clear_cache("stable")
        self.env.cr.cache.pop(_WATCHED, None)

    @api.model
    def _ask_for_a_look(self):
        """Have the rules on records looked at in minutes, unless that is asked for.

        A process asks once in these minutes: most of what is saved costs nothing.
        """
        database = self.env.cr.dbname
        now = time.monotonic()
        if now - _asked.get(database, -1e9) < QUIET:
            return
        cron = self.env.ref(CRON, raise_if_not_found=False)
        if cron:
            at = fields.Datetime.now() + timedelta(minutes=MINUTES)
            trigger = cron.sudo()._trigger(at=at)

            # Only what is committed is asked for; a savepoint may have taken it back.
            def note_asked():
                if trigger.exists():
                    _asked[database] = now

            self.env.cr.postcommit.add(note_asked)


class Base(models.AbstractModel):
    """Saving says which model was saved: a look into a set, and no question."""

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        _notice(self)
        return records

    def write(self, vals):
        result = super().write(vals)
        _notice(self)
        return result


def _notice(records):
    """Ask for a look before the transaction ends, once, if a rule watches these."""
    env = records.env
    # It lasts as long as the transaction, or until a savepoint takes back what was
    # asked for: what is to be done before a commit is done before each savepoint, too.
    # So much is saved in one that even the answer of a cache is kept with it.
    data = env.cr.cache
    watched = data.get(_WATCHED)
    if watched is None:
        # While modules are loaded, rules may have no table yet.
        if not env.registry.ready or "supplier.alert.rule" not in env.registry:
            return
        watched = data[_WATCHED] = env["supplier.alert.rule"]._watched_models()
    if records._name not in watched or data.get(_SAVED):
        return
    if not (records._abstract or records._transient):
        data[_SAVED] = True
        env.cr.precommit.add(env["supplier.alert.rule"].sudo()._ask_for_a_look)
