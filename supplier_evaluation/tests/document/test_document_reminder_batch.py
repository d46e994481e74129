from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BUYER
from ..scheduled import IR_CRON, SCHEDULED
from .common import ReminderCommon

REMINDER = "odoo.addons.supplier_evaluation.models.document.reminder"


@tagged("post_install", "-at_install")
class TestDocumentReminderBatch(ReminderCommon):
    """Many documents: what they cost, and what one bad one does to the others."""

    def _documents(self, count, **vals):
        """Documents of as many suppliers and owners, verified in one go."""
        users = self.env["res.users"]
        for index in range(count):
            users |= self._create_user(f"owner_{count}_{index}", BUYER)
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
            documents._remind(days)
            self.env.flush_all()
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
        self.assertEqual(five, fifty)

    def test_batches(self):
        documents = self._documents(7)
        model = type(documents)
        original, sizes = model._remind, []

        def count(records, days):
            sizes.append(len(records))
            return original(records, days)

        with (
            patch(f"{REMINDER}.BATCH", 3),
            patch.object(model, "_remind", count),
        ):
            self._run("2026-12-24")
        self.assertEqual(sizes, [3, 3, 2])
        self.assertEqual(len(self._activities(documents)), 7)

    def _full_disk(self, bad):
        """Return a context in which nothing can be written about a document."""
        model = type(bad)
        original = model._reminder_vals

        def fail(document, *told):
            if document == bad:
                raise ValueError("disk is full")
            return original(document, *told)

        return patch.object(model, "_reminder_vals", fail)

    def test_a_bad_one_stops_no_other(self):
        self.licence.notify_supplier = True
        documents = self._documents(4)
        bad = documents[1]
        with (
            self._full_disk(bad),
            self.assertLogs(SCHEDULED, "ERROR") as logs,
            self._failing(self.cron, "disk is full"),
        ):
            self._run("2026-12-24")
        [log] = logs.output
        self.assertIn(f"({bad.id},) {bad.display_name}", log)
        self.assertEqual(
            set(self._activities(documents).mapped("res_id")),
            set((documents - bad).ids),
        )
        self.assertEqual(len(self._mails(documents)), 3)
        self.assertFalse(bad.date_reminded)
        self._run("2026-12-25")
        self.assertIn("6 days", self._activities(bad).summary)
        self.assertEqual(len(self._mails(documents)), 4)
        self.assertFalse(self.cron.failure_count)

    def test_a_failure_is_seen_by_administrators(self):
        """Odoo counts it, shows it, and leaves nothing over for a run at once."""
        documents = self._documents(4)
        bad = documents[1]
        with (
            self._full_disk(bad),
            mute_logger(SCHEDULED, IR_CRON),
        ):
            for failures, day in enumerate(("2026-12-24", "2026-12-25"), start=1):
                shown = self._run(day)
                self.assertEqual(shown["tag"], "display_exception")
                self.assertIn("disk is full", shown["params"]["data"]["debug"])
                self.assertEqual(self.cron.failure_count, failures)
        self.assertTrue(self.cron.first_failure_date)
        progress = self.env["ir.cron.progress"].search(
            [("cron_id", "=", self.cron.id)], order="id DESC", limit=2
        )
        self.assertEqual(progress.mapped("done"), [1, 5])
        self.assertEqual(progress.mapped("remaining"), [0, 0])
        self.assertEqual(
            set(self._activities(documents).mapped("res_id")),
            set((documents - bad).ids),
        )
        self.assertIs(self._run("2026-12-26"), True)
        self.assertFalse(self.cron.failure_count)
        self.assertTrue(self._activities(bad))

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
