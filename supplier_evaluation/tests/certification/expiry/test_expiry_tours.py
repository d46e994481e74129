from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import CertificationCommon


@tagged("post_install", "-at_install")
class TestExpiryTours(CertificationCommon, HttpCase):
    browser_size = "1366x768"

    def test_what_expires(self):
        """What ends soon is found from the menu, documents and certifications."""
        today = self.company._supplier_day(fields.Datetime.now())
        for days in (20, 200):
            self._document(number=str(days), date_to=today + timedelta(days=days))
        certified = self._certified()
        certified._write_guarded({"date_to": today + timedelta(days=30)})
        self.start_tour(
            "/odoo",
            "supplier_evaluation_what_expires",
            login="certification_manager",
        )
