"""Reports of several rooms, as every printer prints them."""

import re

from odoo.tests import tagged

from .certification.common import CertificationCommon
from .paper import PaperCase

CERTIFICATE = "supplier_evaluation.supplier_certificate_report"
CORRECTIVE_ACTION = "supplier_evaluation.supplier_corrective_action_report"
MINUTES = "supplier_evaluation.supplier_meeting_report"
VISIT = "supplier_evaluation.action_report_supplier_visit"


@tagged("post_install", "-at_install")
class TestPrintedReports(CertificationCommon, PaperCase):
    def test_certificate(self):
        """What it says can be read, searched and copied: it is text, no drawing."""
        certification = self._certified()
        [page] = self._print(CERTIFICATE, certification)
        for text in (
            self.company.name,
            certification.partner_id.name,
            certification.name,
            certification.program_id.name,
            certification.date_from.strftime("%m/%d/%Y"),
            certification.date_to.strftime("%m/%d/%Y"),
            certification._verification_url(),
        ):
            self.assertIn(text, page)

    def test_certificate_in_chinese(self):
        """The second language has a page of its own, and its letters are there."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.supplier.write({"lang": "zh_CN", "name": "苏州轴承有限公司"})
        certification = self._certified()
        pages = self._print(CERTIFICATE, certification)
        self.assertEqual(len(pages), 2)
        day = certification.date_to
        self.assertIn(day.strftime("%m/%d/%Y"), pages[0])
        self.assertIn(day.strftime("%Y/%m/%d"), pages[1])
        for page in pages:
            self.assertIn("苏州轴承有限公司", page)

    def test_several_certificates(self):
        """A printer that prints one document at a time prints them all."""
        other = self._program(name="Other programme")
        certifications = self._certified() + self._certified(program_id=other.id)
        pages = self._print(CERTIFICATE, certifications)
        for certification, page in zip(certifications, pages, strict=True):
            self.assertIn(certification.name, page)

    def test_reports_of_ours_ask_for_no_layout(self):
        """They have a letterhead of their own, and Odoo's choice is not asked for."""
        self.company.external_report_layout_id = False
        self.assertTrue(self.env.is_admin())
        action = self._certified().action_print_certificate()
        self.assertEqual(action["type"], "ir.actions.report")

    def test_every_report_has_the_paper_that_fits(self):
        reports = self.env["ir.actions.report"].search(
            [("report_name", "=like", "supplier_evaluation.%")]
        )
        self.assertGreater(len(reports), 1)
        paper = self.env.ref("supplier_evaluation.supplier_paperformat")
        for report in reports:
            self.assertEqual(report.paperformat_id, paper, report.name)

    def test_several_corrective_actions(self):
        """Each has the letterhead, and a step stays with its heading."""
        actions = self.env["supplier.corrective.action"].create(
            [
                {"title": title, "partner_id": self.supplier.id}
                for title in ("One", "Two")
            ]
        )
        for step in actions.step_ids.filtered(lambda step: step.code < "d5"):
            step._answer("<p>We plan two days more.</p>" * 8)
        pages = self._print(CORRECTIVE_ACTION, actions)
        self.assertEqual("".join(pages).count(self.company.name), 2)
        for action in actions:
            self.assertTrue(any(f"8D Report {action.name}" in page for page in pages))
        for page in pages:
            self.assertNotRegex(page, r" [,.;:]")
            headings = re.findall(r"^D[0-4] ", page, re.MULTILINE)
            self.assertEqual(len(headings) * 8, page.count("We plan two days more."))

    def test_visits_and_minutes(self):
        """Several at once, each with the letterhead."""
        suppliers = self.supplier + self._create_supplier("Another One")
        meetings = self.env["supplier.meeting"].create(
            [
                {
                    "title": "Review of " + supplier.name,
                    "partner_id": supplier.id,
                    "date_start": "2026-03-31 08:00:00",
                }
                for supplier in suppliers
            ]
        )
        for report, records in ((VISIT, suppliers), (MINUTES, meetings)):
            pages = self._print(report, records)
            for supplier, page in zip(suppliers, pages, strict=True):
                self.assertIn(supplier.name, page)
                self.assertIn(self.company.name, page)
