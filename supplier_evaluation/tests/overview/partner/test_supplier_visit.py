from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import Supplier360Common

REPORT = "supplier_evaluation.action_report_supplier_visit"


@tagged("post_install", "-at_install")
class TestSupplierVisit(Supplier360Common):
    """One page to take along to a vendor."""

    def _page(self, user, partner=None):
        self.env.flush_all()
        self.env.invalidate_all()
        report = self._as(self.env["ir.actions.report"], user)
        vendor = partner or self.supplier
        html, _kind = report._render_qweb_html(REPORT, vendor.ids)
        return html.decode()

    def test_page_says_what_the_form_says(self):
        self._late_order(6)
        page = self._page("buyer")
        view = self._view("buyer")
        self.assertIn("Golden Supplier", page)
        for chip in view["chips"]:
            self.assertIn(chip["label"], page)
        for risk in view["risks"]:
            self.assertIn(risk["text"], page)
        self.assertIn("Cracked", page)
        self.assertIn("Notes of the visit", page)

    def test_vendor_without_anything(self):
        page = self._page("buyer", self._create_supplier("Empty"))
        self.assertIn("No scorecard yet", page)
        self.assertIn("None is known.", page)

    def test_several_vendors(self):
        page = self._page("buyer", self.supplier | self.bad_supplier)
        self.assertIn("Golden Supplier", page)
        self.assertIn("Bad Supplier", page)

    def test_quality_prints_it_and_others_do_not(self):
        self.assertIn("Golden Supplier", self._page("quality"))
        for user in ("reviewer", "nobody"):
            with self.assertRaises(AccessError):
                self._page(user)
