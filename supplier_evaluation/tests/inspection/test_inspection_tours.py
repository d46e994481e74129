from odoo.tests import HttpCase, tagged

from .common import InspectionCommon


@tagged("post_install", "-at_install")
class TestInspectionTours(InspectionCommon, HttpCase):
    """An inspector checks what came, on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_inspector_on_a_phone(self):
        inspection = self._came(10)
        self.start_tour(
            "/odoo/supplier-inspections",
            "supplier_evaluation_inspection",
            login="inspection_inspector",
        )
        self.assertEqual((inspection.state, inspection.result), ("done", "rejected"))
        self.assertEqual(inspection.user_id, self.people["inspector"])
        self.assertEqual(inspection.incident_ids.quantity, 1)
