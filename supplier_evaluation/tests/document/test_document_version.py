from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MANAGER
from .common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentVersion(DocumentCommon):
    """Renewing: a chain of versions, of which each stays what it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.licence.validity_months = 24
        cls.first = cls._document(
            number="1",
            issuer="TUV",
            scope="Site A",
            date_from="2026-01-01",
            date_to="2026-12-31",
            user_id=cls.manager.id,
        )

    def test_renewal_starts_with_what_is_known(self):
        second = self._renew(self.first)
        self.assertEqual(second.previous_id, self.first)
        self.assertEqual(second.origin_id, self.first)
        self.assertEqual(second.version, 2)
        self.assertEqual(second.verification, "to_verify")
        self.assertEqual(second.partner_id, self.supplier)
        self.assertEqual((second.number, second.issuer), ("1", "TUV"))
        self.assertEqual(second.scope, "Site A")
        self.assertEqual(second.user_id, self.manager)
        self.assertEqual(second.create_uid, self.buyer)
        self.assertEqual(str(second.date_from), "2027-01-01")
        self.assertEqual(str(second.date_to), "2028-12-31")
        self.assertFalse(second.file or second.date_verified)

    def test_the_old_one_stays(self):
        second = self._renew(self.first, number="2")
        self.assertEqual(self.first.number, "1")
        self.assertEqual(self.first.verification, "verified")
        self.assertEqual(self.first.next_id, second)
        self.assertFalse(self.first.is_superseded)
        second.with_user(self.manager).action_verify()
        self.assertTrue(self.first.is_superseded)
        self.assertFalse(second.is_superseded)
        self.assertEqual(self.first.verification, "verified")
        with freeze_time("2026-12-31"):
            self.assertEqual(self.first.state, "expiring")

    def test_chain(self):
        second = self._renew(self.first)
        second.sudo().action_verify()
        third = self._renew(self.first)
        self.assertEqual(third.previous_id, second, "the last one is renewed")
        self.assertEqual(third.version, 3)
        self.assertEqual(third.origin_id, self.first)
        other = self._document()
        everything = self.first | second | third | other
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(everything.mapped("version_count"), [3, 3, 3, 1])
        action = second.action_open_versions()
        found = second.with_context(**action["context"]).search(action["domain"])
        self.assertEqual(found, self.first | second | third)
        third.sudo().action_verify()
        third._reject("forged")
        self.assertTrue(self.first.is_superseded)
        self.assertFalse(second.is_superseded)
        second._reject("forged, too")
        self.assertFalse(self.first.is_superseded)

    def test_superseded_beyond_a_rejected_one(self):
        second = self._renew(self.first)
        second.sudo().action_verify()
        second._reject("forged")
        self.assertFalse(self.first.is_superseded)
        third = self._renew(second)
        third.sudo().action_verify()
        self.assertTrue(self.first.is_superseded)

    def test_one_that_waits_is_opened(self):
        second = self._renew(self.first)
        for document in (self.first, second):
            action = document.with_user(self.buyer).action_renew()
            self.assertEqual(action["res_id"], second.id)
        second.with_user(self.manager)._reject("unreadable")
        self.assertEqual(self.first.action_renew()["res_id"], second.id)

    def test_archived_version(self):
        second = self._renew(self.first)
        second.active = False
        self.assertFalse(self.first.next_id)
        again = self._renew(self.first)
        self.assertEqual(again.previous_id, self.first)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            second.active = True
            second.flush_recordset()

    def test_archived_after_it_was_verified(self):
        second = self._renew(self.first)
        second.sudo().action_verify()
        second.active = False
        self.assertFalse(self.first.is_superseded)
        second.active = True
        self.assertTrue(self.first.is_superseded)

    def _vals(self, **vals):
        return {
            "partner_id": self.supplier.id,
            "type_id": self.licence.id,
            "previous_id": self.first.id,
            **vals,
        }

    def test_same_supplier_type_and_company(self):
        other = self._create_supplier("Other")
        for vals in (
            {"partner_id": other.id},
            {"type_id": self._create_type("other").id},
            {"company_id": self.company.id},
        ):
            with self.subTest(vals=vals):
                with self.assertRaises(ValidationError) as caught:
                    self.first.with_user(self.buyer).create(self._vals(**vals))
                self.assertIn("document of its own", str(caught.exception))
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        second = self.first.create(self._vals(partner_id=contact.id))
        self.assertEqual(second.version, 2)
        with self.assertRaises(ValidationError):
            second.with_user(self.buyer).partner_id = other

    def test_company_is_kept(self):
        own = self._document(company_id=self.company.id, date_to="2026-12-31")
        self.assertEqual(self._renew(own).company_id, self.company)
        local = self._create_supplier("Local", company_id=self.company.id)
        self.assertEqual(
            self._renew(self._document(partner_id=local.id)).company_id, self.company
        )
        self.assertFalse(self._renew(self.first).company_id)

    def test_never_verified(self):
        document = self._document(verified=None)
        self.assertEqual(document.action_renew()["res_id"], document.id)
        with self.assertRefused("never verified", ValidationError):
            document.create(self._vals(previous_id=document.id))

    def test_two_renewals_at_once(self):
        self.first.create(self._vals())
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.first.create(self._vals(number="3"))

    def test_previous_stays(self):
        second = self._renew(self.first)
        other = self._document()
        for document, previous in ((second, False), (second, other), (other, second)):
            with self.assertRefused("said when it is entered"):
                document.with_user(self.manager).previous_id = previous
        second.with_user(self.manager).write({"previous_id": self.first.id})

    def test_renewed_is_not_deleted(self):
        self._renew(self.first)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.first.unlink()

    def test_number_of_the_chain(self):
        """A renewed certificate keeps its number; no other document has it."""
        second = self._renew(self.first)
        second.sudo().action_verify()
        self._renew(second)
        with self.assertRefused("Renew that one", ValidationError):
            self._document(number="1", issuer="TUV")

    def test_merged_vendors_keep_the_chain(self):
        twin = self._create_supplier("Twin")
        document = self._document(partner_id=twin.id, number="9")
        second = self._renew(document, date_to="2030-12-31")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.supplier | twin).ids, self.supplier
        )
        self.env.invalidate_all()
        self.assertEqual(second.partner_id, self.supplier)
        self.assertEqual((second.previous_id, second.version), (document, 2))
        second.with_user(self.manager).action_verify()
        self.assertTrue(document.is_superseded)

    def test_other_company(self):
        london = self._create_company("London", "UTC", "GBP")
        stranger = self._create_user("stranger", MANAGER, london)
        own = self._document(company_id=self.company.id)
        documents = self.env(user=stranger, context={})["supplier.document"]
        for action in (
            documents.browse(own.id).action_renew,
            documents.browse(own.id).action_open_versions,
            lambda: documents.create(
                self._vals(previous_id=own.id, company_id=self.company.id)
            ),
        ):
            with self.assertRaises(AccessError):
                action()
