from contextlib import closing
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ...models.alert import saving
from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestSaving(AlertCommon):
    """Rules on records run minutes after one is saved, and saving is not slowed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_alert_records")
        cls.rules = [
            cls._rule(
                f"Rule {number}",
                watch="records",
                model_name=model,
                record_domain=domain,
            )
            for number in range(10)
            for model, domain in (
                ("supplier.delivery.fact", f"[('days_behind', '>', {number})]"),
                ("supplier.incident", f"[('cost', '>', {number})]"),
            )
        ]

    def setUp(self):
        super().setUp()
        # What another test asked for is not asked for here.
        saving._asked.clear()
        self.addCleanup(saving._asked.clear)
        self._forget()

    def _forget(self):
        """Begin as if nothing was saved before."""
        self.env.cr.precommit.clear()
        self.env.cr.postcommit.clear()
        self.env.cr.cache.clear()
        self.env["ir.cron.trigger"].search([]).unlink()

    def _commit(self):
        """What a commit does, in a test's transaction."""
        self.env.cr.cache.clear()
        self.env.cr.postcommit.run()

    def _triggers(self):
        """What was asked for when the transaction ends."""
        self.env.cr.precommit.run()
        return self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])

    def _incident(self):
        return self.env["supplier.incident"].create(
            {
                "title": "Chipped",
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
            }
        )

    def test_asked_for_in_minutes(self):
        with freeze_time("2026-03-10 12:00:00"):
            self._incident()
            [trigger] = self._triggers()
        self.assertEqual(
            trigger.call_at,
            fields.Datetime.to_datetime("2026-03-10 12:00:00") + timedelta(minutes=2),
        )

    def test_once_in_these_minutes(self):
        self._incident()
        self._incident().write({"cost": 100})
        self.assertEqual(len(self._triggers()), 1)
        self._commit()
        self._incident()
        self.assertEqual(len(self._triggers()), 1)

    def test_just_before_the_action_begins_it_is_asked_for_again(self):
        self._incident()
        self._triggers()
        self._commit()
        saving._asked[self.env.cr.dbname] -= 119
        self._incident()
        self.assertEqual(len(self._triggers()), 2)

    def test_what_was_rolled_back_was_not_asked_for(self):
        self._incident()
        self.assertEqual(len(self._triggers()), 1)
        self._incident()
        self.assertEqual(len(self._triggers()), 1, "once in a transaction")
        # Its transaction failed: nothing is remembered.
        self.env.cr.postcommit.clear()
        self.env.cr.cache.clear()
        self._incident()
        self.assertEqual(len(self._triggers()), 2)

    def test_what_a_savepoint_took_back_is_asked_for_again(self):
        with closing(self.env.cr.savepoint()):
            self._incident()
            self.assertEqual(len(self._triggers()), 1)
        self.assertFalse(self._triggers())
        self._incident()
        self.assertEqual(len(self._triggers()), 1)

    def test_what_a_savepoint_took_back_was_not_asked_for(self):
        with closing(self.env.cr.savepoint()):
            self._incident()
            self._triggers()
        self._commit()
        self._incident()
        self.assertTrue(self._triggers())

    def test_an_order_line_is_noticed(self):
        line = self._order(10, 5, "2026-03-10")
        self._forget()
        line.write({"product_qty": 11})
        self.assertTrue(self._triggers())

    def test_what_no_rule_watches_is_not(self):
        self.env["res.partner"].create({"name": "Somebody"})
        self.env["supplier.kpi"].search([], limit=1).sequence = 7
        self.assertFalse(self._triggers())
        for rule in self.rules:
            rule.active = False
        self._incident()
        self.assertFalse(self._triggers())

    def test_the_action_looks_at_records_only(self):
        self._order(10, 5, "2026-03-10")
        score = self._rule(threshold=80)
        with freeze_time("2026-03-20 12:00:00"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self.rules[0].alert_ids)
        self.assertFalse(score.date_run)

    def test_saving_costs_no_statement(self):
        """With 20 rules as many as with none, where somebody asked minutes ago."""
        line = self._order(10, 5, "2026-03-10")
        self._incident()
        self.env.cr.precommit.run()
        self._commit()

        def save():
            self._incident()
            line.write({"product_qty": line.product_qty + 1})
            self.env.flush_all()
            self.env.cr.precommit.run()

        with_rules = self._lasting_statements_of(save)
        for rule in self.rules:
            rule.active = False
        self.assertEqual(with_rules, self._lasting_statements_of(save))

    def _lasting_statements_of(self, operation):
        """Return how many there are when the caches of the process are filled."""
        *_first, last = [self._statements_of(operation) for _time in range(4)]
        return last
