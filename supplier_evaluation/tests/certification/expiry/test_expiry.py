from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import tagged

from ..common import CertificationCommon


@tagged("post_install", "-at_install")
class TestExpiry(CertificationCommon):
    """One list of what runs out and what waits for somebody, of both kinds."""

    def _found(self, filter_name, person="manager"):
        """Return what a filter of the list shows to a person."""
        view = self.env.ref("supplier_evaluation.supplier_expiry_view_search")
        [node] = etree.fromstring(view.arch).xpath(f"//filter[@name='{filter_name}']")
        text = node.get("domain").replace(" uid)", f" {self.people[person].id})")
        rows = self._as(self.env["supplier.expiry"], person).search(literal_eval(text))
        return {row.document_id or row.certification_id for row in rows}

    def test_what_expires(self):
        today = self.company._supplier_day(fields.Datetime.now())
        soon = self._document(date_to=today + timedelta(days=10))
        late = self._document(date_to=today - timedelta(days=1))
        far = self._document(date_to=today + timedelta(days=200))
        rejected = self._document(date_to=today)
        rejected._reject("forged")
        certified = self._certified()
        found = self._found("expires_soon")
        self.assertLessEqual({soon, late}, found)
        self.assertTrue(found.isdisjoint({far, rejected, self.document, certified}))
        certified._write_guarded({"date_to": today + timedelta(days=30)})
        self.assertIn(certified, self._found("expires_soon"))
        rows = self.env["supplier.expiry"].search([("document_id", "in", late.ids)])
        self.assertEqual((rows.days_left, rows.partner_id), (-1, self.supplier))
        endless = rows.search([("document_id", "=", self.document.id)])
        self.assertIs(endless.days_left, False)

    def test_last_day(self):
        """What ends today is shown with 0 days, and not as if it never ended."""
        today = self.company._supplier_day(fields.Datetime.now())
        document = self._document(date_to=today, company_id=self.company.id)
        certified = self._certified()
        certified._write_guarded({"date_to": today})
        rows = self.env["supplier.expiry"].search(
            [
                "|",
                ("document_id", "=", document.id),
                ("certification_id", "=", certified.id),
            ]
        )
        for record in (document, *rows):
            with self.subTest(record):
                self.assertEqual(record.days_left, 0)
                self.assertIsNot(record.days_left, False)
        self.assertEqual(len(rows), 2)

    def test_a_newer_version_takes_the_place(self):
        today = fields.Date.today()
        old = self._document(date_to=today + timedelta(days=10))
        self._document(previous_id=old.id, date_to=today + timedelta(days=400))
        self.assertNotIn(old, self._found("expires_soon"))

    def test_what_waits(self):
        """Each sees what waits for them, and nobody what they brought themselves."""
        unverified = self._document(verified=False)
        draft, approval = self._draft(), self._in_approval()
        for person, expected in (
            ("manager", {unverified}),
            ("submitter", {draft}),
            ("first", {approval}),
            ("second", set()),
        ):
            with self.subTest(person=person):
                found = self._found("waits_for_me", person)
                self.assertEqual(found & {unverified, draft, approval}, expected)

    def test_a_row_opens_its_record(self):
        certification = self._draft()
        for record in (self.document, certification):
            name = (
                "document_id"
                if record._name == "supplier.document"
                else "certification_id"
            )
            row = self.env["supplier.expiry"].search([(name, "=", record.id)])
            self.assertEqual(row.display_name, record.display_name)
            action = row.action_open()
            self.assertEqual(action["res_model"], record._name)
            self.assertEqual(action["res_id"], record.id)

    def test_other_companies(self):
        certification = self._draft()
        rows = self._as(self.env["supplier.expiry"], "stranger").search([])
        self.assertNotIn(certification.id, rows.certification_id.ids)
        self.assertIn(self.document, rows.document_id.with_env(self.env))

    def test_one_menu(self):
        menus = self.env["ir.ui.menu"].search([("name", "ilike", "What Expires")])
        self.assertEqual(menus.mapped("name"), ["What Expires"])
        self.assertEqual(menus.action.res_model, "supplier.expiry")
