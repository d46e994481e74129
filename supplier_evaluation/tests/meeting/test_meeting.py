from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

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

    def test_the_worst_alerts_are_on_the_agenda(self):
        """As many as there is room for; the alphabet says nothing of how bad it is."""
        rules = self.env["supplier.alert.rule"]
        for number in range(11):
            self.alert.with_context(tracking_disable=True)._unguarded().copy(
                {
                    "rule_id": rules.create(
                        {"name": f"Rule {number}", "threshold": 80}
                    ).id,
                    "severity": "critical" if number == 10 else "warning",
                }
            )
        alerts = [record for _one, record, _text in self.meeting._open_alerts()]
        self.assertEqual(len(alerts), 10)
        self.assertEqual(alerts[0].severity, "critical")

    def test_a_revised_figure_is_the_same_topic(self):
        self.meeting.action_fill_agenda()
        points = self.meeting.point_ids
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        revision.action_publish()
        self.meeting.action_fill_agenda()
        self.assertEqual(self.meeting.point_ids, points)

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

    def test_a_title_is_no_html(self):
        self.meeting.title = "Scrap <ppm>"
        self.meeting.action_hold()
        decision = self._decide(self.meeting)
        decision.action_start()
        description = decision.corrective_action_id.description
        self.assertIn("Scrap &lt;ppm&gt;", description)

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
        self.assertEqual(str(todo.activity_id.date_deadline), "2030-06-10")
        with self.assertRefused("under way already"):
            todo.name = "Other"
        self.meeting.action_close()
        followed = action.corrective_action_id
        self.assertEqual(followed.partner_id, self.supplier)
        self.assertEqual(followed.user_id, self.people["manager"])
        self.assertIn(self.meeting.name, followed.description)
        steps = followed.step_ids.grouped("code")
        # The last second of the day in Shanghai.
        self.assertEqual(str(steps["d6"].date_due), "2030-06-10 15:59:59")
        self.assertEqual(action.progress, "open")
        self.assertEqual(note.progress, "none")
        todo.activity_id.action_feedback("Sent")
        self.env.invalidate_all()
        self.assertEqual(todo.progress, "done")
        self._as(followed, "manager")._cancel("Not needed")
        self.env.invalidate_all()
        self.assertEqual(action.progress, "cancelled")

    def test_what_was_taken_away_is_not_done(self):
        todo = self._decide(self.meeting, "Send a plan", kind="activity")
        todo.action_start()
        self._as(todo.activity_id, "manager").unlink()
        self.env.invalidate_all()
        self.assertEqual(todo.progress, "cancelled")

    def test_no_action_against_a_stranger(self):
        """Who comes no more, or never came, gets no corrective action."""
        decision = self._decide(self.meeting)
        note = self._decide(self.meeting, kind="note")
        other = self._create_supplier("Other")
        with self.assertRefused("no party", ValidationError):
            decision.partner_id = other
        with self.assertRefused("no party", ValidationError):
            self.meeting.partner_id = other
        decision.kind = "note"
        self.meeting.partner_id = other
        for one in (note, decision):
            with self.assertRefused("no party", ValidationError):
                one.kind = "action"

    def test_late_decisions_are_due_today(self):
        """Not before they began; and nobody who left sees to them."""
        decision = self._decide(self.meeting, date_due="2020-01-01")
        self.meeting.action_hold()
        self.people["manager"].active = False
        with self.assertRefused("has left"):
            self.meeting.action_close()
        self.people["manager"].active = True
        self.meeting.action_close()
        steps = decision.corrective_action_id.step_ids
        self.assertGreater(min(steps.mapped("date_due")), fields.Datetime.now())

    def test_held_meetings_are_logged(self):
        customer = self._create_supplier("Customer")
        self.meeting.write({"other_partner_ids": customer, "person_ids": self.anna})
        self.meeting.action_hold()
        contact = self.meeting.contact_ids
        self.assertEqual(contact.partner_id, self.supplier)
        self.assertEqual(contact.kind, "meeting")
        self.assertEqual(contact.person_id, self.anna)
        self.assertEqual(contact.date, self.meeting.date_start)
        contact = self._as(contact, "manager")
        for change in (
            lambda: contact.write({"date": "2026-01-01 00:00:00"}),
            lambda: contact.write({"partner_id": customer.id}),
            lambda: contact.unlink(),
        ):
            with self.assertRefused("logged this contact"):
                change()
        self.meeting.write({"date_start": "2026-05-03 01:00:00", "duration": 3})
        self.assertEqual(str(contact.date), "2026-05-03 01:00:00")
        self.assertEqual(contact.duration, 3)
        customer.supplier_rank = 1
        self.meeting.write(
            {"partner_id": customer.id, "other_partner_ids": False, "person_ids": False}
        )
        self.assertEqual(self.meeting.contact_ids.partner_id, customer)

    def test_buyers_move_no_answer_by_the_meeting(self):
        order = self._order(1, 5, "2026-03-10").order_id
        self.meeting.action_hold()
        self.meeting.contact_ids.write({"order_id": order.id, "is_answer": True})
        with self.assertRefused("counts as an answer"):
            self.meeting.date_start = "2026-05-03 01:00:00"
        self._as(self.meeting, "manager").date_start = "2026-05-03 01:00:00"
        self.assertEqual(str(self.meeting.contact_ids.date), "2026-05-03 01:00:00")

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
        self.meeting.active = False
        self._as(self.meeting, "manager").action_reopen()
        point.outcome = "Later"
        self.assertEqual(self.meeting.state, "held")
        self.assertTrue(self.meeting.active)

    def test_nobody_misses_an_archived_meeting(self):
        """What is planned is on the lists, however it came to be planned."""
        with self.assertRefused("is not over"):
            self._meeting(active=False)
        self.meeting.action_cancel()
        self.meeting.active = False
        self.assertTrue(self.meeting.copy().active)
        self.meeting.action_plan_again()
        self.assertTrue(self.meeting.active)

    def test_one_closes_while_another_decides(self):
        """Whoever writes a part writes the meeting: the database refuses the second."""
        point = self.env["supplier.meeting.point"].create(
            {"meeting_id": self.meeting.id, "name": "Prices"}
        )
        self.env.flush_all()
        row = SQL(
            "SELECT xmin, ctid FROM supplier_meeting WHERE id = %s", self.meeting.id
        )
        for change in (
            lambda: self._decide(self.meeting),
            lambda: point.write({"outcome": "Other"}),
            lambda: point.unlink(),
        ):
            before = self.env.execute_query(row)
            change()
            self.assertNotEqual(self.env.execute_query(row), before)

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

    def test_people_come_for_their_company(self):
        """Who is chosen as the supplier is one of its people, whoever is there."""
        bert, carl = self._create_contact("Bert"), self._create_contact("Carl")
        self.meeting.partner_id = bert
        self.assertEqual(self.meeting.partner_id, self.supplier)
        self.assertEqual(self.meeting.person_ids, bert)
        self.meeting.write(
            {"partner_id": carl.id, "person_ids": [(6, 0, self.anna.ids)]}
        )
        self.assertEqual(self.meeting.person_ids, carl | self.anna)

    def test_who_was_there_was_there(self):
        """A party that becomes part of a company takes it into no meeting."""
        third = self._create_supplier("Third", supplier_rank=1)
        tom = self._create_contact("Tom", parent_id=third.id, email="t@third.example")
        self.meeting.write({"other_partner_ids": third, "person_ids": tom})
        point = self.env["supplier.meeting.point"].create(
            {"meeting_id": self.meeting.id, "name": "Prices", "party_ids": third}
        )
        self.meeting.action_hold()
        self.meeting.action_close()
        holding = self._create_supplier("Holding")
        third.write({"is_company": False, "parent_id": holding.id, "active": False})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(tom.commercial_partner_id, holding)
        self.assertEqual(self.meeting.party_ids, self.supplier | third)
        self.assertEqual(point.party_ids, third)
        self.assertEqual(self._as(third, "buyer").supplier_meeting_count, 1)
        self.assertEqual(self._as(holding, "buyer").supplier_meeting_count, 0)
        mails = self.meeting._minutes_mails()
        self.assertIn(tom.id, [mail["recipient_ids"][0][1] for mail in mails])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            third.unlink()

    def test_logins_from_outside_are_none_of_us(self):
        """A supplier's login gets no minutes of ours, nor does who changed sides."""
        login = self._create_user("meeting_outside", "base.group_portal")
        decision = self._decide(self.meeting)
        contact = self.meeting.env["supplier.contact"].create(
            {"partner_id": self.supplier.id, "subject": "Called"}
        )
        for record, name in (
            (self.meeting, "user_ids"),
            (self.meeting, "user_id"),
            (decision, "user_id"),
            (contact, "user_id"),
        ):
            with self.assertRefused("from outside", ValidationError):
                record[name] = login
        with self.assertRefused("from outside", ValidationError):
            self._meeting(user_ids=[(6, 0, login.ids)])
        self.meeting.user_ids |= self.people["manager"]
        self.people["manager"].group_ids = self.env.ref("base.group_portal")
        mails = self.meeting._minutes_mails()
        self.assertEqual(
            [mail["recipient_ids"][0][1] for mail in mails],
            self.people["buyer"].partner_id.ids,
        )
