from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationTours(CertificationCommon, HttpCase):
    """Three people certify a supplier; the certificate is printed at the end."""

    def test_certify(self):
        self.start_tour(
            "/odoo/supplier-certifications",
            "supplier_evaluation_certification_submit",
            login="certification_submitter",
        )
        certification = self.env["supplier.certification"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(certification.state, "submitted")
        self.start_tour(
            f"/odoo/supplier-certifications/{certification.id}",
            "supplier_evaluation_certification_review",
            login="certification_first",
        )
        self.assertIn(self.people["second"], certification.waiting_user_ids)
        self.start_tour(
            "/odoo/supplier-certification-work",
            "supplier_evaluation_certification_certify",
            login="certification_second",
        )
        self.assertEqual(certification.state, "certified")
        self.assertEqual(
            certification.approval_ids.user_id,
            self.people["first"] | self.people["second"],
        )
        self._print(certification)

    def _print(self, certification):
        """What the report prints, opened in the browser by the second approver."""
        self.authenticate("certification_second", "certification_second")
        response = self.url_open(
            f"/report/html/supplier_evaluation.supplier_certificate/{certification.id}"
        )
        self.assertEqual(response.status_code, 200)
        self.assertIn(certification.name, response.text)
        self.assertIn(certification.verification_token, response.text)

    def test_certify_from_the_certification_alone(self):
        """Nobody opens a menu, and the last one has a phone in the hand."""
        self._archive_other_programs()
        question = Command.create({"name": "Reliable?"})
        self.program.write(
            {
                "name": "Alone",
                "questionnaire_id": self.env["supplier.questionnaire"]
                .create({"name": "Alone", "question_ids": [question]})
                .id,
            }
        )
        self.licence.verifier_ids = self.people["first"]
        supplier = self._create_supplier("Unknown Supplier")
        self.start_tour(
            "/odoo/supplier-certifications/new",
            "supplier_evaluation_certification_alone_submit",
            login="certification_submitter",
        )
        certification = self.env["supplier.certification"].search(
            [("partner_id", "=", supplier.id)]
        )
        self.assertEqual(certification.state, "submitted")
        self.start_tour(
            f"/odoo/supplier-certifications/{certification.id}",
            "supplier_evaluation_certification_alone_review",
            login="certification_first",
        )
        self.browser_size = "390x844"
        self.touch_enabled = True
        self.start_tour(
            f"/odoo/supplier-certifications/{certification.id}",
            "supplier_evaluation_certification_alone_phone",
            login="certification_second",
        )
        self.assertEqual(certification.state, "certified")
