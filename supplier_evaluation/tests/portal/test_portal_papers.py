from datetime import date

from odoo import fields
from odoo.exceptions import MissingError
from odoo.tests import HttpCase, tagged

from ...tools.groups import MANAGER_GROUP
from .common import PDF, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalPapers(PortalCommon, HttpCase):
    """What suppliers send counts once somebody has verified just that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls.people["ours"]

    def _send_document(self, document=None, kind=None, company=None, **vals):
        """Send the next version of a document, or what a company asks for."""
        vals = {"date_to": "2037-01-01", **vals}
        sent = self._door("ours")._send_document(
            (kind or document.type_id).id,
            vals,
            [("new.pdf", PDF)],
            company and company.id,
            document and document.id,
        )
        return self.env["supplier.document"].browse(sent.id)

    def _kind(self, **vals):
        kind = self.env["supplier.document.type"].create(
            {"name": "Insurance", "code": "portal_insurance", **vals}
        )
        self.env.flush_all()
        return kind

    def _rows(self, kind):
        return [row for row in self._door("ours")._papers() if row["type"] == kind]

    def _post_document(self, kind, document=None, files=None, **vals):
        files = files or {"files": ("a.pdf", PDF, "application/pdf")}
        which = {"document": str(document.id)} if document else {}
        url = f"/my/supplier/documents/{kind.id}"
        return self._post(url, {**which, **vals}, files)

    # ------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------

    def test_somebody_hears_when_the_owner_has_left(self):
        old = self._document_of(self.supplier, verified=False)
        old.user_id = self.people["buyer"]
        old.sudo().action_verify()
        self.people["buyer"].active = False
        told = self._send_document(old).activity_ids.user_id
        self.assertTrue(told.has_group(MANAGER_GROUP))
        self.assertTrue(told.active)

    def test_next_version_waits(self):
        old = self._document_of(self.supplier, verified=False)
        old.user_id = self.people["buyer"]
        old.sudo().action_verify()
        new = self._send_document(old)
        self.assertEqual(new.previous_id, old)
        self.assertEqual(new.verification, "to_verify")
        self.assertEqual(new.edited_uid, self.ours)
        self.assertFalse(old.is_superseded)
        self.assertEqual(new.activity_ids.user_id, self.people["buyer"])
        for row in self._rows(old.type_id):
            self.assertFalse(row["is_wanted"])
            self.assertFalse(row["can_send"])
        new.sudo().action_verify()
        self.assertTrue(old.is_superseded)

    def test_what_is_being_verified_is_not_exchanged(self):
        """Whoever verifies it has opened it: another file would be verified unseen."""
        waiting = self._document_of(self.supplier, verified=False)
        old = self._document_of(self.supplier)
        sent = self._send_document(old, number="1")
        file = sent.file
        for document in (waiting, old, sent):
            with self.assertRefused("being verified"):
                self._send_document(document, number="2")
        self.assertEqual((sent.number, sent.file), ("1", file))
        page = self._post_document(old.type_id, sent)
        self.assertIn("being verified", page.text)

    def test_missing(self):
        kind = self._kind(is_required=True)
        [row] = self._rows(kind)
        self.assertEqual(row["status"], "missing")
        self.assertEqual(self._door("ours")._waiting()["documents"], 1)
        document = self._send_document(kind=kind, company=self.company)
        self.assertEqual(document.partner_id, self.supplier)
        self.assertEqual(document.company_id, self.company)
        self.assertEqual(self._door("ours")._waiting()["documents"], 0)
        # As a page that was opened before asks for it.
        with self.assertRefused("being verified"):
            self._send_document(kind=kind, company=self.company)

    def test_rejected_document(self):
        old = self._document_of(self.supplier, verified=False)
        self._as(old, "manager").sudo()._reject("It is blurred")
        mail = self._mails(old).filtered("subject")[:1]
        self.assertIn("send it again", mail.subject)
        self.assertIn("What you sent was not accepted", mail.body)
        blurred = old.file
        self.assertEqual(self._send_document(old), old)
        self.assertEqual(old.verification, "to_verify")
        # What was refused, and why, can still be seen.
        self.assertNotEqual(old.file, blurred)
        kept = old.message_ids.filtered("attachment_ids")
        self.assertIn("It is blurred", kept.body)
        self.assertEqual(kept.attachment_ids.datas, blurred)
        self._as(old, "manager").sudo()._reject("It is the wrong one")
        self._send_document(old)
        self.assertEqual(len(old.message_ids.attachment_ids), 2)

    # ------------------------------------------------------------
    # Of two companies
    # ------------------------------------------------------------

    def test_two_companies(self):
        """What one company has is nothing that the other one asks for."""
        other = self._create_company("Second", "UTC", "EUR")
        self.ours.company_ids |= other
        first = self._document_of(self.supplier, self.company)
        second = self._document_of(self.supplier, other)
        kind = first.type_id
        kind.is_required = True
        self.env.flush_all()
        documents = {row["document"].id for row in self._rows(kind)}
        self.assertEqual(documents, {first.id, second.id})
        new = self._send_document(first)
        self.assertEqual((new.previous_id, new.company_id), (first, self.company))
        rows = {row["document"].id: row for row in self._rows(kind)}
        self.assertTrue(rows[second.id]["can_send"])
        self.assertFalse(rows[first.id]["can_send"])
        newer = self._send_document(second)
        self.assertEqual((newer.previous_id, newer.company_id), (second, other))
        page = self._page("/my/supplier/documents")
        self.assertIn("Second", page.text)

    def test_one_of_two_companies_has_it(self):
        other = self._create_company("Second", "UTC", "EUR")
        self.ours.company_ids |= other
        there = self._document_of(self.supplier, other)
        kind = there.type_id
        kind.is_required = True
        self.env.flush_all()
        [row] = [row for row in self._rows(kind) if row["status"] == "missing"]
        self.assertEqual(row["company"], self.company)
        self.assertTrue(row["is_wanted"])
        new = self._send_document(kind=kind, company=self.company)
        self.assertFalse(new.previous_id)
        self.assertEqual(new.company_id, self.company)

    def test_for_a_company_that_does_not_ask(self):
        other = self._create_company("Second", "UTC", "EUR")
        kind = self._kind(is_required=True)
        with self.assertRaises(MissingError):
            self._send_document(kind=kind, company=other)
        theirs = self._document_of(self.rival)
        with self.assertRaises(MissingError):
            self._send_document(theirs)

    # ------------------------------------------------------------
    # What is filled in
    # ------------------------------------------------------------

    def test_days_in_the_wrong_order(self):
        old = self._document_of(self.supplier)
        for days in (
            {"date_from": "2037-05-01", "date_to": "2037-04-30"},
            # The first day is that after the version before.
            {"date_to": "2035-01-01"},
        ):
            with self.subTest(days):
                page = self._post_document(old.type_id, old, **days)
                self.assertIn("as they are printed on it", page.text)
        self._as(old, "manager").sudo()._reject("It is blurred")
        self.assertEqual(len(old._versions()), 1)
        days = {"date_from": "2034-01-01", "date_to": "2035-01-01"}
        page = self._post_document(old.type_id, old, **days)
        self.assertIn("alert-success", page.text)

    def test_days_of_a_rejected_one(self):
        old = self._document_of(self.supplier, verified=False)
        old.date_from = "2030-01-01"
        self._as(old, "manager").sudo()._reject("It is blurred")
        page = self._post_document(old.type_id, old, date_to="2029-12-31")
        self.assertIn("as they are printed on it", page.text)

    def test_what_is_no_day(self):
        kind = self._document_of(self.supplier).type_id
        for text in ("tomorrow", "2037-02-30", "0001-01-01"):
            with self.subTest(text), self.assertRefused("is not a day"):
                self._door("ours")._read_day(text)
        self.assertFalse(self._door("ours")._read_day(" "))
        page = self._post_document(kind, self._rows(kind)[0]["document"], date_to="x")
        self.assertIn("is not a day", page.text)

    def test_without_end(self):
        """Some papers say the last day that there is."""
        old = self._document_of(self.supplier, verified=False)
        old.date_to = date.max
        old.sudo().action_verify()
        self.assertFalse(old.date_next_reminder)
        new = self._send_document(old, date_to="9999-12-31")
        self.assertFalse(new.date_from)

    def test_texts(self):
        old = self._document_of(self.supplier)
        new = self._send_document(old, number=" A\x00\r\n\tB ", issuer="C")
        self.assertEqual((new.number, new.issuer), ("A B", "C"))
        other = self._document_of(self.supplier)
        with self.assertRefused("at most 100 letters"):
            self._send_document(other, issuer="x" * 101)

    def test_a_file_in_place_of_a_text(self):
        old = self._document_of(self.supplier)
        incident, action, certification = self._share_work(self.supplier)
        file = ("a.pdf", PDF, "application/pdf")
        answer = certification.answer_ids[0]
        step = action.step_ids[0]
        for url, inputs in {
            f"documents/{old.type_id.id}": ("number",),
            f"incident/{incident.id}/answer": ("text",),
            f"step/{step.id}/answer": ("text",),
            f"certification/{certification.id}/answer": (f"value_{answer.id}",),
            f"figure/{self.line.id}/dispute": ("record", "reason"),
        }.items():
            with self.subTest(url):
                files = {"files": file, **dict.fromkeys(inputs, file)}
                own = {"document": str(old.id)}
                page = self._post(f"/my/supplier/{url}", own, files)
                self.assertEqual(page.status_code, 200)
                self.assertIn("Here belongs a text", page.text)
        remark = {f"comment_{answer.id}": file}
        url = f"/my/supplier/certification/{certification.id}/answer"
        self.assertIn("Here belongs a text", self._post(url, {}, remark).text)

    def test_no_more_files_than_somebody_looks_at(self):
        incident, *_others = self._share_work(self.supplier)
        incident.date_opened = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        files = [("a.pdf", PDF)] * 5
        for _time in range(10):
            self._door("ours")._send_answer(incident.id, "See", files)
        with self.assertRefused("at most 50"):
            self._door("ours")._send_answer(incident.id, "See", files[:1])
        self._door("ours")._send_answer(incident.id, "Without a file", [])
