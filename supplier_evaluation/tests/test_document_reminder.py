from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCommon

REMINDER = "odoo.addons.supplier_evaluation.models.supplier_document_reminder"
ACTIVITY_TYPE = "supplier_evaluation.mail_activity_type_supplier_document"


class ReminderCommon(DocumentCommon):
    """A licence that ends with 2026, and the scheduled action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.document"].search([]).active = False
        cls.supplier.write({"email": "vendor@example.com", "lang": "en_US"})
        # Documents of all companies are looked at on the day of the scheduler's.
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.document = cls._document(
            number="4711", date_to="2026-12-31", user_id=cls.buyer.id
        )

    def _run(self, now):
        """Run the scheduled action as on a day at noon in Shanghai."""
        now = now if " " in str(now) else f"{now} 04:00:00"
        self.env.flush_all()
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref(
                "supplier_evaluation.ir_cron_supplier_document_reminder"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _activities(self, documents=None):
        documents = self.document if documents is None else documents
        return (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search(
                [
                    ("res_model", "=", documents._name),
                    ("res_id", "in", documents.ids),
                    ("activity_type_id", "=", self.env.ref(ACTIVITY_TYPE).id),
                ]
            )
        )

    def _mails(self, documents=None):
        documents = self.document if documents is None else documents
        return self.env["mail.mail"].search(
            [("model", "=", documents._name), ("res_id", "in", documents.ids)]
        )

    def _summaries_of_days(self, first, last, step=1):
        """Return ``{day: summary}`` of the new reminders over a time."""
        found, known = {}, self._activities()
        day = first
        while day <= last:
            self._run(day)
            new = self._activities() - known
            if new:
                found[str(day)] = "; ".join(new.mapped("summary"))
                known |= new
            day += timedelta(days=step)
        return found


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


@tagged("post_install", "-at_install")
class TestDocumentReminderBatch(ReminderCommon):
    """Many documents: what they cost, and what one bad one does to the others."""

    def _documents(self, count, **vals):
        """Documents of as many suppliers and owners, verified in one go."""
        users = self.env["res.users"]
        for index in range(count):
            users |= new_test_user(
                self.env,
                f"owner_{count}_{index}",
                groups="purchase.group_purchase_user",
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
        partners = self.env["res.partner"].create(
            [
                {"name": f"S{index}", "email": f"s{index}@example.com"}
                for index in range(count)
            ]
        )
        documents = self.env["supplier.document"].create(
            [
                {
                    "partner_id": partner.id,
                    "type_id": self.licence.id,
                    "user_id": user.id,
                    "date_to": "2026-12-31",
                    **vals,
                }
                for partner, user in zip(partners, users, strict=True)
            ]
        )
        with freeze_time("2026-03-02"):
            documents.action_verify()
        return documents

    def _statements(self, count):
        documents = self._documents(count)
        days = dict.fromkeys((self.company.id, False), date(2026, 12, 24))
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time("2026-12-24 04:00:00"):
            before = self.cr.sql_log_count
            self.assertTrue(documents._try_reminding(days))
            statements = self.cr.sql_log_count - before
        self.assertEqual(len(self._activities(documents)), count)
        self.assertEqual(len(self._activities(documents).user_id), count)
        return statements

    def test_statements(self):
        """A batch of 50 takes as many as one of 5."""
        self.document.active = False
        self._statements(2)  # fills the caches
        five, fifty = self._statements(5), self._statements(50)
        self.assertEqual(five, fifty)
        self.assertLess(fifty, 60)

    def test_statements_with_mails(self):
        self.document.active = False
        self.licence.notify_supplier = True
        self._statements(2)
        five, fifty = self._statements(5), self._statements(50)
        self.assertLessEqual(fifty, five + 2)

    def test_batches(self):
        documents = self._documents(7)
        model = type(documents)
        original, sizes = model._try_reminding, []

        def count(records, days):
            sizes.append(len(records))
            return original(records, days)

        with (
            patch(f"{REMINDER}.BATCH", 3),
            patch.object(model, "_try_reminding", count),
        ):
            self._run("2026-12-24")
        self.assertEqual(sizes, [3, 3, 2])
        self.assertEqual(len(self._activities(documents)), 7)

    def test_a_bad_one_stops_no_other(self):
        self.licence.notify_supplier = True
        documents = self._documents(4)
        bad = documents[1]
        model = type(documents)
        original = model._reminder_vals

        def fail(document, days_left):
            if document == bad:
                raise ValueError("disk is full")
            return original(document, days_left)

        with patch.object(model, "_reminder_vals", fail), mute_logger(REMINDER):
            self._run("2026-12-24")
        self.assertEqual(
            set(self._activities(documents).mapped("res_id")),
            set((documents - bad).ids),
        )
        self.assertEqual(len(self._mails(documents)), 3)
        self.assertFalse(bad.date_reminded)
        self._run("2026-12-25")
        self.assertIn("6 days", self._activities(bad).summary)
        self.assertEqual(len(self._mails(documents)), 4)

    def test_out_of_time(self):
        """What is left over is done in the next run."""
        documents = self._documents(4)
        everything = documents | self.document
        crons = type(self.env["ir.cron"])

        def short(cron, processed=0, **options):
            return 0 if processed else 10

        for reminded in (2, 4, 5):
            with (
                freeze_time("2026-12-24 04:00:00"),
                patch(f"{REMINDER}.BATCH", 2),
                patch.object(crons, "_commit_progress", short),
            ):
                documents._cron_remind_documents()
            self.assertEqual(len(self._activities(everything)), reminded)

    def test_only_what_is_due_is_read(self):
        days = {False: date(2026, 9, 1)}
        with freeze_time(datetime(2026, 9, 1)):
            self.assertEqual(self.document.date_next_reminder, date(2026, 10, 2))
            self.document._remind(days)
        self.assertFalse(self._activities())
