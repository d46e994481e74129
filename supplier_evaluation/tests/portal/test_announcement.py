from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestAnnouncement(PortalCommon, HttpCase):
    """An announcement is for suppliers, on its days, and is mailed once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls.people["ours"]
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_announcement")

    def _announce(self, **vals):
        return self._as(self.env["supplier.announcement"], "manager").create(
            {
                "name": "Closed in May",
                "body": "<p>Send nothing</p>",
                "company_id": self.company.id,
                "date_from": "2020-01-01",
                **vals,
            }
        )

    def _run(self, day):
        with freeze_time(f"{day} 12:00:00"), self.enter_registry_test_mode():
            self.cron.sudo().method_direct_trigger()
        self.env.invalidate_all()

    def test_to_a_tier(self):
        tier = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        self.supplier.with_company(self.company).supplier_tier_id = tier
        announcement = self._announce(tier_ids=tier.ids)
        self.assertFalse(self._door("ours")._announcements())
        announcement.action_publish()
        self.assertEqual(len(self._door("ours")._announcements()), 1)
        self.assertFalse(self._door("theirs")._announcements())
        mails = self._mails(announcement)
        self.assertEqual(mails.recipient_ids, self.ours.partner_id)
        announcement.action_withdraw()
        self.assertFalse(self._door("ours")._announcements())
        announcement.action_publish()
        self.assertEqual(self._mails(announcement), mails)

    def test_that_is_over(self):
        with self.assertRaises(UserError):
            self._announce(date_to="2020-02-01").action_publish()

    # ------------------------------------------------------------
    # For whom
    # ------------------------------------------------------------

    def test_nothing_is_said_to_the_archive(self):
        self.rival.active = False
        announcement = self._announce()
        announcement.action_publish()
        self.assertTrue(self._door("ours")._announcements())
        self.assertFalse(self._door("theirs")._announcements())
        self.assertEqual(self._mails(announcement).recipient_ids, self.ours.partner_id)

    def test_customers_read_nothing(self):
        customer = self._create_supplier("Customer Only", customer_rank=1)
        customer.supplier_rank = 0
        login = self._create_portal("portal_customer", customer)
        announcement = self._announce()
        announcement.action_publish()
        self.assertFalse(self._door(login)._announcements())
        self.assertNotIn(login.partner_id, self._mails(announcement).recipient_ids)
        self.assertIn(self.ours.partner_id, self._mails(announcement).recipient_ids)
        self.people["customer"] = login
        for user, expected in ((login, 0), (self.ours, 1)):
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)
                counts = self.make_jsonrpc_request(
                    "/my/counters", {"counters": ["supplier_count"]}
                )
                self.assertEqual(counts.get("supplier_count", 0), expected)

    def test_contacts_of_contacts_are_written_to(self):
        department = self._create_contact("Sales", parent_id=self.supplier.id)
        contact = self._create_contact("Clerk", parent_id=department.id)
        clerk = self._create_user(
            "portal_clerk", "base.group_portal", partner_id=contact.id
        )
        announcement = self._announce()
        announcement.action_publish()
        self.assertTrue(self._door(clerk)._announcements())
        self.assertIn(clerk.partner_id, self._mails(announcement).recipient_ids)

    def test_suppliers_of_another_company_are_not_written_to(self):
        """They would open an empty page."""
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        supplier = self._create_supplier("Theirs Only", company_id=elsewhere.id)
        supplier.supplier_rank = 1
        both = self.company | elsewhere
        login = self._create_portal("portal_elsewhere", supplier)
        login.company_ids = both
        announcement = self._announce()
        announcement.action_publish()
        self.assertFalse(self._door(login)._announcements())
        self.assertNotIn(login.partner_id, self._mails(announcement).recipient_ids)

    def test_who_reads_it_is_who_is_written_to(self):
        announcement = self._announce()
        announcement.action_publish()
        for user in ("ours", "theirs"):
            with self.subTest(user=user):
                self.assertEqual(
                    bool(self._door(user)._announcements()),
                    self.people[user].partner_id
                    in self._mails(announcement).recipient_ids,
                )

    def test_statements(self):
        """Who reads it is asked at once, however many suppliers there are."""
        announcement = self._announce().sudo()
        self._create_many(1)
        few = self._statements_of(announcement._readers)
        self._create_many(5)
        self.assertLessEqual(self._statements_of(announcement._readers), few)

    def _create_many(self, count):
        for number in range(count):
            supplier = self._create_supplier(f"Many {number} of {count}")
            self._create_portal(f"portal_many_{number}_of_{count}", supplier)

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------

    def test_mailed_when_its_day_comes(self):
        with freeze_time("2026-05-01 12:00:00"):
            announcement = self._announce(date_from="2026-05-04")
            announcement.action_publish()
        self.assertFalse(self._mails(announcement))
        self.assertFalse(announcement.date_mailed)
        self._run("2026-05-02")
        self.assertFalse(self._mails(announcement))
        self._run("2026-05-04")
        mails = self._mails(announcement)
        self.assertIn(self.ours.partner_id, mails.recipient_ids)
        self._run("2026-05-05")
        self.assertEqual(self._mails(announcement), mails)

    def test_not_mailed_when_withdrawn_or_over(self):
        with freeze_time("2026-05-01 12:00:00"):
            withdrawn = self._announce(date_from="2026-05-04")
            over = self._announce(date_from="2026-05-04", date_to="2026-05-05")
            (withdrawn | over).action_publish()
            withdrawn.action_withdraw()
        self._run("2026-05-06")
        self.assertFalse(self._mails(withdrawn) | self._mails(over))

    def test_one_that_fails_stops_no_other(self):
        with freeze_time("2026-05-01 12:00:00"):
            bad = self._announce(date_from="2026-05-04", name="Bad")
            good = self._announce(date_from="2026-05-04")
            (bad | good).action_publish()
        announcements = self.registry["supplier.announcement"]
        readers = announcements._readers

        def fail(announcement):
            if announcement.name == "Bad":
                raise ValueError("no readers")
            return readers(announcement)

        with (
            patch.object(announcements, "_readers", fail),
            self.assertLogs("odoo.addons.supplier_evaluation.tools.scheduled"),
            self._failing(self.cron, "no readers"),
        ):
            self._run("2026-05-04")
        self.assertTrue(self._mails(good))
        self.assertFalse(bad.date_mailed)
