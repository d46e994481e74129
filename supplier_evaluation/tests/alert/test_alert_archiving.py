from freezegun import freeze_time

from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestAlertArchiving(AlertCommon):
    """What an archived rule opened ends with it, and is back with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._rule(threshold=80, escalation_hours=4)
        with freeze_time("2026-04-01 08:00:00"):
            cls.alert = cls._alert(cls.rule)

    def _follow_up(self, now):
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_alert_follow_up")
        with freeze_time(now), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_it_ends_with_its_rule(self):
        own = self._as(self.rule, "manager")
        own.action_archive()
        self.assertEqual(self.alert.state, "resolved")
        self.assertEqual(self.alert.resolution, "archived")
        self.assertEqual(self.alert.resolve_reason, "The rule was archived.")
        self.assertEqual(self.alert.resolved_uid, self.people["manager"])
        self.assertIs(self.alert.hours_to_answer, False)
        self.assertFalse(self._activities(self.alert))
        self.assertIn("1 alerts were closed", self.rule.message_ids[0].body)
        self._follow_up("2026-04-02 08:00:00")
        self.assertFalse(self.alert.date_escalated)

    def test_what_was_over_stays_as_it_was(self):
        self.alert._resolve("Spoke to them")
        self.rule.active = False
        self.rule.active = True
        self.assertEqual(self.alert.resolve_reason, "Spoke to them")
        self.assertEqual(self.alert.state, "resolved")

    def test_it_is_back_with_its_rule(self):
        other = self._create_supplier("Other")
        later, last = (
            self.env["supplier.alert"]._open(self.rule, [self._seen(one, value=1.0)])
            for one in (other, self._create_supplier("Another"))
        )
        self._as(later, "colleague").action_acknowledge()
        with freeze_time("2026-04-01 08:00:00"):
            self._as(last, "buyer")._snooze(self._moment("2026-04-09 08:00:00"))
        alerts = self.alert + later + last
        self.rule.write({"active": False})
        self.assertEqual(set(alerts.mapped("state")), {"resolved"})
        self.rule.write({"active": False})
        self.rule.write({"active": True, "threshold": 75})
        states = ["open", "acknowledged", "snoozed"]
        self.assertEqual(alerts.mapped("state"), states)
        self.assertEqual(last.date_snoozed, self._moment("2026-04-09 08:00:00"))
        self.assertEqual(later.acknowledged_uid, self.people["colleague"])
        for name in ("resolution", "resolve_reason", "resolved_uid", "date_resolved"):
            self.assertFalse(any(alerts.mapped(name)), name)
        self.assertEqual(self._activities(self.alert).user_id, self.people["buyer"])

    def test_vendors_that_became_one_meanwhile(self):
        double = self._create_supplier("Double")
        seen = self._seen(double, value=1.0)
        later = self.env["supplier.alert"]._open(self.rule, [seen])
        self.rule.active = False
        self.env.flush_all()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (double | self.supplier).ids, self.supplier
        )
        self.rule.active = True
        self.env.flush_all()
        self.assertEqual((self.alert + later).mapped("state"), ["open", "resolved"])

    def test_escalated_again_where_it_was_only_ticked_off(self):
        manager = self.people["manager"]
        self._follow_up("2026-04-01 12:00:00")
        told = self._activities(self.alert).filtered(lambda one: one.user_id == manager)
        self.assertEqual(len(told), 1)
        # As long as it is on the list, nobody is told again.
        self._follow_up("2026-04-02 12:00:00")
        first = self._moment("2026-04-01 12:00:00")
        self.assertEqual(self.alert.date_escalated, first)
        told.action_done()
        self.alert._write_guarded({"date_escalated": "2026-04-02 12:00:00"})
        for now, count in (("2026-04-02 15:59:00", 0), ("2026-04-02 16:00:00", 1)):
            self._follow_up(now)
            people = self._activities(self.alert).mapped("user_id")
            self.assertEqual(manager in people, bool(count), now)
        self._as(self.alert, "manager").action_acknowledge()
        self._activities(self.alert).action_done()
        self._follow_up("2026-04-03 16:00:00")
        self.assertFalse(self._activities(self.alert))
