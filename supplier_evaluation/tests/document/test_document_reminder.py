from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ...tools.groups import MANAGER_GROUP as MANAGER
from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestDocumentReminder(ReminderCommon):
    """When the owner and the supplier are reminded, and of what."""

    def test_year(self):
        """Every day of a year: four reminders, and one when it has expired."""
        self.licence.notify_supplier = True
        found = self._summaries_of_days(date(2026, 9, 20), date(2027, 1, 20))
        name = "Licence 4711 of Golden Supplier"
        self.assertEqual(
            found,
            {
                "2026-10-02": f"{name} expires in 90 days",
                "2026-11-01": f"{name} expires in 60 days",
                "2026-12-01": f"{name} expires in 30 days",
                "2026-12-24": f"{name} expires in 7 days",
                "2027-01-01": f"{name} has expired",
            },
        )
        self.assertEqual(len(self._mails()), 4)
        self.assertEqual(self.document.verification, "verified")
        self.assertFalse(self.document.date_next_reminder)
        open_ones = self._activities()
        self.assertEqual(len(open_ones), 1, "the last one tells it all")
        self.assertEqual(open_ones.user_id, self.buyer)
        self.assertEqual(open_ones.date_deadline, date(2026, 12, 31))
        with freeze_time("2027-01-20"):
            self.assertEqual(self.document.state, "expired")

    def test_year_by_the_month(self):
        """The simulated year with a scheduler that wakes up now and then."""
        found = self._summaries_of_days(date(2026, 3, 3), date(2027, 3, 3), step=45)
        self.assertEqual(list(found), ["2026-10-14", "2026-11-28", "2027-01-12"], found)
        self.assertIn("78 days", found["2026-10-14"])
        self.assertIn("33 days", found["2026-11-28"])
        self.assertIn("has expired", found["2027-01-12"])

    def test_only_the_nearest_after_a_pause(self):
        """Three thresholds passed unseen: one reminder, and then the next one."""
        self._run("2026-12-10")
        self.assertIn("21 days", self._activities().summary)
        self._run("2026-12-23")
        self.assertIn("21 days", self._activities().summary)
        self._run("2026-12-24")
        self.assertIn("7 days", self._activities().summary)

    def test_once_a_threshold(self):
        self.licence.notify_supplier = True
        for now in ("2026-10-02 04:00:00", "2026-10-02 10:00:00", "2026-10-03"):
            self._run(now)
        self.assertEqual(len(self._activities()), 1)
        self.assertEqual(len(self._mails()), 1)
        self._activities().action_feedback()
        self._run("2026-10-04")
        self.assertFalse(self._activities().filtered("active"))

    def test_last_days(self):
        self.licence.reminder_days = "1, 0"
        found = self._summaries_of_days(date(2026, 12, 29), date(2027, 1, 2))
        self.assertEqual(
            {day: text.split(" Supplier ")[1] for day, text in found.items()},
            {
                "2026-12-30": "expires in 1 day",
                "2026-12-31": "expires today",
                "2027-01-01": "has expired",
            },
        )

    def test_no_thresholds(self):
        self.licence.reminder_days = False
        found = self._summaries_of_days(date(2026, 12, 30), date(2027, 1, 3))
        self.assertEqual(list(found), ["2027-01-01"])

    def test_new_thresholds(self):
        self._run("2026-10-02")
        self.licence.reminder_days = "45"
        self.assertEqual(self.document.date_next_reminder, date(2026, 11, 16))

    def test_day_of_the_company(self):
        """Where the document holds, the day begins; for all: at the scheduler's."""
        self.licence.reminder_days = "0"
        london = self._create_company("London", "UTC", "GBP")
        there = self._document(
            company_id=london.id, date_to="2026-12-31", user_id=self.env.uid
        )
        here = self._document(company_id=self.company.id, date_to="2026-12-31")
        everything = here | there | self.document
        reminded = []
        for now in (
            "2026-12-30 15:59:00",
            "2026-12-30 16:01:00",
            "2026-12-31 00:01:00",
            "2026-12-31 16:01:00",
            "2027-01-01 00:01:00",
        ):
            self._run(now)
            today = everything.filtered(
                lambda each: "today" in (self._activities(each).summary or "")
            )
            expired = everything.filtered(
                lambda each: "expired" in (self._activities(each).summary or "")
            )
            reminded.append((today, expired))
        nothing, own = here.browse(), here | self.document
        self.assertEqual(
            [(set(today), set(expired)) for today, expired in reminded],
            [
                (set(), set()),
                (set(own), set()),
                (set(own | there), set()),
                (set(there), set(own)),
                (set(nothing), set(own | there)),
            ],
        )

    def test_nobody_is_reminded_of(self):
        """What is not verified, endless, archived, or of an archived supplier."""
        gone = self._create_supplier("Gone")
        documents = self._document(verified=None, date_to="2026-12-31")
        documents |= self._document()
        documents |= self._document(date_to="2026-12-31", active=False)
        documents |= self._document(date_to="2026-12-31", partner_id=gone.id)
        rejected = self._document(date_to="2026-12-31")
        rejected._reject("forged")
        gone.active = False
        self._run("2027-01-05")
        self.assertTrue(self._activities())
        self.assertFalse(self._activities(documents | rejected))
        gone.active = True
        self._run("2027-01-06")
        self.assertEqual(self._activities(documents).res_id, documents[-1].id)

    def test_paper_of_the_past(self):
        """Entered for the record: who verified it saw that it is over."""
        old = self._document(verified="2027-01-05 04:00:00", date_to="2026-12-01")
        late = self._document(verified="2026-12-20 04:00:00", date_to="2026-12-31")
        self._run("2026-12-20")
        self.assertIn("11 days", self._activities(late).summary)
        self._run("2027-01-06")
        self.assertFalse(self._activities(old))

    def test_renewed(self):
        """The new version ends the reminders of the old one, and gets its own."""
        self._run("2026-12-24")
        with freeze_time("2026-12-26"):
            second = self._renew(self.document, date_to="2028-12-31")
        self._run("2027-01-01")
        self.assertIn("has expired", self._activities().summary)
        with freeze_time("2027-01-02 04:00:00"):
            second.with_user(self.manager).action_verify()
        self.assertFalse(self._activities().filtered("active"))
        self.assertIn("A newer version was verified", self.document.message_ids[0].body)
        self.assertFalse(self.document.date_next_reminder)
        self._run("2028-12-01")
        self.assertIn("30 days", self._activities(second).summary)
        self.assertFalse(self._activities().filtered("active"))

    def test_renewed_in_time(self):
        second = self._renew(self.document, date_to="2028-12-31")
        second.with_user(self.manager).action_verify()
        self._run("2027-01-05")
        self.assertFalse(self._activities())
        with freeze_time("2027-01-06 04:00:00"):
            second._reject("forged")
        self._run("2027-01-06")
        self.assertIn("has expired", self._activities().summary)

    def test_renewal_that_was_forged_after_all(self):
        """What counts again expires soon, and its reminders ended with the renewal."""
        self._run("2026-12-04")
        self.assertIn("27 days", self._activities().summary)
        with freeze_time("2026-12-05 04:00:00"):
            second = self._renew(self.document, date_to="2028-12-31")
            second.with_user(self.manager).action_verify()
        self._run("2026-12-06")
        self.assertFalse(self._activities().filtered("active"))
        with freeze_time("2026-12-14 04:00:00"):
            second.with_user(self.manager)._reject("forged")
        self._run("2026-12-15")
        self.assertIn("16 days", self._activities().filtered("active").summary)

    def test_other_activities_stay(self):
        todo = self.document.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.buyer.id
        )
        self._run("2026-12-24")
        second = self._renew(self.document, date_to="2028-12-31")
        second.with_user(self.manager).action_verify()
        self.assertTrue(todo.active)

    def test_owner_who_left(self):
        self.buyer.active = False
        with freeze_time("2026-03-02"):
            document = self._document(
                verified=None, date_to="2026-12-31", user_id=self.buyer.id
            )
            document.with_user(self.manager).action_verify()
        self._run("2026-12-24")
        self.assertEqual(self._activities(document).user_id, self.manager)

    def test_company_in_the_archive(self):
        closed = self._create_company("Closed Works", "UTC", "USD")
        document = self._document(company_id=closed.id, date_to="2026-12-31")
        closed.active = False
        self._run("2026-12-24")
        self.assertFalse(self._activities(document))
        self.assertTrue(self._activities())
        closed.active = True
        self._run("2026-12-24")
        self.assertTrue(self._activities(document))

    def test_owner_who_went_elsewhere(self):
        """Who entered and verified it are robots here: a manager is told."""
        self.buyer.group_ids = self.env.ref("base.group_user")
        self._run("2026-12-24")
        told = self._activities().user_id
        self.assertTrue(told)
        self.assertTrue(told.has_group(MANAGER))
        self.assertFalse(told._is_superuser())

    def test_language_of_the_owner(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.licence.with_context(lang="fr_FR").name = "Permis"
        self.buyer.lang = "fr_FR"
        self._run("2026-12-24")
        self.assertIn("Permis 4711", self._activities().summary)

    def test_reminder_is_read_by_its_owner(self):
        self._run("2026-12-24")
        activity = self._activities().with_user(self.buyer)
        self.assertIn("7 days", activity.read(["summary"])[0]["summary"])
        self.assertIn("Renew", activity.note or activity.activity_type_id.default_note)


@tagged("post_install", "-at_install")
class TestDocumentMail(ReminderCommon):
    """What the supplier gets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.licence.notify_supplier = True

    def test_only_where_the_type_says_so(self):
        self.licence.notify_supplier = False
        self._run("2026-12-24")
        self.assertTrue(self._activities())
        self.assertFalse(self._mails())

    def test_mail(self):
        self._run("2026-12-24")
        mail = self._mails()
        self.assertEqual(mail.recipient_ids, self.supplier)
        self.assertIn("Licence 4711", mail.subject)
        self.assertIn("12/31/2026", mail.subject)
        self.assertIn("Licence 4711", mail.body_html)
        self.assertIn("12/31/2026", mail.body_html)
        self.assertNotIn("&lt;t", mail.body_html)

    def test_language_of_the_supplier(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref(
            "supplier_evaluation.mail_template_supplier_document_expires"
        )
        template.with_context(lang="fr_FR").subject = "Expire : {{ object.number }}"
        self.supplier.lang = "fr_FR"
        self._run("2026-12-24")
        self.assertEqual(self._mails().subject, "Expire : 4711")

    def test_supplier_without_address(self):
        self.supplier.email = False
        self._run("2026-12-24")
        self.assertFalse(self._mails())
        self.assertIn("no e-mail address", self._activities().note)

    def test_expired_is_told_to_the_owner_only(self):
        self._run("2027-01-05")
        self.assertTrue(self._activities())
        self.assertFalse(self._mails())
