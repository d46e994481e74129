from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import BUYER, MANAGER
from .common import DocumentCommon


class DocumentToursCommon(DocumentCommon, HttpCase):
    """A buyer, two managers, and a type of documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, group in (
            ("tour_buyer", BUYER),
            ("tour_manager", MANAGER),
            ("tour_verifier", MANAGER),
        ):
            cls._create_user(login, group)
        cls.supplier.supplier_rank = 1
        cls.type = cls._create_type("tour_licence", name="Tour licence")

    def _look_at_what_expires(self):
        today = self.company._supplier_day(fields.Datetime.now())
        self._document(
            self.type,
            verified=fields.Datetime.now(),
            company_id=self.company.id,
            date_to=today + timedelta(days=20),
        )
        self.start_tour(
            "/odoo/supplier-documents-expiring",
            "supplier_evaluation_document_expiry",
            login="tour_buyer",
        )


@tagged("post_install", "-at_install")
class TestDocumentTours(DocumentToursCommon):
    """Three people: one enters, one verifies and renews, one rejects."""

    browser_size = "1366x768"

    def test_document(self):
        for name, login in (
            ("enter", "tour_buyer"),
            ("renew", "tour_manager"),
            ("reject", "tour_verifier"),
        ):
            self.start_tour(
                "/odoo/supplier-documents",
                f"supplier_evaluation_document_{name}",
                login=login,
            )
        document = self.env["supplier.document"].search([("number", "=", "TL-2")])
        self.assertEqual(document.partner_id, self.supplier)
        self.assertEqual(document.verification, "rejected")
        self.assertEqual(document.rejection_reason, "Names another company")
        self.assertEqual(document.previous_id.number, "TL-1")
        self.assertEqual(document.previous_id.verification, "verified")

    def test_what_expires(self):
        self._look_at_what_expires()


@tagged("post_install", "-at_install")
class TestDocumentToursOnPhone(DocumentToursCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_what_expires(self):
        self._look_at_what_expires()
