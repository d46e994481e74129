from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCommon

from ..common import BUYER
from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentFollowUp(IncidentCommon, MailCommon):
    """An incident has an owner, a day, and something on the owner's list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "follow_up",
            dict.fromkeys(("buyer", "deputy", "reporter", "duty"), BUYER),
        )
        cls.line.order_id.user_id = cls.people["buyer"]

    def _report(self, **vals):
        """Report an incident of the order, as a user of the web client does."""
        incidents = self._as(self.env["supplier.incident"], "reporter")
        with freeze_time("2026-03-12 04:00:00"):
            incident = incidents.with_context(tracking_disable=False).create(
                {
                    "title": "Scratches",
                    "company_id": self.company.id,
                    "partner_id": self.supplier.id,
                    "purchase_line_id": self.line.id,
                    **vals,
                }
            )
        return incident.with_env(self.env)

    # ------------------------------------------------------------
    # The day
    # ------------------------------------------------------------

    def test_the_severity_proposes_the_day(self):
        for severity, day in (
            ("minor", date(2026, 3, 26)),
            ("major", date(2026, 3, 19)),
            ("critical", date(2026, 3, 14)),
        ):
            with self.subTest(severity=severity):
                self.assertEqual(self._incident(severity=severity).date_due, day)

    def test_days_are_those_of_the_company(self):
        """It is the 13th already in Shanghai."""
        incident = self._incident("2026-03-12 16:30:00", severity="critical")
        self.assertEqual(incident.date_due, date(2026, 3, 15))

    def test_entered_afterwards(self):
        incident = self._incident(date_opened="2026-03-02 04:00:00", severity="major")
        self.assertEqual(incident.date_due, date(2026, 3, 9))

    def test_an_agreed_day_stays(self):
        incident = self._incident(date_due="2026-05-05")
        self.assertEqual(incident.date_due, date(2026, 5, 5))
        incident.date_due = "2026-04-04"
        self.assertEqual(incident.date_due, date(2026, 4, 4))

    def test_taken_up_before_its_day_took_no_time(self):
        incident = self._report(date_opened="2026-03-14 04:00:00")
        with freeze_time("2026-03-12 05:00:00"):
            incident.action_start()
        self.assertEqual(incident.hours_to_take_up, 0)

    def test_a_higher_severity_brings_it_forward(self):
        incident = self._incident()
        with freeze_time("2026-03-20 04:00:00"):
            incident.severity = "critical"
            self.assertEqual(incident.date_due, date(2026, 3, 22))
            incident.severity = "minor"
            self.assertEqual(incident.date_due, date(2026, 3, 22))

    def test_what_is_over_keeps_its_day(self):
        incident = self._incident(resolved="2026-03-14 10:00:00")
        due = incident.date_due
        incident.severity = "critical"
        self.assertEqual(incident.date_due, due)

    # ------------------------------------------------------------
    # The owner
    # ------------------------------------------------------------

    def test_whom_the_company_named(self):
        """Before the reporter, and after everybody who buys."""
        self.company.supplier_incident_user_id = self.people["duty"]
        self.assertEqual(self._report().user_id, self.people["buyer"])
        own = self._report(purchase_line_id=False)
        self.assertEqual(own.user_id, self.people["duty"])
        self.supplier.buyer_id = self.people["deputy"]
        own = self._report(purchase_line_id=False)
        self.assertEqual(own.user_id, self.people["deputy"])
        self.supplier.buyer_id = False
        self.people["duty"].active = False
        own = self._report(purchase_line_id=False)
        self.assertEqual(own.user_id, self.people["reporter"])

    def test_setting(self):
        settings = self.env["res.config.settings"].with_company(self.company)
        settings.create({"supplier_incident_user_id": self.people["duty"].id}).execute()
        self.assertEqual(self.company.supplier_incident_user_id, self.people["duty"])

    def test_activity_of_the_owner(self):
        incident = self._report()
        activity = incident.activity_ids
        self.assertEqual(activity.user_id, self.people["buyer"])
        self.assertEqual(activity.date_deadline, incident.date_due)
        self.assertEqual(activity.summary, "Scratches")
        incident.write({"user_id": self.people["deputy"].id, "date_due": "2026-03-15"})
        self.assertEqual(incident.activity_ids, activity)
        self.assertEqual(activity.user_id, self.people["deputy"])
        self.assertEqual(activity.date_deadline, date(2026, 3, 15))

    def test_activity_ends_with_the_incident(self):
        for close in ("action_resolve", "action_cancel"):
            incident = self._report()
            getattr(incident, close)()
            self.assertFalse(incident.activity_ids, close)
            incident.action_reopen()
            self.assertEqual(incident.activity_ids.user_id, self.people["buyer"])

    def test_activity_that_was_done_stays_done(self):
        incident = self._report()
        incident.activity_ids.action_feedback()
        incident.date_due = "2026-03-15"
        incident.action_start()
        self.assertFalse(incident.activity_ids)
        incident.user_id = self.people["deputy"]
        self.assertEqual(incident.activity_ids.user_id, self.people["deputy"])

    def test_closed_ones_need_nothing(self):
        incident = self._incident(
            date_opened="2026-03-01 08:00:00",
            state="resolved",
            date_resolved="2026-03-02 08:00:00",
        )
        self.assertFalse(incident.activity_ids)
        self.assertFalse(incident.date_due)

    def test_nobody_has_to_do_what_nobody_owns(self):
        incident = self._incident(partner_id=False, reporter_id=False)
        self.assertFalse(incident.user_id)
        self.assertFalse(incident.activity_ids)
        self.supplier.buyer_id = self.people["buyer"]
        incident.partner_id = self.supplier
        self.assertEqual(incident.activity_ids.user_id, self.people["buyer"])

    # ------------------------------------------------------------
    # Who hears of it
    # ------------------------------------------------------------

    def test_owner_and_reporter_follow(self):
        incident = self._report()
        people = self.people["buyer"] | self.people["reporter"]
        self.assertLessEqual(people.partner_id, incident.message_partner_ids)

    def test_reporter_follows_what_another_entered(self):
        incident = self._report(reporter_id=self.people["deputy"].id)
        self.assertIn(self.people["deputy"].partner_id, incident.message_partner_ids)

    def test_the_owner_is_told_once(self):
        with self.mock_mail_gateway(), self.mock_mail_app():
            self._report()
            self.flush_tracking()
        told = self._new_msgs.filtered(
            lambda message: (
                self.people["buyer"].partner_id in message.notified_partner_ids
            )
        )
        self.assertEqual(len(told), 1)
