from odoo.tests import HttpCase, tagged

from .common import ApplicationCommon


@tagged("post_install", "-at_install")
class TestApplicationTours(ApplicationCommon, HttpCase):
    """A company applies and is taken up."""

    def test_applies_and_is_taken_up(self):
        self.application.unlink()
        self.env["res.company"].search([]).supplier_application_open = False
        self.company.supplier_application_open = True
        self.start_tour("/supplier/apply", "supplier_application_apply")
        application = self.env["supplier.application"].search([])
        self.assertEqual(application.company_name, "Tour Bearings Ltd")
        self.assertEqual(application.state, "unconfirmed")
        address = f"/supplier/apply/confirm/{application._sign()}"
        self.start_tour(address, "supplier_application_confirm")
        application.invalidate_recordset()
        self.assertEqual(application.state, "new")
        self.start_tour(
            "/odoo/supplier-applications",
            "supplier_application_take_up",
            login="application_user",
        )
        application.invalidate_recordset()
        self.assertEqual(application.state, "accepted")
        vendor = application.partner_id.with_company(self.company)
        self.assertEqual(vendor.name, "Tour Bearings Ltd")
        self.assertEqual(vendor.supplier_stage_id.code, "potential")
        self.assertEqual(vendor.buyer_id.login, "application_user")

    def test_merged_into_a_known_one(self):
        self.supplier.supplier_rank = 1
        self.supplier.company_registry = self.application.registry_number
        self.application._compare()
        self.start_tour(
            "/odoo/supplier-applications",
            "supplier_application_merge",
            login="application_user",
        )
        self.application.invalidate_recordset()
        self.assertEqual(self.application.partner_id, self.supplier)
