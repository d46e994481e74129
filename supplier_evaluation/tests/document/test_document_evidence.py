import base64

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import MANAGER
from .common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentEvidence(DocumentCommon):
    """What was verified stays, and nobody verifies what they entered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._order(10, 5, "2026-03-10")
        cls.other = cls._create_user("other_manager", MANAGER)

    def test_verified_is_not_archived(self):
        document = self._document(number="4711")
        fresh = self._document(verified=None)
        for user in (self.buyer, self.manager):
            for archive in (
                lambda own: own.write({"active": False}),
                lambda own: own.action_archive(),
                lambda own: (own | fresh.with_user(own.env.user)).action_archive(),
            ):
                with (
                    self.subTest(user=user.login),
                    self.assertRefused("4711 of Golden .* Reject it"),
                ):
                    archive(document.with_user(user))
        self.assertTrue(document.active and fresh.active)
        self.assertEqual(self._percent(), 100)

    def test_verified_is_not_deleted(self):
        document = self._document(number="4711")
        with self.assertRefused("4711 of Golden .* Reject it"):
            document.with_user(self.manager).unlink()
        with self.assertRefused("4711 of Golden .* Reject it"):
            document.with_user(self.manager).with_context(_force_unlink=True).unlink()
        self.assertTrue(document.exists())

    def test_rejected_later_was_evidence(self):
        document = self._document(number="4711")
        with freeze_time("2026-04-20"):
            document.with_user(self.manager)._reject("Forged")
        for remove in ("action_archive", "unlink"):
            with self.subTest(remove), self.assertRefused("evidence"):
                getattr(document.with_user(self.manager), remove)()
        self.assertEqual(self._percent(), 100)

    def test_never_verified_is_removed(self):
        document = self._document(verified=None)
        document.with_user(self.manager)._reject("Unreadable")
        document.with_user(self.buyer).action_archive()
        self.assertFalse(document.active)
        document.with_user(self.buyer).action_unarchive()
        self.assertTrue(document.active)
        document.with_user(self.manager).unlink()
        self.assertFalse(document.exists())

    def test_superuser_removes(self):
        document = self._document()
        document.sudo().action_archive()
        document.with_user(self.buyer).write({"active": False})  # nothing changes
        document.with_user(self.buyer).action_unarchive()
        self.assertTrue(document.active)
        document.sudo().unlink()
        self.assertFalse(document.exists())

    def test_archived_is_not_verified(self):
        """It would count in the past from the day it is restored."""
        document = self._document(verified=None, number="4711", active=False)
        with self.assertRefused("4711 of Golden .* restore it"):
            document.with_user(self.manager).action_verify()
        document.with_user(self.buyer).action_unarchive()
        document.with_user(self.manager).action_verify()
        self.assertEqual(document.verification, "verified")

    def test_rejected_makes_room(self):
        """A paper of the wrong company cannot be renewed into the right one."""
        wrong = self._document(number="4711", issuer="A", company_id=self.company.id)
        with (
            self.assertRefused("reject it if it was verified", ValidationError),
            self.env.cr.savepoint(),
        ):
            self._document(number="4711", issuer="A")
        wrong.with_user(self.manager)._reject("Holds for all companies")
        self.assertTrue(self._document(number="4711", issuer="A"))

    def _assert_entered(self, document, user):
        own = document.with_user(user)
        own.invalidate_recordset()
        self.assertFalse(own.can_verify)
        domain = [("id", "=", document.id)]
        self.assertFalse(own.search([*domain, ("can_verify", "=", True)]))
        self.assertTrue(own.search([*domain, ("can_verify", "=", False)]))
        with self.assertRefused("somebody else", AccessError):
            own.action_verify()

    def test_every_editor_entered_it(self):
        """Somebody who mends a typo does not clear who brought the paper."""
        third = self._create_user("third_manager", MANAGER)
        for change in (
            {"file": base64.b64encode(b"own paper"), "filename": "a.pdf"},
            {"date_to": "2036-12-31"},
        ):
            document = self._document(verified=None).with_user(self.buyer)
            document.with_user(self.manager).write(change)
            document.with_user(self.other).issuer = "TUV"
            document.issuer = "TUEV"
            for user in (self.manager, self.other):
                with self.subTest(change=change, user=user.login):
                    self._assert_entered(document, user)
            document.with_user(third).invalidate_recordset()
            self.assertTrue(document.with_user(third).can_verify)
            document.with_user(third).action_verify()
            self.assertEqual(document.verified_uid, third)

    def test_superuser_verifies_what_was_edited(self):
        document = self._document(verified=None)
        document.with_user(self.manager).issuer = "TUV"
        document.with_user(self.manager).sudo().action_verify()
        self.assertEqual(document.verification, "verified")

    def test_a_new_version_has_its_own_editors(self):
        document = self._document(verified=None)
        document.with_user(self.manager).issuer = "TUV"
        document.with_user(self.other).action_verify()
        renewal = self._renew(document)
        renewal.with_user(self.manager).action_verify()
        self.assertEqual(renewal.verified_uid, self.manager)
