import base64

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import MANAGER
from .common import DocumentCommon

REMARK = "Looks good"


@tagged("post_install", "-at_install")
class TestDocumentVerification(DocumentCommon):
    """Who decides, and how long a decision lasts."""

    def test_manager_verifies(self):
        document = self._document(verified=None)
        with freeze_time("2026-03-05 06:00:00"):
            document.with_user(self.manager).action_verify()
        self.assertEqual(document.verification, "verified")
        self.assertEqual(document.verified_uid, self.manager)
        self.assertEqual(str(document.date_verified), "2026-03-05 06:00:00")

    def test_manager_rejects_with_a_reason(self):
        document = self._document()
        action = document.with_user(self.manager).action_ask_rejection()
        wizard = self.env[action["res_model"]].with_user(self.manager)
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = "Another company is named on it"
        form.record.action_apply()
        self.assertEqual(document.verification, "rejected")
        self.assertIn("Another company", document.rejection_reason)
        self.assertTrue(document.date_verified, "until when it was verified")
        self.assertTrue(document.date_rejected)

    def test_rejection_needs_a_reason(self):
        with self.assertRefused("Say why"):
            self._document().with_user(self.manager)._reject("  ")

    def test_user_decides_nothing(self):
        document = self._document(verified=None).with_user(self.buyer)
        for action in (
            document.action_verify,
            document.action_ask_rejection,
            lambda: document._reject("no"),
        ):
            with self.assertRefused("Only a manager", AccessError):
                action()
        wizard = document.env["supplier.document.reject.wizard"].create(
            {"document_ids": document.ids, "reason": "no"}
        )
        with self.assertRefused("Only a manager", AccessError):
            wizard.action_apply()
        self.assertFalse(document.can_verify or document.can_reject)

    def test_nobody_writes_a_decision(self):
        document = self._document(verified=None)
        for user in (self.buyer, self.manager):
            for vals in (
                {"verification": "verified"},
                {"date_verified": "2026-01-01"},
                {"verified_uid": self.manager.id},
                {"rejection_reason": "x"},
                {"date_rejected": "2026-01-01"},
                {"edited_uid": self.manager.id},
                {"editor_ids": [Command.link(self.manager.id)]},
                {"editor_ids": [Command.clear()]},
                {"date_reminded": "2099-01-01"},
                {"date_next_reminder": "2099-01-01"},
                {"is_superseded": True},
                {"version": 7},
                {"commercial_partner_id": self.company.partner_id.id},
            ):
                with self.subTest(user=user.login, vals=vals):
                    with self.assertRaises(AccessError):
                        document.with_user(user).write(vals)
                    with self.assertRaises(AccessError):
                        document.with_user(user).create(
                            {
                                "partner_id": self.supplier.id,
                                "type_id": self.licence.id,
                                **vals,
                            }
                        )
        self.assertEqual(document.verification, "to_verify")

    def test_no_decision_from_the_context(self):
        documents = self.env["supplier.document"].with_user(self.buyer)
        document = documents.with_context(
            default_verification="verified", default_date_verified="2026-01-01"
        ).create({"partner_id": self.supplier.id, "type_id": self.licence.id})
        self.assertEqual(document.verification, "to_verify")
        self.assertFalse(document.date_verified)

    def _changes(self):
        """Return one change of each kind."""
        return (
            {"number": "2"},
            {"issuer": "Somebody"},
            {"scope": "Two sites"},
            {"date_issued": "2026-01-01"},
            {"date_from": "2026-01-02"},
            {"date_to": "2027-12-31"},
            {"date_to": False},
            {"type_id": self._create_type("other").id},
            {"file": base64.b64encode(b"another paper")},
            {"partner_id": self._create_supplier("Other").id},
            {"company_id": self.company.id},
        )

    def test_what_was_verified_stays(self):
        """Nobody changes it, not even the one who verified it."""
        document = self._document(
            number="1", date_from="2026-01-01", date_to="2026-12-31"
        )
        changes = self._changes()
        for user in (self.buyer, self.manager):
            for vals in changes:
                with (
                    self.subTest(user=user.login, vals=vals),
                    self.assertRefused("Licence 1 of Golden .* Renew"),
                ):
                    document.with_user(user).write(vals)
                document.invalidate_recordset()
        self.assertEqual(document.verification, "verified")
        document._reject("forged")
        with self.assertRefused("Renew"):
            document.number = "2"
        with self.assertRefused("Renew"):
            document.action_verify()

    def test_whoever_changes_it_entered_it(self):
        document = self._document(
            verified=None, number="1", date_from="2026-01-01", date_to="2026-12-31"
        )
        other = self._create_user("other_manager", MANAGER)
        for vals in self._changes():
            document.with_user(other).write(vals)
            with self.subTest(vals=vals):
                self.assertEqual(document.edited_uid, other)
            document.with_user(self.buyer).write({"scope": str(vals)})
        with self.assertRefused("said when it is entered"):
            document.with_user(self.buyer).previous_id = self._document()
        self.assertEqual(document.edited_uid, self.buyer)

    def test_what_is_no_change(self):
        document = self._document(number="1", date_to="2026-12-31")
        document.with_user(self.buyer).write(
            {
                "number": "1",
                "date_to": "2026-12-31",
                "type_id": self.licence.id,
                "issuer": False,
                "user_id": document.user_id.id,
                "filename": document.filename,
            }
        )
        document.with_user(self.buyer).message_post(body=REMARK)
        self.assertEqual(document.verification, "verified")

    def test_only_changed_documents(self):
        first = self._document(number="1", issuer="A", verified=None)
        second = self._document(number="2", issuer="B")
        (first | second).with_user(self.buyer).write({"issuer": "B"})
        self.assertEqual(first.edited_uid, self.buyer)
        self.assertNotEqual(second.edited_uid, self.buyer)
        self.assertEqual(second.verification, "verified")

    def test_a_mended_document(self):
        document = self._document(verified=None, number="1")
        document.with_user(self.manager)._reject("Number unreadable")
        document.with_user(self.buyer).number = "2"
        self.assertEqual(document.verification, "to_verify")
        self.assertFalse(document.rejection_reason or document.date_rejected)
        self.assertEqual(document.edited_uid, self.buyer)
        document.with_user(self.manager).action_verify()
        self.assertEqual(document.verification, "verified")

    def test_rejected_by_mistake(self):
        document = self._document(verified=None)
        document.with_user(self.manager)._reject("Wrong click")
        document.with_user(self.manager).action_verify()
        self.assertEqual(document.verification, "verified")
        self.assertFalse(document.date_rejected or document.rejection_reason)

    def test_the_stored_file_behind_the_document(self):
        """Replacing the attachment is replacing the file."""
        document = self._document(
            verified=None, file=base64.b64encode(b"paper"), filename="a.pdf"
        )
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", document._name),
                ("res_id", "=", document.id),
                ("res_field", "=", "file"),
            ]
        )
        document.with_user(self.manager)._reject("unreadable")
        attachment.with_user(self.buyer).raw = b"better"
        self.assertEqual(document.verification, "to_verify")
        self.assertEqual(document.edited_uid, self.buyer)
        document.with_user(self.manager).action_verify()
        attachment.with_user(self.buyer).raw = b"better"  # stored anew
        for change in (
            lambda: attachment.with_user(self.buyer).write({"raw": b"forged"}),
            lambda: attachment.write({"res_field": False}),
            attachment.with_user(self.manager).unlink,
        ):
            with self.assertRefused("Renew"):
                change()
        self.assertEqual(attachment.raw, b"better")
        document.unlink()
        self.assertFalse(attachment.exists())

    def test_another_stored_file(self):
        document = self._document()
        with self.assertRefused("Renew"):
            self.env["ir.attachment"].with_user(self.buyer).create(
                {
                    "name": "file",
                    "raw": b"forged",
                    "res_model": document._name,
                    "res_id": document.id,
                    "res_field": "file",
                }
            )

    def _attach(self, document):
        return self.env["ir.attachment"].create(
            {
                "name": "mail.txt",
                "raw": b"x",
                "res_model": document._name,
                "res_id": document.id,
            }
        )

    def test_attachments_of_the_chatter_decide_nothing(self):
        document = self._document()
        self._attach(document)
        self.assertEqual(document.verification, "verified")

    def test_what_goes_with_a_verified_document(self):
        """File name, owner and attachments stay; before, they are nobody's business."""
        document = self._document(
            verified=None, file=base64.b64encode(b"paper"), filename="a.pdf"
        )
        attachment = self._attach(document)
        changes = (
            lambda: document.with_user(self.buyer).write({"filename": "b.pdf"}),
            lambda: document.with_user(self.buyer).write({"user_id": self.buyer.id}),
            lambda: attachment.with_user(self.buyer).write({"raw": b"other"}),
            lambda: attachment.with_user(self.buyer).write({"name": "other.txt"}),
            lambda: attachment.write({"res_id": self.supplier.id}),
        )
        for change in changes[:-1]:
            change()
        self.assertNotEqual(document.edited_uid, self.buyer)
        document.write({"filename": "a.pdf", "user_id": self.manager.id})
        attachment.raw = b"x"
        document.with_user(self.manager).action_verify()
        for change in (*changes, attachment.with_user(self.manager).unlink):
            with self.assertRefused("Renew"):
                change()
        self.assertEqual(document.filename, "a.pdf")
        self.assertEqual(document.user_id, self.manager)
        self.assertTrue(attachment.exists())
        # Odoo moves files to another storage.
        attachment.write({"raw": attachment.raw, "mimetype": attachment.mimetype})
        document.message_post(body=REMARK, attachments=[("more.txt", b"more")])
        self.assertEqual(document.message_attachment_count, 2)

    def test_other_company(self):
        london = self._create_company("London", "UTC", "GBP")
        stranger = self._create_user("stranger", MANAGER, london)
        own = self._document(company_id=self.company.id, verified=None)
        shared = self._document(verified=None)
        documents = self.env(user=stranger, context={})["supplier.document"]
        self.assertEqual(documents.search([]) & (own | shared), shared)
        with self.assertRaises(AccessError):
            documents.browse(own.id).action_verify()
        documents.browse(shared.id).action_verify()
        self.assertEqual(shared.verification, "verified")
        with self.assertRaises(AccessError):
            documents.create(
                {
                    "partner_id": self.supplier.id,
                    "type_id": self.licence.id,
                    "company_id": self.company.id,
                }
            )
