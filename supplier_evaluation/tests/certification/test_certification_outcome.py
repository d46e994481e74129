from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationOutcome(CertificationCommon):
    """What is granted, to whom, and how the vendor shows it."""

    def test_certified(self):
        with freeze_time("2026-03-02 18:00:00"):  # the third in Shanghai
            certification = self._certified()
            self.assertEqual(certification.state, "certified")
            self.assertEqual(certification.date_from, date(2026, 3, 3))
            self.assertEqual(certification.date_to, date(2027, 3, 2))
            self.assertRegex(certification.name, r"^CERT/2026/\d{5}$")
            self.assertTrue(certification._is_in_force())
        with freeze_time("2027-03-02 15:59:00"):
            self.assertTrue(certification._is_in_force())
        with freeze_time("2027-03-02 16:01:00"):
            self.assertFalse(certification._is_in_force())

    def test_conditions(self):
        with freeze_time("2026-03-02 02:00:00"):
            certification = self._conditional()
            self.assertEqual(certification.state, "conditional")
            self.assertEqual(certification.conditions, "Send the new licence")
            self.assertEqual(certification.date_to, date(2026, 4, 1))
            self.assertEqual(self._status(), "conditional")
            self._as(certification, "manager").action_meet_conditions()
            self.assertEqual(certification.state, "certified")
            self.assertEqual(certification.date_to, date(2027, 3, 1))
            self.assertFalse(certification.conditions)

    def test_conditions_met_too_late(self):
        with freeze_time("2026-03-02 02:00:00"):
            certification = self._conditional()
        with (
            freeze_time("2026-04-02 02:00:00"),
            self.assertRefused("ended on 04/01/2026"),
        ):
            self._as(certification, "manager").action_meet_conditions()
        with freeze_time("2026-04-01 02:00:00"):
            self._as(certification, "manager").action_meet_conditions()

    def test_conditions_not_met_without_the_documents(self):
        certification = self._conditional()
        self.document.active = False
        with self.assertRefused("Licence"):
            self._as(certification, "manager").action_meet_conditions()

    def test_conditions_need_a_day(self):
        certification = self._in_approval()
        for day in (False, fields.Date.today() - timedelta(days=1)):
            with self.assertRefused("a day in the future"):
                self._as(certification, "first")._approve("Good", "Mend it", day)

    def test_reinstated_with_conditions(self):
        certification = self._conditional()
        self._as(certification, "manager")._suspend("Recall")
        self._as(certification, "manager")._reinstate("Mended")
        self.assertEqual(certification.state, "conditional")

    def test_not_reinstated_without_its_documents(self):
        certification = self._suspended()
        self.document.active = False
        with self.assertRefused("Licence"):
            self._as(certification, "manager")._reinstate("Mended")

    def test_how_the_vendor_stands(self):
        self.assertEqual(self._status(), "none")
        certification = self._submitted()
        self.assertEqual(self._status(), "in_progress")
        self._as(certification, "manager").action_start_review()
        self._as(certification, "manager").action_finish_review()
        self._as(certification, "first")._approve("Good")
        self._as(certification, "second")._approve("Good")
        self.assertEqual(self._status(), "certified")
        self._as(certification, "manager")._suspend("Recall")
        self.assertEqual(self._status(), "suspended")
        other = self.supplier.with_company(self.elsewhere)
        self.assertEqual(other.supplier_certification_state, "none")
        self._as(certification, "manager")._revoke("Fraud")
        self.assertEqual(self._status(), "revoked")
        partners = self.env["res.partner"].with_company(self.company)
        domain = [("id", "=", self.supplier.id)]
        for state, found in (("revoked", 1), ("none", 0)):
            self.assertEqual(
                partners.search_count(
                    [*domain, ("supplier_certification_state", "=", state)]
                ),
                found,
            )
        with self.assertRaises(AccessError):
            self.supplier.supplier_certification_state = "certified"

    def test_applying_again_does_not_hide_a_revocation(self):
        self._as(self._suspended(), "manager")._revoke("Fraud")
        self._submitted()
        self.assertEqual(self._status(), "revoked")

    def test_contact_stands_for_its_company(self):
        contact = self._create_supplier(
            "Sales desk", parent_id=self.supplier.id, is_company=False
        )
        certification = self._certified(partner_id=contact.id)
        self.assertEqual(certification.partner_id, self.supplier)
        model = self.env["supplier.certification"]
        covering = model._covering(
            contact | self.supplier | self.company.partner_id, self.company
        )
        self.assertEqual(covering[contact.id], certification)
        self.assertEqual(covering[self.supplier.id], certification)
        self.assertFalse(covering[self.company.partner_id.id])
        elsewhere = model.sudo()._covering(self.supplier, self.elsewhere)
        self.assertFalse(elsewhere[self.supplier.id])

    def test_supplier_is_a_default(self):
        contact = self._create_supplier(
            "Sales desk", parent_id=self.supplier.id, is_company=False
        )
        model = self._as(self.env["supplier.certification"], "submitter")
        vals = {"program_id": self.program.id, "company_id": self.company.id}
        for partner in (self.supplier, contact):
            own = model.with_context(
                allowed_company_ids=self.company.ids, default_partner_id=partner.id
            )
            self.assertEqual(own.create(vals).partner_id, self.supplier)

    def test_covering_takes_one_query(self):
        self._certified()
        partners = self.supplier | self._create_supplier("Other")
        self.env.flush_all()
        model = self.env["supplier.certification"]
        model._covering(partners, self.company)
        before = self.cr.sql_log_count
        model._covering(partners, self.company)
        self.assertLessEqual(self.cr.sql_log_count - before, 1)

    def test_scope(self):
        category = self.env["product.category"]
        packaging = category.create({"name": "Packaging"})
        boxes = category.create({"name": "Boxes", "parent_id": packaging.id})
        electronics = category.create({"name": "Electronics"})
        narrow = self._draft(category_ids=[Command.set(packaging.ids)])
        self.assertTrue(narrow._covers(packaging))
        self.assertTrue(narrow._covers(boxes))
        self.assertFalse(narrow._covers(electronics))
        self.assertFalse(narrow._covers(category))
        wide = self._draft()
        self.assertTrue(wide._covers(electronics))

    def test_scope_is_fixed_when_submitted(self):
        certification = self._submitted()
        for person in ("submitter", "first", "manager"):
            with self.assertRefused("was submitted"):
                self._as(certification, person).write(
                    {"category_ids": [Command.clear()]}
                )

    def test_waiting_time(self):
        with freeze_time("2026-03-02 02:00:00"):
            self._rejected()
        with freeze_time("2026-05-30 02:00:00"):
            again = self._draft()
            with self.assertRefused("not again before 05/31/2026"):
                self._as(again, "submitter").action_submit()
        with freeze_time("2026-05-31 02:00:00"):
            self._as(again, "submitter").action_submit()
        self.assertEqual(again.state, "submitted")

    def test_merged_vendors(self):
        """The vendor that is kept has the certifications of both."""
        other = self._create_supplier("Twin")
        certification = self._certified()
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([self.supplier.id, other.id], other)
        self.env.invalidate_all()
        self.assertEqual(certification.partner_id, other)
        self.assertEqual(self._status(other), "certified")

    def test_archived(self):
        certification = self._certified()
        own = self._as(certification, "manager")
        with self.assertRefused("the state “Certified”", ValidationError):
            own.active = False
        own._revoke("Fraud")
        with self.assertRefused("the state “Revoked”", ValidationError):
            own.active = False
        self._as(self._draft(), "manager").active = False
        other = self._create_supplier("Other")
        self._document(partner_id=other.id)
        self._as(self._expired(partner_id=other.id), "manager").active = False
        self.assertEqual(self._status(), "revoked")
        self.assertEqual(self._status(other), "expired")

    def test_archived_before_that_was_refused(self):
        """What was rejected or revoked stays so, also where it is archived."""
        with freeze_time("2026-03-02 02:00:00"):
            rejected = self._rejected()
            self._archive(rejected)
            rejected._refresh_vendors()
            self.assertEqual(self._status(), "rejected")
            with self.assertRefused("not again before 05/31/2026"):
                self._as(self._draft(), "submitter").action_submit()
        with freeze_time("2026-06-02 02:00:00"):
            revoked = self._revoked()
            self._archive(revoked)
            revoked._refresh_vendors()
            self.assertEqual(self._status(), "revoked")

    def _archive(self, certification):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_certification SET active = FALSE WHERE id = %s",
            [certification.id],
        )
        self.env.invalidate_all()

    def test_one_in_progress(self):
        first = self._submitted()
        again = self._draft()
        with self.assertRefused(f"{first.name} is in progress"):
            self._as(again, "submitter").action_submit()
        self._as(first, "submitter").action_withdraw()
        with self.assertRefused("is there 2 times"):
            self._as(first | again, "submitter").action_submit()
        self._as(again, "submitter").action_submit()
        self.assertEqual(again.state, "submitted")
        elsewhere = self._draft(program_id=self._program().id)
        self._as(elsewhere, "submitter").action_submit()
        self.assertEqual(elsewhere.state, "submitted")

    def test_revoked_with_its_renewals(self):
        """A renewal granted before does not come into force all the same."""
        certification, renewal, progress = self._with_renewals()
        self._as(certification, "manager")._revoke("Fraud")
        self.assertEqual(renewal.state, "revoked")
        self.assertEqual(renewal.reason, "Fraud")
        self._check_sent_back(progress, "Fraud")
        self.assertEqual(self._status(), "revoked")

    def test_suspended_with_its_renewals(self):
        certification, renewal, progress = self._with_renewals()
        self._as(certification, "manager")._suspend("Recall")
        self.assertEqual(renewal.state, "suspended")
        self.assertEqual(renewal.reason, "Recall")
        self._check_sent_back(progress, "Recall")
        self.assertEqual(self._status(), "suspended")
        # What is suspended already is revoked too.
        self._as(certification, "manager")._revoke("Fraud")
        self.assertEqual(renewal.state, "revoked")

    def _with_renewals(self):
        certification = self._certified()
        renewal = certification._open_renewals()
        self._as(renewal, "submitter").action_submit()
        self._as(renewal, "manager").action_start_review()
        self._as(renewal, "manager").action_finish_review()
        self._as(renewal, "first")._approve("Good")
        self._as(renewal, "second")._approve("Good")
        self.assertGreater(renewal.date_from, certification.date_to)
        progress = renewal._open_renewals()
        self._as(progress, "submitter").action_submit()
        return certification, renewal, progress

    def _check_sent_back(self, certification, reason):
        self.assertEqual(certification.state, "draft")
        self.assertEqual(certification.activity_ids.user_id, self.people["submitter"])
        self.assertIn(reason, certification.activity_ids.note)

    def test_document_of_a_parent_company(self):
        """What a company has holds for its branches."""
        self.document.active = False
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        certification = self.env["supplier.certification"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": branch.id,
                "program_id": self._program(company_id=False).id,
            }
        )
        self._document(company_id=self.elsewhere.id)

        def rows():
            return [row[:3] for row in certification._requirements()[certification]]

        row = ("document", False, "Licence")
        self.assertIn(row, rows())
        self._document(company_id=self.company.id)
        row = ("document", True, "Licence")
        self.assertIn(row, rows())

    def test_evidence_stays(self):
        certification = self._submitted()
        self._as(certification, "submitter").action_withdraw()
        with self.assertRefused("was submitted before"):
            self._as(certification, "manager").unlink()
        self._as(self._draft(), "manager").unlink()
