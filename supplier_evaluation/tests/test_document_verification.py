import base64

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .document_common import DocumentCommon


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
        self.assertFalse(document.date_verified or document.verified_uid)

    def test_rejection_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self._document().with_user(self.manager)._reject("  ")

    def test_user_decides_nothing(self):
        document = self._document(verified=None).with_user(self.buyer)
        for action in (
            document.action_verify,
            document.action_ask_rejection,
            lambda: document._reject("no"),
        ):
            with self.assertRaisesRegex(AccessError, "Only a manager"):
                action()
        with self.assertRaises(AccessError):
            document.env["supplier.document.reject.wizard"].create(
                {"document_ids": document.ids, "reason": "no"}
            )

    def test_nobody_writes_a_decision(self):
        document = self._document(verified=None)
        for user in (self.buyer, self.manager):
            for vals in (
                {"verification": "verified"},
                {"date_verified": "2026-01-01"},
                {"verified_uid": self.manager.id},
                {"rejection_reason": "x"},
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

    def test_a_change_is_to_be_verified(self):
        other_supplier = self._create_supplier("Other")
        file = base64.b64encode(b"another paper")
        for vals in (
            {"number": "2"},
            {"issuer": "Somebody"},
            {"date_from": "2026-01-02"},
            {"date_to": "2027-12-31"},
            {"date_to": False},
            {"type_id": self._create_type("other").id},
            {"file": file},
            {"partner_id": other_supplier.id},
            {"company_id": self.company.id},
        ):
            document = self._document(
                number="1", date_from="2026-01-01", date_to="2026-12-31"
            )
            with self.subTest(vals=vals):
                document.with_user(self.buyer).write(vals)
                self.assertEqual(document.verification, "to_verify")
                self.assertFalse(document.date_verified or document.verified_uid)
            document.unlink()

    def test_what_is_no_change(self):
        document = self._document(number="1", date_to="2026-12-31")
        document.with_user(self.buyer).write(
            {
                "number": "1",
                "date_to": "2026-12-31",
                "type_id": self.licence.id,
                "issuer": False,
            }
        )
        document.with_user(self.buyer).message_post(body="Looks good")
        document.active = False
        document.active = True
        self.assertEqual(document.verification, "verified")

    def test_only_changed_documents(self):
        first = self._document(number="1", issuer="A")
        second = self._document(number="2", issuer="B")
        (first | second).write({"issuer": "B"})
        self.assertEqual(first.verification, "to_verify")
        self.assertEqual(second.verification, "verified")

    def test_a_mended_document(self):
        document = self._document(verified=None, number="1")
        document.with_user(self.manager)._reject("Number unreadable")
        document.with_user(self.buyer).number = "2"
        self.assertEqual(document.verification, "to_verify")
        self.assertFalse(document.rejection_reason)

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
        document.with_user(self.manager).action_verify()
        attachment.with_user(self.buyer).raw = b"forged"
        self.assertEqual(document.verification, "to_verify")

    def test_another_stored_file(self):
        document = self._document()
        self.env["ir.attachment"].with_user(self.buyer).create(
            {
                "name": "file",
                "raw": b"forged",
                "res_model": document._name,
                "res_id": document.id,
                "res_field": "file",
            }
        )
        self.assertEqual(document.verification, "to_verify")

    def test_attachments_of_the_chatter_decide_nothing(self):
        document = self._document()
        self.env["ir.attachment"].create(
            {
                "name": "mail.txt",
                "raw": b"x",
                "res_model": document._name,
                "res_id": document.id,
            }
        )
        self.assertEqual(document.verification, "verified")

    def test_other_company(self):
        london = self._create_company("London", "UTC", "GBP")
        stranger = self._create_user("stranger", "purchase_manager", london)
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
