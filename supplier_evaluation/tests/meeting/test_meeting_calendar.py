from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MeetingCommon


@tagged("post_install", "-at_install")
class TestMeetingCalendar(MeetingCommon):
    """The meeting and its appointment move together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event = cls.meeting.event_id
        # Whoever has the appointment need not evaluate suppliers.
        cls.people["clerk"] = cls._create_user("meeting_clerk", "base.group_user")

    def test_appointment(self):
        event = self.event
        self.assertEqual(event.name, "Review")
        self.assertEqual(event.start, self.meeting.date_start)
        self.assertEqual(event.stop - event.start, timedelta(hours=1))
        self.assertEqual(event.user_id, self.people["buyer"])
        self.assertIn("9:00", self.meeting.when_text)

    def test_nobody_outside_is_invited(self):
        self.meeting.person_ids = self.anna
        self.meeting.user_ids |= self.people["manager"]
        people = self.people["buyer"] | self.people["manager"]
        self.assertEqual(self.event.partner_ids, people.partner_id)

    def test_moved_meeting_moves_its_appointment(self):
        self.meeting.write({"date_start": "2026-05-05 02:00:00", "duration": 1.5})
        self.assertEqual(self.event.start, datetime(2026, 5, 5, 2))
        self.assertEqual(self.event.stop, datetime(2026, 5, 5, 3, 30))

    def test_moved_appointment_moves_its_meeting(self):
        self.event.user_id = self.people["clerk"]
        event = self._as(self.event, "clerk")
        event.write(
            {
                "start": datetime(2026, 5, 6, 2),
                "stop": datetime(2026, 5, 6, 4),
            }
        )
        self.assertEqual(self.meeting.date_start, datetime(2026, 5, 6, 2))
        self.assertEqual(self.meeting.duration, 2)
        self.assertIn("Moved in the calendar", self.meeting.message_ids[0].body)

    def test_appointment_that_is_taken_away(self):
        for take in (
            lambda event: event.unlink(),
            lambda event: event.write({"active": False}),
        ):
            self.meeting.event_id.user_id = self.people["clerk"]
            take(self._as(self.meeting.event_id, "clerk"))
            self.env.invalidate_all()
            self.assertEqual(self.meeting.state, "cancelled")
            self.meeting.action_plan_again()
            self.assertTrue(self.meeting.event_id.active)
            self.assertEqual(self.meeting.event_id.start, self.meeting.date_start)

    def test_who_is_asked_in_the_calendar(self):
        """They stay when the meeting changes; only who leaves the meeting goes."""
        clerk = self.people["clerk"].partner_id
        manager = self.people["manager"]
        self.event.partner_ids |= clerk
        self.meeting.write({"title": "Other", "user_ids": [(4, manager.id)]})
        people = (self.people["buyer"] | manager).partner_id
        self.assertEqual(self.event.partner_ids, people | clerk)
        self.meeting.user_ids -= manager
        self.assertEqual(self.event.partner_ids, people - manager.partner_id | clerk)

    def test_only_people_of_the_meeting(self):
        """Other employees neither read, move nor call off what is in the calendar."""
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        self.people["stranger"] = self._create_user(
            "meeting_stranger", "base.group_user", elsewhere
        )
        self.event.location = "Hall 4"
        self.env.flush_all()
        self.env.invalidate_all()
        event = self._as(self.event, "stranger")
        self.assertNotEqual(event.name, "Review")
        self.assertFalse(event.location)
        for privacy in ("private", "public"):
            self.event.privacy = privacy
            for take in (
                lambda: event.unlink(),
                lambda: event.write({"active": False}),
                lambda: event.write({"start": datetime(2026, 5, 6, 2)}),
            ):
                with self.assertRaises(AccessError):
                    take()
        self._as(self.event, "manager").unlink()
        self.assertEqual(self.meeting.state, "cancelled")

    def test_appointments_are_not_repeated(self):
        weekly = {
            "recurrency": True,
            "rrule_type": "weekly",
            "tue": True,
            "end_type": "count",
            "count": 3,
            "event_tz": "UTC",
        }
        with self.assertRefused("is not repeated"):
            self._as(self.event, "buyer").write(weekly)
        self.assertEqual(self.meeting.state, "planned")

    def test_called_off(self):
        self.meeting.action_cancel()
        self.assertFalse(self.event.exists())
        self.assertEqual(self.meeting.state, "cancelled")
        gone = self._meeting()
        event = gone.event_id
        self._as(gone, "manager").unlink()
        self.assertFalse(event.exists())

    def test_held_meetings_stay_where_they_were(self):
        self.meeting.action_hold()
        self.event.write({"start": datetime(2026, 5, 6, 2)})
        self.event.unlink()
        self.assertEqual(self.meeting.state, "held")
        self.assertEqual(self.meeting.date_start, datetime(2026, 5, 4, 1))

    def test_numbers(self):
        other = self._meeting()
        year = fields.Date.today().year
        self.assertRegex(other.name, rf"MEET/{year}/\d{{5}}")
        self.assertNotEqual(other.name, self.meeting.name)
