from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import MANAGER
from .common import CertificationCommon

ACTIVITY = "supplier_evaluation.mail_activity_type_certification"


@tagged("post_install", "-at_install")
class TestCertificationRenewal(CertificationCommon):
    """Whose renewal it is, how long a year is, and who hears of an end."""

    def _activities(self, certification):
        kind = self.env.ref(ACTIVITY)
        return certification.activity_ids.filtered(
            lambda one: one.activity_type_id == kind
        )

    def _cron(self, name, day):
        with freeze_time(f"{day} 04:00:00"):
            self._trigger(f"supplier_evaluation.ir_cron_supplier_certification_{name}")

    # ------------------------------------------------------------
    # Of whom
    # ------------------------------------------------------------

    def test_renewal_of_another_supplier(self):
        """It would begin with, and be revoked with, what somebody else holds."""
        other = self._create_supplier("Other Works")
        first = self._certified()
        renewal = first._open_renewals()
        mine = self._as(renewal, "submitter")
        with self.assertRefused("same supplier"):
            mine.partner_id = other
        self.people["submitter"].company_ids |= self.elsewhere
        with self.assertRefused("same supplier|company"):
            self._as(renewal, "submitter").company_id = self.elsewhere
        desk = self._create_contact("Desk", parent_id=self.supplier.id)
        mine.partner_id = desk
        self.assertEqual(renewal.partner_id, self.supplier)

    def test_application_may_be_of_another_one(self):
        other = self._create_supplier("Other Works")
        draft = self._draft()
        self._as(draft, "submitter").partner_id = other
        self.assertEqual(draft.partner_id, other)

    def _renewed(self):
        """Certified until March 2027, and renewed in January."""
        with freeze_time("2026-03-02 04:00:00"):
            first = self._certified()
        with freeze_time("2027-01-20 04:00:00"):
            renewal = first._open_renewals()
            self._as(renewal, "submitter").action_submit()
            self._as(renewal, "manager").action_start_review()
            self._as(renewal, "manager").action_finish_review()
            self._as(renewal, "first")._approve("Still good")
            self._as(renewal, "second")._approve("Still good")
        self.assertEqual(str(renewal.date_from), "2027-03-02")
        return first, renewal

    def test_reinstated_with_what_renews_it(self):
        """Otherwise it would be lost again on the day on which the renewal begins."""
        first, renewal = self._renewed()
        with freeze_time("2027-02-01 04:00:00"):
            self._as(first, "manager")._suspend("Recall")
            self.assertEqual(renewal.state, "suspended")
            self._as(first, "manager")._reinstate("Mended")
        self.assertEqual((first.state, renewal.state), ("certified", "certified"))
        self._cron("expire", "2027-03-02")
        self.assertEqual(first.state, "expired")
        with freeze_time("2027-03-02 04:00:00"):
            covering = first._covering(self.supplier, self.company)
        self.assertEqual(covering[self.supplier.id], renewal)

    def test_what_was_suspended_by_itself_stays_so(self):
        first, renewal = self._renewed()
        with freeze_time("2027-02-01 04:00:00"):
            self._as(renewal, "manager")._suspend("Its audit was faked")
            self._as(first, "manager")._suspend("Recall")
            self._as(first, "manager")._reinstate("Mended")
        self.assertEqual((first.state, renewal.state), ("certified", "suspended"))

    # ------------------------------------------------------------
    # How long
    # ------------------------------------------------------------

    def test_a_year_from_the_leap_day(self):
        for day, end in (
            ("2028-02-29", date(2029, 2, 28)),
            ("2027-03-01", date(2028, 2, 29)),
            ("2027-02-28", date(2028, 2, 27)),
        ):
            supplier = self._create_supplier(f"Since {day}")
            with self.subTest(day), freeze_time(f"{day} 04:00:00"):
                document = self.document.copy(
                    {"partner_id": supplier.id, "number": day}
                )
                document.sudo().action_verify()
                certification = self._certified(partner_id=supplier.id)
                self.assertEqual(certification.date_to, end)

    def test_half_a_year_from_the_last_of_august(self):
        self.program.validity_months = 6
        with freeze_time("2026-08-31 04:00:00"):
            self.assertEqual(self._certified().date_to, date(2027, 2, 28))

    # ------------------------------------------------------------
    # The archive
    # ------------------------------------------------------------

    def test_no_renewal_from_the_archive(self):
        with freeze_time("2026-03-02 04:00:00"):
            first = self._certified()
        self.supplier.active = False
        self._cron("renew", "2027-02-01")
        self.assertFalse(first.renewal_ids)
        self.supplier.active = True
        self._cron("renew", "2027-02-02")
        self.assertTrue(first.renewal_ids)

    # ------------------------------------------------------------
    # Who hears
    # ------------------------------------------------------------

    def _only_manager(self):
        """Let nobody else be a manager of the company, such as its administrator."""
        group = self.env.ref(MANAGER)
        others = group.all_user_ids - self.people["manager"] - self.env.user
        others.filtered(lambda one: self.company in one.company_ids).write(
            {
                "company_id": self.elsewhere.id,
                "company_ids": [Command.set(self.elsewhere.ids)],
            }
        )

    def _expired_without(self, leave):
        self._only_manager()
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
        leave(self.people["submitter"])
        self._cron("expire", "2027-03-02")
        self.assertEqual(certification.state, "expired")
        return self._activities(certification).user_id

    def test_owner_who_left(self):
        def leave(user):
            user.active = False

        self.assertEqual(self._expired_without(leave), self.people["manager"])

    def test_owner_who_went_elsewhere(self):
        def leave(user):
            user.write(
                {
                    "company_id": self.elsewhere.id,
                    "company_ids": [Command.set(self.elsewhere.ids)],
                }
            )

        self.assertEqual(self._expired_without(leave), self.people["manager"])

    def test_sent_back_to_nobody(self):
        self._only_manager()
        certification = self._in_approval()
        self.people["submitter"].active = False
        self._as(certification, "first")._send_back("The licence is another one")
        told = self._activities(certification).user_id
        self.assertEqual(told, self.people["manager"])

    def test_what_people_write_is_no_html(self):
        """“<ppm>” would be an unknown tag, and gone."""
        reason = "Scrap <5 % & <ppm> not reached"
        text = "Scrap &lt;5 % &amp; &lt;ppm&gt; not reached"
        sent_back = self._in_approval()
        self._as(sent_back, "first")._send_back(reason)
        self.assertIn(text, self._activities(sent_back).note)
        certified = self._certified(
            partner_id=self.supplier.id, program_id=self._program(name="Other").id
        )
        certified._propose_suspension(self.supplier, self.company, reason)
        self.assertIn(text, certified.activity_ids[0].note)

    def test_suspension_is_proposed_to_who_is_there(self):
        certification = self._certified()
        owner = self.people["submitter"]
        owner.write(
            {
                "company_id": self.elsewhere.id,
                "company_ids": [Command.set(self.elsewhere.ids)],
            }
        )
        certification._propose_suspension(self.supplier, self.company, "It failed")
        self.assertNotIn(owner, certification.activity_ids.user_id)
