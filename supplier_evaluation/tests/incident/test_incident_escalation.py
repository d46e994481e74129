from freezegun import freeze_time

from odoo.tests import tagged

from ...tools.groups import MANAGER_GROUP, holders_of
from ..common import BUYER, MANAGER, REVIEWER
from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentEscalation(IncidentCommon):
    """Opened on 12 March, noon in Shanghai; a major one is due on the 19th."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "escalation", {"buyer": BUYER, "manager": MANAGER}
        )
        cls.company.supplier_incident_escalation_user_id = cls.people["manager"]
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_incident")

    def _escalate(self, now):
        with freeze_time(now), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_the_day_after_once(self):
        incident = self._incident(severity="major", user_id=self.people["buyer"].id)
        self._escalate("2026-03-19 15:59:00")
        self.assertFalse(incident.date_escalated)
        self._escalate("2026-03-19 16:00:00")
        self.assertTrue(incident.date_escalated)
        self._escalate("2026-03-21 04:00:00")
        told = incident._escalations()
        self.assertEqual(told.user_id, self.people["manager"])
        self.assertEqual(len(told), 1)
        text = f"It is overdue: {self.people['manager'].name} was told."
        self.assertIn(text, " ".join(incident.message_ids.mapped("body")))
        with freeze_time("2026-03-22 04:00:00"):
            incident.action_resolve()
        self.assertFalse(incident._escalations())
        self.assertTrue(incident.is_resolution_late)

    def test_agreed_anew(self):
        incident = self._incident(severity="major")
        self._escalate("2026-03-21 04:00:00")
        with freeze_time("2026-03-21 05:00:00"):
            incident.date_due = "2026-03-28"
        self.assertFalse(incident.date_escalated)
        self.assertFalse(incident._escalations())
        self._escalate("2026-03-29 04:00:00")
        self.assertEqual(len(incident._escalations()), 1)

    def test_reopened(self):
        incident = self._incident(severity="major")
        self._escalate("2026-03-21 04:00:00")
        with freeze_time("2026-03-22 04:00:00"):
            incident.action_resolve()
            incident.action_reopen()
        self.assertFalse(incident.date_escalated)
        self._escalate("2026-03-23 04:00:00")
        self.assertEqual(len(incident._escalations()), 1)

    def test_who_owns_it_is_not_above(self):
        """Nor is who was named, and may not see incidents any more."""
        named = self.people["manager"]
        other = self._create_user("escalation_other", MANAGER)
        managers = self.env["res.users"].search(
            holders_of(self.env, MANAGER_GROUP, self.company)
        )
        (managers - named - other).company_ids -= self.company
        incident = self._incident(severity="major", user_id=named.id)
        self._escalate("2026-03-21 04:00:00")
        self.assertEqual(incident._escalations().user_id, other)
        named.active = False
        incident = self._incident(severity="major", user_id=self.people["buyer"].id)
        self._escalate("2026-03-22 04:00:00")
        self.assertEqual(incident._escalations().user_id, other)

    def test_who_takes_it_up_has_it_once(self):
        """Nobody is above whoever was told of it, and owns it by now."""
        incident = self._incident(severity="major", user_id=self.people["buyer"].id)
        self._escalate("2026-03-21 04:00:00")
        with freeze_time("2026-03-21 05:00:00"):
            self._as(incident, "manager").user_id = self.people["manager"]
        listed = self.env["mail.activity"].search(
            [("res_model", "=", incident._name), ("res_id", "=", incident.id)]
        )
        self.assertEqual(listed.mapped("user_id"), self.people["manager"])
        self.assertEqual(len(listed), 1)
        self.assertFalse(incident._escalations())

    def test_nobody_writes_it_by_hand(self):
        incident = self._as(self._incident(), "buyer")
        for name in ("date_escalated", "date_taken_up"):
            with self.assertRefused("cannot be written directly"):
                incident[name] = "2026-03-12 05:00:00"

    def test_hours(self):
        incident = self._incident(severity="critical")
        self.assertIs(incident.hours_to_answer, False)
        with freeze_time("2026-03-12 06:00:00"):
            incident.action_start()
        with freeze_time("2026-03-12 08:00:00"):
            self.env.invalidate_all()
            self.assertFalse(incident.is_answer_late)
        with freeze_time("2026-03-12 08:00:01"):
            self.env.invalidate_all()
            self.assertTrue(incident.is_answer_late)
            self.assertFound(incident)
        with freeze_time("2026-03-12 14:00:00"):
            incident.date_first_answer = "2026-03-12 07:30:00"
            incident.action_resolve()
        self.assertEqual(incident.hours_to_take_up, 2)
        self.assertEqual(incident.hours_to_answer, 3.5)
        self.assertEqual(incident.hours_to_resolve, 10)
        self.assertFalse(incident.is_answer_late)
        self.assertFound(incident)
        self.assertFalse(incident.is_resolution_late)

    def test_late_answers_are_found(self):
        """Answered or not, over or not, or cancelled: found is what is shown."""
        silent = self._incident(severity="major")
        over, answered, cancelled = (self._incident() for _index in range(3))
        unknown = self._incident(partner_id=False)
        with freeze_time("2026-03-14 04:00:01"):
            over.action_resolve()
            answered.date_first_answer = "2026-03-14 04:00:01"
            cancelled.action_cancel()
            self.env.invalidate_all()
            incidents = silent | over | answered | cancelled | unknown
            self.assertEqual(
                incidents.filtered("is_answer_late"), silent | over | answered
            )
            self.assertFound(incidents)

    def test_who_hears_of_it_sees_it(self):
        reviewer = self._create_user("escalation_reviewer", REVIEWER)
        with self.assertRefused("cannot see the incidents"):
            self.company.supplier_incident_escalation_user_id = reviewer

    def test_the_buyer_follows(self):
        buyer = self.people["buyer"]
        self.supplier.with_company(self.company).buyer_id = buyer
        incident = self._incident(user_id=self.people["manager"].id)
        self.assertIn(buyer.partner_id, incident.message_partner_ids)

    def test_statements(self):
        counts = []
        for size in (2, 2, 12):
            incidents = self.env["supplier.incident"].union(
                *(self._incident(severity="major") for _index in range(size))
            )
            with freeze_time("2026-03-21 04:00:00"):
                counts.append(self._statements_of(incidents._escalate))
            self.assertTrue(all(incidents.mapped("date_escalated")))
        self.assertEqual(counts[1], counts[2])

    def assertFound(self, incidents):
        """A search for late answers finds just those that show one."""
        for is_late in (True, False):
            found = incidents.search(
                [("id", "in", incidents.ids), ("is_answer_late", "=", is_late)]
            )
            shown = incidents.filtered(lambda one, w=is_late: one.is_answer_late == w)
            self.assertEqual(set(found), set(shown))
