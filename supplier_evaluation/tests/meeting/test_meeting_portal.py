from odoo import Command
from odoo.exceptions import MissingError
from odoo.tests import HttpCase, tagged

from ..portal.common import PDF, PortalCommon


@tagged("post_install", "-at_install")
class TestMeetingPortal(PortalCommon, HttpCase):
    """A meeting of three: each party reads only what is shown to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login in ("ours", "theirs"):
            cls.people[login].partner_id.email = f"{login}@vendor.example"
        cls.meeting = cls._meeting_of(
            cls.supplier,
            other_partner_ids=[Command.set(cls.rival.ids)],
            person_ids=[
                Command.set((cls.people["ours"] | cls.people["theirs"]).partner_id.ids)
            ],
            minutes="<p>Between us</p>",
        )
        ours, theirs, both, hidden = cls.env["supplier.meeting.point"].create(
            [
                {
                    "meeting_id": cls.meeting.id,
                    "name": name,
                    "outcome": f"About {name}",
                    "party_ids": [Command.set(parties.ids)],
                    "file_ids": [Command.create({"name": f"{name}.pdf", "raw": PDF})],
                }
                for name, parties in (
                    ("Apples", cls.supplier),
                    ("Pears", cls.rival),
                    ("Plums", cls.supplier | cls.rival),
                    ("Costs", cls.env["res.partner"]),
                )
            ]
        )
        cls.points = {"ours": ours | both, "theirs": theirs | both, "us": hidden}
        cls.env["supplier.meeting.decision"].create(
            [
                {
                    "meeting_id": cls.meeting.id,
                    "name": name,
                    "kind": "note",
                    "party_ids": [Command.set(parties.ids)],
                }
                for name, parties in (
                    ("Quinces are sent", cls.supplier),
                    ("Medlars are sent", cls.rival),
                    ("Nobody pays more", cls.env["res.partner"]),
                )
            ]
        )
        cls.env.flush_all()

    #: What each of them reads, and what neither does.
    WORDS = {
        "ours": ("Apples", "Quinces"),
        "theirs": ("Pears", "Medlars"),
    }
    SECRET = ("Costs", "Nobody pays", "Between us")

    def assertReads(self, text, user):
        for reader, words in self.WORDS.items():
            for word in (*words, "Plums"):
                if reader == user or word == "Plums":
                    self.assertIn(word, text)
                else:
                    self.assertNotIn(word, text)
        for word in self.SECRET:
            self.assertNotIn(word, text)

    def test_pages(self):
        names = {"ours": "Rival Works", "theirs": "Golden Supplier"}
        for user, other in names.items():
            with self.subTest(user=user):
                page = self._page(f"/my/supplier/meeting/{self.meeting.id}", user)
                self.assertEqual(page.status_code, 200)
                self.assertReads(page.text, user)
                self.assertNotIn(other, page.text)
                listed = self._page("/my/supplier/meetings", user).text
                self.assertIn(self.meeting.title, listed)

    def test_files(self):
        files = self.meeting.point_ids.file_ids
        self.assertEqual(len(files), 4)
        for user in ("ours", "theirs"):
            own = self.points[user].file_ids
            for file in files:
                with self.subTest(user=user, file=file.name):
                    page = self._page(f"/my/supplier/file/{file.id}", user)
                    expected = 200 if file in own else 404
                    self.assertEqual(page.status_code, expected)
        door = self._door("theirs")
        for point in self.points["ours"] - self.points["theirs"] | self.points["us"]:
            with self.assertRaises(MissingError):
                door._get("supplier.meeting.point", point.id)

    def test_not_shared_and_cancelled(self):
        for vals in ({"is_in_portal": False}, {"state": "cancelled"}):
            meeting = self._meeting_of(self.supplier)
            meeting._write_guarded(vals)
            page = self._page(f"/my/supplier/meeting/{meeting.id}")
            self.assertEqual(page.status_code, 404)
        customer = self._create_portal("portal_third", self._create_supplier("Third"))
        with self.assertRaises(MissingError):
            self._door(customer)._get("supplier.meeting", self.meeting.id)

    def test_minutes_by_mail(self):
        """Each person gets what may be read, and nobody who else was there."""
        self.meeting.user_id = self.people["manager"]
        self.people["manager"].email = "manager@ours.example"
        self.meeting.user_ids = False
        self.meeting._write_guarded({"state": "held"})
        before = self._mails(self.meeting)
        self.meeting.action_send_minutes()
        mails = self._mails(self.meeting) - before
        by_person = {mail.recipient_ids: mail.body_html for mail in mails}
        self.assertEqual(len(by_person), 3)
        for user in ("ours", "theirs"):
            body = by_person[self.people[user].partner_id]
            self.assertReads(body, user)
            self.assertNotIn("Parties", body)
        ours = by_person[self.people["manager"].partner_id]
        for word in (*self.SECRET, "Apples", "Pears", "Rival Works"):
            self.assertIn(word, ours)
        report = self.env["ir.actions.report"]._render_qweb_html(
            "supplier_evaluation.report_supplier_meeting", self.meeting.ids
        )[0]
        self.assertIn(b"Between us", report)

    def test_mail_when_it_is_shared(self):
        meeting = self._meeting_of(
            self.supplier,
            is_in_portal=False,
            other_partner_ids=[Command.set(self.rival.ids)],
        )
        self.assertFalse(self._mails(meeting))
        meeting.is_in_portal = True
        mails = self._mails(meeting)
        self.assertEqual(
            mails.recipient_ids,
            (self.people["ours"] | self.people["theirs"]).partner_id,
        )
        self.assertIn(f"/my/supplier/meeting/{meeting.id}", mails[0].body_html)

    def test_nobody_comes_in_vain(self):
        """Each party hears once of what a change is for it."""
        third = self._create_supplier("Third", supplier_rank=1)
        self.people["third"] = self._create_portal("portal_third", third)
        self.people["third"].lang = "en_US"
        meeting = self._meeting_of(self.supplier)
        heard = self.env["mail.mail"]

        def told():
            nonlocal heard
            fresh = self._mails(meeting) - heard
            heard |= fresh
            return {
                (user, mail.subject.split(":")[0])
                for mail in fresh
                for user in ("ours", "theirs", "third")
                if self.people[user].partner_id in mail.recipient_ids
            }

        shared, called_off = (
            "Your meeting with us",
            "Your meeting with us is called off",
        )
        self.assertEqual(told(), {("ours", shared)})
        meeting.write({"location": "Hall 4", "other_partner_ids": self.rival})
        self.assertEqual(
            told(), {("ours", f"{shared} was changed"), ("theirs", shared)}
        )
        meeting.other_partner_ids = third
        self.assertEqual(told(), {("theirs", called_off), ("third", shared)})
        meeting.event_id.start = "2026-05-06 02:00:00"
        self.assertEqual(
            told(), {(user, f"{shared} was changed") for user in ("ours", "third")}
        )
        self.assertIn("Hall 4", " ".join(heard.mapped("body_html")))
        with self.assertRefused("in vain"):
            meeting.unlink()
        meeting.action_cancel()
        self.assertEqual(told(), {("ours", called_off), ("third", called_off)})
        meeting.action_plan_again()
        self.assertEqual(told(), {("ours", shared), ("third", shared)})
        meeting.is_in_portal = False
        meeting.location = "Hall 5"
        self.assertFalse(told())
