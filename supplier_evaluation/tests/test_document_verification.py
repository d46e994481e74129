import base64

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

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
        self.assertTrue(document.date_verified, "until when it was verified")
        self.assertTrue(document.date_rejected)

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
        wizard = document.env["supplier.document.reject.wizard"].create(
            {"document_ids": document.ids, "reason": "no"}
        )
        with self.assertRaisesRegex(AccessError, "Only a manager"):
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
                    self.assertRaisesRegex(UserError, "Licence 1 of Golden .* Renew"),
                ):
                    document.with_user(user).write(vals)
                document.invalidate_recordset()
        self.assertEqual(document.verification, "verified")
        document._reject("forged")
        with self.assertRaisesRegex(UserError, "Renew"):
            document.number = "2"
        with self.assertRaisesRegex(UserError, "Renew"):
            document.action_verify()

    def test_whoever_changes_it_entered_it(self):
        document = self._document(
            verified=None, number="1", date_from="2026-01-01", date_to="2026-12-31"
        )
        other = self._create_user("other_manager", "purchase_manager")
        for vals in self._changes():
            document.with_user(other).write(vals)
            with self.subTest(vals=vals):
                self.assertEqual(document.edited_uid, other)
            document.with_user(self.buyer).write({"scope": str(vals)})
        with self.assertRaisesRegex(UserError, "said when it is entered"):
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
                "user_id": self.manager.id,
            }
        )
        document.with_user(self.buyer).message_post(body="Looks good")
        document.active = False
        document.active = True
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
            with self.assertRaisesRegex(UserError, "Renew"):
                change()
        self.assertEqual(attachment.raw, b"better")
        document.unlink()
        self.assertFalse(attachment.exists())

    def test_another_stored_file(self):
        document = self._document()
        with self.assertRaisesRegex(UserError, "Renew"):
            self.env["ir.attachment"].with_user(self.buyer).create(
                {
                    "name": "file",
                    "raw": b"forged",
                    "res_model": document._name,
                    "res_id": document.id,
                    "res_field": "file",
                }
            )

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


@tagged("post_install", "-at_install")
class TestDocumentVerifiers(DocumentCommon):
    """Four eyes, and who verifies which type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_manager = cls._create_user("other_manager", "purchase_manager")
        cls.expert = cls._create_user("expert", "purchase_user")

    def _entered_by(self, user, **vals):
        documents = self.env["supplier.document"].with_user(user)
        return documents.create(
            {"partner_id": self.supplier.id, "type_id": self.licence.id, **vals}
        )

    def _verifies(self, user, document):
        """Whether the user verifies it, which the screen and the server agree on."""
        document = document.with_user(user)
        document.invalidate_recordset(["can_verify"])
        can = document.can_verify
        domain = [("id", "=", document.id)]
        found = document.search([*domain, ("can_verify", "=", True)])
        self.assertEqual(bool(found), can)
        others = document.search([*domain, ("can_verify", "=", False)])
        self.assertEqual(bool(others), not can)
        if can:
            document.action_verify()
            self.assertEqual(document.verification, "verified")
        else:
            with self.assertRaises(AccessError):
                document.action_verify()
            self.assertEqual(document.verification, "to_verify")
        return can

    def test_nobody_verifies_what_they_entered(self):
        document = self._entered_by(self.manager, number="1")
        self.assertFalse(self._verifies(self.manager, document))
        self.assertTrue(self._verifies(self.other_manager, document))

    def test_nor_what_they_changed(self):
        document = self._entered_by(self.buyer, number="1")
        document.with_user(self.manager).number = "2"
        self.assertFalse(self._verifies(self.manager, document))
        self.assertTrue(self._verifies(self.other_manager, document))

    def test_nor_what_they_entered_and_another_changed(self):
        document = self._entered_by(self.manager, number="1")
        document.with_user(self.buyer).number = "2"
        self.assertFalse(self._verifies(self.manager, document))

    def test_nor_the_file_that_they_uploaded(self):
        document = self._entered_by(self.buyer)
        document.with_user(self.manager).file = base64.b64encode(b"paper")
        self.assertFalse(self._verifies(self.manager, document))

    def test_nor_a_copy(self):
        document = self._entered_by(self.buyer)
        copy = document.with_user(self.manager).copy()
        self.assertFalse(self._verifies(self.manager, copy))

    def test_one_own_stops_all(self):
        documents = self._entered_by(self.buyer) | self._entered_by(self.manager)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            documents.with_user(self.manager).action_verify()
        self.assertEqual(set(documents.mapped("verification")), {"to_verify"})

    def test_own_may_be_rejected(self):
        document = self._entered_by(self.manager)
        document.with_user(self.manager)._reject("Uploaded the wrong one")
        self.assertEqual(document.verification, "rejected")

    def test_superuser(self):
        """Imports and automations are no second pair of eyes, and no first one."""
        document = self._entered_by(self.manager)
        document.with_user(self.manager).sudo().action_verify()
        self.assertEqual(document.verified_uid, self.manager)

    def test_named_verifiers(self):
        self.licence.verifier_ids = self.expert
        document = self._entered_by(self.buyer)
        self.assertFalse(self._verifies(self.manager, document))
        with self.assertRaisesRegex(AccessError, "Licence .* expert"):
            document.with_user(self.manager)._reject("no")
        self.assertTrue(self._verifies(self.expert, document))
        document.with_user(self.expert)._reject("forged")
        self.assertEqual(document.verification, "rejected")
        own = self._entered_by(self.expert)
        self.assertFalse(self._verifies(self.expert, own))
        other = self._document(self._create_type("other"), verified=None)
        self.assertFalse(self._verifies(self.expert, other))

    def test_group_of_verifiers(self):
        group = self.env["res.groups"].create({"name": "Lawyers"})
        implying = self.env["res.groups"].create(
            {"name": "Senior lawyers", "implied_ids": [Command.set(group.ids)]}
        )
        self.licence.verifier_group_id = group
        document = self._entered_by(self.buyer)
        self.assertFalse(self._verifies(self.expert, document))
        self.assertFalse(self._verifies(self.manager, document))
        with self.assertRaisesRegex(AccessError, "Lawyers"):
            document.with_user(self.manager)._reject("no")
        self.expert.group_ids += implying
        self.assertTrue(self._verifies(self.expert, document))

    def test_verifiers_who_left(self):
        self.licence.verifier_ids = self.expert
        self.expert.active = False
        document = self._entered_by(self.buyer)
        self.assertTrue(self._verifies(self.manager, document))

    def test_verifiers_need_access(self):
        nobody = new_test_user(self.env, "nobody", groups="base.group_user")
        with self.assertRaisesRegex(ValidationError, "nobody .* cannot verify Licence"):
            self.licence.verifier_ids = nobody

    def test_verifier_of_another_company(self):
        """Named for the type, which all companies share; still sees its own only."""
        london = self._create_company("London", "UTC", "GBP")
        stranger = self._create_user("stranger", "purchase_user", london)
        self.licence.verifier_ids = stranger
        own = self._entered_by(self.buyer, company_id=self.company.id)
        documents = self.env(user=stranger, context={})["supplier.document"]
        with self.assertRaises(AccessError):
            documents.browse(own.id).action_verify()
        self.assertFalse(documents.search([("can_verify", "=", True)]) & own)
        shared = self._entered_by(self.buyer)
        self.assertTrue(documents.browse(shared.id).can_verify)
        # Managers here are not let in because they cannot see the verifier.
        self.assertFalse(self._verifies(self.manager, shared))

    def test_portal_and_others(self):
        document = self._entered_by(self.buyer)
        for group in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, group[11:], groups=group)
            own = document.with_user(user)
            for action in (
                own.action_verify,
                own.action_ask_rejection,
                own.action_renew,
                own.action_open_versions,
                lambda own=own: own._reject("no"),
                lambda own=own: own.read(["number"]),
                lambda own=own: own.search([("can_verify", "=", True)]),
            ):
                with self.subTest(group=group), self.assertRaises(AccessError):
                    action()
