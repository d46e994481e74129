from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import BUYER
from .common import ApplicationCommon


@tagged("post_install", "-at_install")
class TestApplicationTakingUp(ApplicationCommon):
    """An accepted application becomes a vendor, or part of one."""

    def test_a_new_vendor(self):
        application = self._claimed()
        mine = self._as(application, "user")
        vendor = mine._accept().with_user(self.env.user).with_company(self.company)
        self.assertEqual(application.state, "accepted")
        self.assertEqual(application.partner_id, vendor)
        self.assertTrue(vendor.is_company)
        self.assertEqual(vendor.name, application.company_name)
        self.assertEqual(vendor.company_registry, "91320594MA1M7X2K3P")
        self.assertEqual(vendor.supplier_offer_category_ids, self.category)
        self.assertEqual(vendor.buyer_id, self.people["user"])
        self.assertEqual(vendor.child_ids.name, "Li Na")
        self.assertEqual(vendor.supplier_stage_id.code, "potential")
        change = self.env["supplier.stage.change"].search(
            [("partner_id", "=", vendor.id)]
        )
        self.assertEqual(change.user_id, self.people["user"])
        self.assertIn(application.name, change.reason)
        self.assertEqual(len(self._mails(application.email)), 1)

    def test_its_documents_wait_for_somebody_else(self):
        application = self._claimed()
        vendor = self._as(application, "user")._accept()
        document = self.env["supplier.document"].search(
            [("partner_id", "=", vendor.id)]
        )
        self.assertEqual(document.verification, "to_verify")
        self.assertEqual(document.type_id, self.kind)
        self.assertEqual(document.number, "L-1")
        self.assertEqual(document.file, application.document_ids.file)
        self.assertFalse(self._as(document, "user").can_verify)
        self._as(document, "manager").action_verify()
        self.assertEqual(document.verification, "verified")

    def test_a_known_vendor_keeps_what_it_has(self):
        other = self.env["product.category"].create({"name": "Seals"})
        vendor = self.env["res.partner"].create(
            {
                "name": "Xinrui",
                "is_company": True,
                "phone": "1",
                "supplier_offer_category_ids": [(6, 0, other.ids)],
            }
        )
        vendor.with_company(self.company)._set_supplier_stage(
            self.env.ref("supplier_evaluation.supplier_stage_screening"), "Met"
        )
        application = self._claimed()
        action = self._as(application, "user").action_ask_acceptance()
        wizard = self._as(self.env["supplier.application.accept.wizard"], "user")
        dialog = wizard.with_context(**action["context"]).create(
            {"kind": "known", "partner_id": vendor.id}
        )
        told = dialog.filled_in
        for text in ("91320594MA1M7X2K3P", "Li Na", "Bearings", "Business licence"):
            self.assertIn(text, told)
        self.assertNotIn("0512", told)
        self.assertEqual(dialog.action_apply()["res_id"], vendor.id)
        self.assertEqual(vendor.name, "Xinrui")
        self.assertEqual(vendor.phone, "1")
        self.assertEqual(vendor.company_registry, "91320594MA1M7X2K3P")
        self.assertEqual(vendor.supplier_offer_category_ids, other | self.category)
        self.assertEqual(vendor.child_ids.email, application.email)
        stage = vendor.with_company(self.company).supplier_stage_id
        self.assertEqual(stage.code, "screening")
        self.assertFalse(vendor.buyer_id)
        again = self._claimed()
        self._as(again, "user")._accept(vendor)
        self.assertEqual(len(vendor.child_ids), 1)

    def test_twice(self):
        application = self._claimed()
        mine = self._as(application, "user")
        mine._accept()
        with self.assertRefused("this cannot be done", UserError):
            mine._accept()
        with self.assertRefused("and stays", UserError):
            self._as(application, "manager").unlink()

    def test_a_vendor_of_another_company(self):
        vendor = self.env["res.partner"].create(
            {"name": "Theirs", "company_id": self.elsewhere.id}
        )
        application = self._claimed()
        with self.assertRefused("belongs to another company", UserError):
            application._accept(vendor)

    def test_an_archived_vendor(self):
        """It would be known of nobody; whoever archived it had a reason."""
        vendor = self.env["res.partner"].create(
            {
                "name": "Xinrui",
                "is_company": True,
                "supplier_rank": 1,
                "company_registry": "91320594MA1M7X2K3P",
                "active": False,
            }
        )
        contact = self.env["res.partner"].create(
            {"name": "Li Na", "parent_id": vendor.id}
        )
        application = self._claimed()
        application._compare()
        self.assertEqual(application.candidate_ids.partner_id, vendor)
        mine = self._as(application, "user")
        for partner in (vendor, contact):
            with self.assertRefused("unarchive it first", UserError):
                mine._accept(partner)
        self.assertEqual(application.state, "claimed")
        vendor.active = True
        self.assertEqual(mine._accept(contact), vendor)

    def test_without_the_right_to_partners(self):
        person = self._create_user("application_reader", BUYER)
        if person.has_group("base.group_partner_manager"):
            self.skipTest("Buyers may create contacts here")
        application = self._apply()
        self._as(application, person).action_claim()
        with self.assertRaises(AccessError):
            self._as(application, person)._accept()
