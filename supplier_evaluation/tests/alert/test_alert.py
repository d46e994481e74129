from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.alert.seen import Seen
from ..common import BUYER
from .common import AlertCommon

OPENED = "2026-04-01 08:00:00"


@tagged("post_install", "-at_install")
class TestAlert(AlertCommon):
    """What people do with an alert, and who hears of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(OPENED):
            cls.rule = cls._rule(threshold=80, tell_role="manager")
            cls.alert = cls._alert(cls.rule)

    def test_the_buyer_owns_it(self):
        self.assertEqual(self.alert.user_id, self.people["buyer"])
        self.assertEqual(
            self.alert.told_user_ids, self.people["buyer"] | self.people["manager"]
        )
        activity = self._activities(self.alert)
        self.assertEqual(activity.user_id, self.people["buyer"])
        self.assertEqual(activity.summary, "The score: 70.0, below 80.0")
        self.assertIn("70.0, below 80.0, since", self.alert.headline)

    def test_what_it_sees_is_below_in_words_too(self):
        alert = self._alert(self._rule("Near", threshold=80), value=79.96)
        self.assertIn("79.96, below 80.00", alert.headline)

    def test_the_owner_of_the_record_owns_it(self):
        rule = self._rule("Incidents", threshold=0, tell_owner=True)
        incident = self.env["supplier.incident"].create(
            {
                "title": "Cracked",
                "partner_id": self.supplier.id,
                "user_id": self.people["colleague"].id,
            }
        )
        alert = self._alert(rule, res_model=incident._name, res_ids=tuple(incident.ids))
        self.assertEqual(alert.user_id, self.people["colleague"])
        self.assertEqual(
            alert.told_user_ids, self.people["colleague"] | self.people["buyer"]
        )
        # Facts have no owner: it is the buyer's.
        line = self._order(10, 5, "2026-03-10")
        alert._resolve("ok")
        fact = self._alert(
            rule, res_model="supplier.delivery.fact", res_ids=(line.id * 2,)
        )
        self.assertEqual(fact.user_id, self.people["buyer"])

    def test_managers_get_one_message_of_many(self):
        others = [self._create_supplier(f"Other {number}") for number in range(25)]
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.env["supplier.alert"]._open(
            self.rule, [self._seen(one, value=7.0, threshold=80.0) for one in others]
        )
        messages = self.env["mail.message"].search(
            [
                ("id", ">", before),
                ("partner_ids", "in", self.people["manager"].partner_id.ids),
            ]
        )
        self.assertFalse(messages, "without a buyer the manager owns them all")
        for one in others:
            one.buyer_id = self.people["colleague"]
        self.env["supplier.alert"].search([("rule_id", "=", self.rule.id)])._resolve(
            "ok"
        )
        self.env["supplier.alert"]._open(
            self.rule, [self._seen(one, value=7.0, threshold=80.0) for one in others]
        )
        [message] = self.env["mail.message"].search(
            [
                ("id", ">", before),
                ("partner_ids", "in", self.people["manager"].partner_id.ids),
            ]
        )
        self.assertIn("Other 0", message.body)
        self.assertIn("5 more are in the list.", message.body)

    def test_somebody_who_sees_nothing_owns_nothing(self):
        self.supplier.buyer_id = self.people["stranger"]
        self.alert._resolve("ok")
        self.assertEqual(self._alert(self.rule).user_id, self.people["manager"])

    def test_acknowledge(self):
        own = self._as(self.alert, "colleague")
        with freeze_time("2026-04-01 09:12:00"):
            own.action_acknowledge()
        self.assertEqual(own.state, "acknowledged")
        self.assertEqual(own.acknowledged_uid, self.people["colleague"])
        self.assertEqual(own.user_id, self.people["buyer"])
        self.assertAlmostEqual(own.hours_to_answer, 1.2)
        self.assertFalse(own.is_answer_late)
        self.assertEqual(own.answer_text, "answered in 1.2 h, target 2.0 h")
        with self.assertRefused("acknowledged already"):
            own.action_acknowledge()

    def test_who_left_owns_nothing_any_more(self):
        self.people["buyer"].active = False
        own = self._as(self.alert, "colleague")
        own.action_acknowledge()
        self.assertEqual(own.user_id, self.people["colleague"])
        self.assertTrue(own.is_mine)

    def test_answered_late(self):
        with freeze_time("2026-04-01 10:00:01"):
            self.assertTrue(self.alert.is_answer_late)
            self._as(self.alert, "buyer").action_acknowledge()
        self.assertTrue(self.alert.is_answer_late)

    def test_snooze_and_wake(self):
        own = self._as(self.alert, "buyer")
        with freeze_time("2026-04-01 09:00:00"):
            with self.assertRefused("still to come"):
                own._snooze(self._moment("2026-04-01 09:00:00"))
            own._snooze(self._moment("2026-04-02 08:00:00"))
        self.assertEqual(own.state, "snoozed")
        self.assertEqual(own.hours_to_answer, 1)
        for now, state in (
            ("2026-04-02 07:59:59", "snoozed"),
            ("2026-04-02 08:00:00", "open"),
        ):
            with freeze_time(now), self.enter_registry_test_mode():
                self.env.ref(
                    "supplier_evaluation.ir_cron_supplier_alert_follow_up"
                ).method_direct_trigger()
            self.alert.invalidate_recordset()
            self.assertEqual(self.alert.state, state)

    def test_snoozed_is_not_unanswered(self):
        """Its hours begin when it wakes, and its owner has it on the list again."""
        self.rule.escalation_hours = 4
        with freeze_time("2026-04-01 09:00:00"):
            own = self._as(self.alert, "buyer")
            own._snooze(self._moment("2026-04-02 20:00:00"))
        activity = self._activities(self.alert)
        # The third in Shanghai.
        self.assertEqual(activity.date_deadline, date(2026, 4, 3))
        activity.action_done()
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_alert_follow_up")
        for now, is_escalated in (
            ("2026-04-02 20:00:00", False),
            ("2026-04-02 23:59:00", False),
            ("2026-04-03 00:00:00", True),
        ):
            with freeze_time(now), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(bool(self.alert.date_escalated), is_escalated, now)
            people = self._activities(self.alert).user_id
            self.assertIn(self.people["buyer"], people)

    def test_resolve_by_hand(self):
        own = self._as(self.alert, "buyer")
        with self.assertRefused("Say why"):
            own._resolve("  ")
        wizard = self.env["supplier.alert.answer.wizard"].with_user(
            self.people["buyer"]
        )
        action = own.action_resolve()
        wizard.with_context(**action["context"]).create({"reason": "Spoke to them"})
        wizard.with_context(**action["context"]).create(
            {"reason": "Spoke to them"}
        ).action_apply()
        self.assertEqual(own.state, "resolved")
        self.assertEqual(own.resolution, "hand")
        self.assertEqual(own.resolve_reason, "Spoke to them")
        self.assertEqual(own.resolved_uid, self.people["buyer"])
        self.assertFalse(self._activities(self.alert))
        for deed in ("action_acknowledge", "action_resolve", "action_snooze"):
            with self.assertRefused("already"):
                getattr(own, deed)()

    def test_resolved_by_itself_took_nobody_any_time(self):
        self.alert._resolve_itself()
        self.assertEqual(self.alert.resolution, "itself")
        self.assertIs(self.alert.hours_to_answer, False)

    def test_nothing_is_written_by_hand(self):
        own = self._as(self.alert, "manager")
        for vals in (
            {"state": "resolved"},
            {"value": 90},
            {"provisional": True},
            {"user_id": self.people["manager"].id},
            {"partner_id": False},
        ):
            with self.assertRefused("cannot be written", AccessError):
                own.write(vals)
        for operation in ("create", "unlink"):
            self.assertFalse(own.has_access(operation))

    def test_who_may(self):
        for person in ("portal", "nobody"):
            with self.assertRaises(AccessError):
                self._as(self.alert, person).action_acknowledge()
        stranger = self._as(self.env["supplier.alert"], "stranger")
        self.assertFalse(stranger.search([("id", "=", self.alert.id)]))
        with self.assertRaises(AccessError):
            stranger.browse(self.alert.id).action_acknowledge()

    def test_one_for_each_subject(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._alert(self.rule)
            self.env.flush_all()

    def test_vendors_that_become_one(self):
        """One of two open alerts of a rule stays, and all that is over."""
        double = self._create_supplier("Double")
        other = self._alert(self._rule("Other", threshold=80))
        seen = self._seen(double, value=1.0, threshold=80.0)
        later = self.env["supplier.alert"]._open(self.rule, [seen])
        over = self.env["supplier.alert"]._open(other.rule_id, [seen])
        over._resolve("ok")
        self.env.flush_all()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (double | self.supplier).ids, self.supplier
        )
        self.env.invalidate_all()
        alerts = self.alert | later | other | over
        self.assertEqual(alerts.partner_id, self.supplier)
        self.assertEqual(
            alerts.mapped("state"), ["open", "resolved", "open", "resolved"]
        )
        self.assertFalse(self._activities(later))

    def test_escalation(self):
        self.rule.write(
            {"escalation_hours": 4, "escalation_user_id": self.people["approver"].id}
        )
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_alert_follow_up")
        for now, count in (
            ("2026-04-01 11:59:00", 1),
            ("2026-04-01 12:00:00", 2),
            ("2026-04-01 13:00:00", 2),
        ):
            with freeze_time(now), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(len(self._activities(self.alert)), count, now)
        self.assertIn(self.people["approver"], self._activities(self.alert).user_id)
        self.assertTrue(self.alert.date_escalated)

    def test_escalated_when_somebody_can_hear_it(self):
        self.rule.escalation_hours = 4
        users = self.env["res.users"]
        with patch.object(type(self.rule), "_managers", return_value=users):
            self.alert._escalate()
        self.assertFalse(self.alert.date_escalated)
        self.alert._escalate()
        self.assertTrue(self.alert.date_escalated)
        self.assertIn(self.people["manager"], self._activities(self.alert).user_id)

    def test_who_is_acknowledged_is_not_escalated(self):
        self.rule.escalation_hours = 4
        self._as(self.alert, "buyer").action_acknowledge()
        with self.enter_registry_test_mode():
            self.env.ref(
                "supplier_evaluation.ir_cron_supplier_alert_follow_up"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(self.alert.date_escalated)

    def test_one_rule_stops_no_escalation_of_others(self):
        """Before all dates there is no instant from which on it has waited."""
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.rule.escalation_hours = 1e9
            self.env.flush_all()

    def test_above_is_never_the_owner(self):
        self.rule.write(
            {"escalation_hours": 4, "escalation_user_id": self.people["buyer"].id}
        )
        self.alert._escalate()
        people = self._activities(self.alert).user_id
        self.assertIn(self.people["manager"], people)

    def test_opens_exactly_what_it_saw(self):
        line = self._order(10, 5, "2026-03-10")
        self._order(10, 5, "2026-03-10")
        self.alert._resolve("ok")
        alert = self._alert(res_model="supplier.delivery.fact", res_ids=(line.id * 2,))
        action = self._as(alert, "buyer").action_open_records()
        facts = self.env["supplier.delivery.fact"].search(action["domain"])
        self.assertEqual(facts.ids, [line.id * 2])

    def test_records_that_are_gone(self):
        incident = self.env["supplier.incident"].create(
            {"title": "Gone", "partner_id": self.supplier.id}
        )
        self.alert._resolve("ok")
        alert = self._alert(res_model="supplier.incident", res_ids=tuple(incident.ids))
        self.assertEqual(alert.action_open_records()["res_id"], incident.id)
        incident.unlink()
        with self.assertRefused("deleted"):
            alert.action_open_records()

    def test_found_by_rule_and_supplier(self):
        alerts = self._as(self.env["supplier.alert"], "buyer")
        for text, found in (("Golden", 1), ("Test rule", 1), ("nobody so called", 0)):
            with self.subTest(text):
                self.assertEqual(len(alerts.name_search(text)), found)

    def test_vendor_shows_its_alerts(self):
        contact = self._create_contact("Sales Desk")
        for partner in (self.supplier, contact):
            own = self._as(partner, "buyer")
            self.assertEqual(own.supplier_alert_count, 1)
            action = own.action_open_supplier_alerts()
            found = self.env["supplier.alert"].search(action["domain"])
            self.assertEqual(found, self.alert)

    def test_answers_in_the_language_of_each(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.people["buyer"].lang = "fr_FR"
        self.alert._resolve("ok")
        alert = self._alert(self.rule)
        self.assertEqual(
            self._activities(alert).summary,
            alert.with_context(lang="fr_FR")._seen_sentence(),
        )

    def test_named_in_the_language_of_each(self):
        """Odoo keeps the name of what an activity is about, as it was when planned."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.people["buyer"].lang = "fr_FR"
        self.rule.with_context(lang="fr_FR").name = "En retard"
        alert = self._alert(self.rule, res_id=7)
        self.assertIn("En retard", self._activities(alert).res_name)
        # Each time it is read, in the language of whoever reads it.
        self.assertIn(self.rule.name, alert.display_name)
        self.assertIn("En retard", alert.with_context(lang="fr_FR").display_name)

    def test_statements(self):
        """As many for 50 alerts as for 5: to open, see again and close them."""
        buyer = self._create_user("alert_many", BUYER)

        def partners(count):
            return self.env["res.partner"].create(
                [
                    {"name": f"P{i}", "is_company": True, "buyer_id": buyer.id}
                    for i in range(count)
                ]
            )

        def round_of(rule, some):
            seen = [
                Seen(self.company.id, one.id, value=1.0, threshold=2.0) for one in some
            ]
            now = fields.Datetime.now() + timedelta(hours=1)
            follow = self.env["supplier.alert"]._follow
            return [
                self._statements_of(lambda: follow(rule, seen, now)),
                self._statements_of(lambda: follow(rule, seen, now)),
                self._statements_of(lambda: follow(rule, [], now)),
            ]

        few, many = partners(5), partners(50)
        round_of(self._rule("Warm", threshold=1), few)
        first = round_of(self._rule("Few", threshold=1), few)
        second = round_of(self._rule("Many", threshold=1), many)
        for name, one, other in zip(
            ("open", "stay", "close"), first, second, strict=True
        ):
            self.assertLessEqual(other, one + 2, name)
