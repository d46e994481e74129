from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import MeetingCommon


@tagged("post_install", "-at_install")
class TestMeeting(MeetingCommon):
    """From the agenda to what follows from the decisions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        line = cls._order(10, 5, "2026-03-10")
        cls._receive(line, "2026-03-20")
        cls.template = cls._create_template("Review", ["otd"])
        cls.evaluation = cls._evaluate()
        cls.evaluation.action_publish()
        cls.action = cls.env["supplier.corrective.action"]._open(
            cls.supplier, cls.company, "Rust"
        )
        cls.contract = cls.env["supplier.contract"].create(
            {
                "title": "Bolts",
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "date_from": "2020-01-01",
                "date_to": fields.Date.today() + timedelta(days=30),
            }
        )
        cls.contract._write_guarded({"state": "in_force"})
        cls.document = cls.env["supplier.document"].create(
            {
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "type_id": cls.env["supplier.document.type"].search([], limit=1).id,
                "date_to": fields.Date.today() + timedelta(days=20),
            }
        )
        rule = cls.env["supplier.alert.rule"].search([], limit=1)
        cls.alert = (
            cls.env["supplier.alert"]
            ._unguarded()
            .create(
                {
                    "rule_id": rule.id,
                    "company_id": cls.company.id,
                    "partner_id": cls.supplier.id,
                    "severity": rule.severity,
                    "seen_text": "Came late",
                }
            )
        )

    def test_nobody_outside_is_proposed_for_an_answer(self):
        """What one party wrote would go to the other one."""
        self.supplier.email = "info@golden.example"
        proposed = self.meeting._message_get_suggested_recipients(reply_discussion=True)
        self.assertEqual(proposed, [])

    def test_agenda(self):
        """What the records ask to be talked about, once, and shown to nobody."""
        self.meeting.action_fill_agenda()
        points = self.meeting.point_ids
        self.assertEqual(
            points.mapped("kind"), ["figure", "action", "alert", "expiry", "contract"]
        )
        found = {(point.res_model, point.res_id) for point in points}
        self.assertEqual(
            found,
            {
                (one._name, one.id)
                for one in (
                    self.evaluation.scorecard_ids.line_ids,
                    self.action,
                    self.alert,
                    self.document,
                    self.contract,
                )
            },
        )
        self.assertFalse(points.party_ids)
        self.assertIn("On-time delivery", points[0].name)
        points[0].name = "Ours"
        self.meeting.action_fill_agenda()
        self.assertEqual(self.meeting.point_ids, points)
        self.assertEqual(points[0].name, "Ours")
        for point in points:
            self.assertTrue(point.action_open_record()["res_id"])

    def test_statements_of_the_agenda(self):
        """As many, however many parties there are."""
        one = self._statements_of(self.meeting._proposed_points)
        others = self.env["res.partner"].union(
            *(self._create_supplier(f"Party {number}") for number in range(8))
        )
        for supplier in others:
            self.env["supplier.corrective.action"]._open(
                supplier, self.company, "Dents"
            )
        self.meeting.other_partner_ids = others
        many = self._statements_of(self.meeting._proposed_points)
        self.assertLessEqual(many, one + 3)

    def test_decisions_become_actions(self):
        self.meeting.action_hold()
        note = self._decide(self.meeting, "All were there", kind="note")
        todo = self._decide(self.meeting, "Send a plan", kind="activity")
        action = self._decide(self.meeting)
        self.assertEqual(action.partner_id, self.supplier)
        self.assertEqual(todo.progress, "waiting")
        with self.assertRefused("Nothing follows"):
            note.action_start()
        todo.action_start()
        self.assertEqual(todo.activity_id.user_id, self.people["manager"])
        self.assertEqual(str(todo.activity_id.date_deadline), "2026-06-10")
        with self.assertRefused("under way already"):
            todo.name = "Other"
        self.meeting.action_close()
        followed = action.corrective_action_id
        self.assertEqual(followed.partner_id, self.supplier)
        self.assertEqual(followed.user_id, self.people["manager"])
        self.assertIn(self.meeting.name, followed.description)
        steps = followed.step_ids.grouped("code")
        # The last second of the day in Shanghai.
        self.assertEqual(str(steps["d6"].date_due), "2026-06-10 15:59:59")
        self.assertEqual(action.progress, "open")
        self.assertEqual(note.progress, "none")
        todo.activity_id.action_feedback("Sent")
        self.env.invalidate_all()
        self.assertEqual(todo.progress, "done")
        self._as(followed, "manager")._cancel("Not needed")
        self.env.invalidate_all()
        self.assertEqual(action.progress, "done")

    def test_held_meetings_are_logged(self):
        customer = self._create_supplier("Customer")
        self.meeting.write({"other_partner_ids": customer, "person_ids": self.anna})
        self.meeting.action_hold()
        contact = self.meeting.contact_ids
        self.assertEqual(contact.partner_id, self.supplier)
        self.assertEqual(contact.kind, "meeting")
        self.assertEqual(contact.person_id, self.anna)
        self.assertEqual(contact.date, self.meeting.date_start)

    def test_later_meeting_is_not_held(self):
        self.meeting.date_start = fields.Datetime.now() + timedelta(days=2)
        with self.assertRefused("begins later"):
            self.meeting.action_hold()

    def test_closed_is_closed(self):
        point = self.env["supplier.meeting.point"].create(
            {"meeting_id": self.meeting.id, "name": "Prices"}
        )
        file = self.env["ir.attachment"].create({"name": "plan.pdf", "raw": b"%PDF-"})
        point.file_ids = file
        self.meeting.action_hold()
        decision = self._decide(self.meeting, kind="note")
        self.meeting.action_close()
        point, decision = (self._as(one, "buyer") for one in (point, decision))
        for change in (
            lambda: self.meeting.write({"minutes": "<p>Other</p>"}),
            lambda: self.meeting.write({"date_start": "2026-05-05 01:00:00"}),
            lambda: point.write({"outcome": "Other"}),
            lambda: point.unlink(),
            lambda: decision.write({"name": "Other"}),
            lambda: decision.unlink(),
            lambda: self._decide(self.meeting),
            lambda: file.unlink(),
        ):
            with self.assertRefused("not changed any more"):
                change()
        with self.assertRefused("has a history"):
            self._as(self.meeting, "manager").unlink()
        with self.assertRefused("Only a manager", AccessError):
            self.meeting.action_reopen()
        with self.assertRefused("Status cannot", AccessError):
            self.meeting.state = "planned"
        self._as(self.meeting, "manager").action_reopen()
        point.outcome = "Later"
        self.assertEqual(self.meeting.state, "held")

    def test_only_parties(self):
        stranger = self._create_supplier("Stranger")
        with self.assertRefused("none of the parties", ValidationError):
            self.meeting.person_ids = stranger
        point = self.env["supplier.meeting.point"].create(
            {"meeting_id": self.meeting.id, "name": "Prices"}
        )
        with self.assertRefused("no party", ValidationError):
            point.party_ids = stranger
        self.meeting.other_partner_ids = stranger
        point.party_ids = stranger
        with self.assertRefused("no party", ValidationError):
            self.meeting.other_partner_ids = False
