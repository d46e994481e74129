from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import PortalCommon

FIGURES = "odoo.addons.supplier_evaluation.models.portal.figures.MOST"
CONTROLLER = "odoo.addons.portal.controllers.portal.CustomerPortal._items_per_page"


@tagged("post_install", "-at_install")
class TestPortalLists(PortalCommon, HttpCase):
    """A list that goes on says so, and leads on."""

    def test_lists_have_pages(self):
        titles = ["First", "Second", "Third"]
        self.env["supplier.incident"].create(
            [
                {
                    "title": title,
                    "partner_id": self.supplier.id,
                    "company_id": self.company.id,
                    "is_in_portal": True,
                }
                for title in titles
            ]
        )
        with patch(CONTROLLER, 2):
            first = self._page("/my/supplier/incidents").text
            second = self._page("/my/supplier/incidents/page/2").text
            alone = self._page("/my/supplier/scorecards").text
        self.assertIn("/my/supplier/incidents/page/2", first)
        self.assertEqual([title in first for title in titles], [False, True, True])
        self.assertEqual([title in second for title in titles], [True, False, False])
        self.assertNotIn("/page/", alone)

    def test_records_behind_a_figure(self):
        page = f"/my/supplier/figure/{self.line.id}"
        self.assertNotIn("o_supplier_portal_more", self._page(page).text)
        with patch(FIGURES, 1):
            text = self._page(page).text
        self.assertIn("o_supplier_portal_more", text)
        self.assertIn("The first 1 of 2 records", text)

    def test_exactly_as_many_as_are_shown(self):
        with patch(FIGURES, 2):
            figure = self._door("ours")._figure(self.line.sudo())
        self.assertEqual(len(figure["counted"]), 2)
        self.assertEqual(figure["notes"], {"counted": None, "left_out": None})
