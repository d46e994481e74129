import base64

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import BUYER, MANAGER
from .common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentVerifiers(DocumentCommon):
    """Four eyes, and who verifies which type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_manager = cls._create_user("other_manager", MANAGER)
        cls.expert = cls._create_user("expert", BUYER)

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
        with self.assertRefused("somebody else", AccessError):
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
        with self.assertRefused("Licence .* expert", AccessError):
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
        with self.assertRefused("Lawyers", AccessError):
            document.with_user(self.manager)._reject("no")
        self.expert.group_ids += implying
        self.assertTrue(self._verifies(self.expert, document))

    def test_verifiers_who_left(self):
        self.licence.verifier_ids = self.expert
        self.expert.active = False
        document = self._entered_by(self.buyer)
        self.assertTrue(self._verifies(self.manager, document))

    def test_verifiers_need_access(self):
        nobody = self._create_user("nobody", "base.group_user")
        with self.assertRefused("nobody .* cannot verify Licence", ValidationError):
            self.licence.verifier_ids = nobody

    def test_verifier_of_another_company(self):
        """Named for the type, which all companies share; still sees its own only."""
        london = self._create_company("London", "UTC", "GBP")
        stranger = self._create_user("stranger", BUYER, london)
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
            user = self._create_user(f"verifier_{group[11:]}", group)
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
