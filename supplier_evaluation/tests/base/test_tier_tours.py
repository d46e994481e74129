from odoo.tests import HttpCase, tagged

from ..common import MANAGER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestTierTours(SupplierEvaluationCommon, HttpCase):
    browser_size = "1366x768"

    def test_changes(self):
        """Who moved which supplier is found from the menu."""
        manager = self._create_user("tier_manager", MANAGER)
        second = self._create_supplier("Second Supplier")
        for vendor, tier in (
            (self.supplier, "partner"),
            (second, "partner"),
            (self.supplier, "strategic"),
        ):
            tier = self.env.ref(f"supplier_evaluation.supplier_tier_{tier}")
            self._as(vendor, manager).sudo().supplier_tier_id = tier
        self.start_tour(
            "/odoo", "supplier_evaluation_tier_changes", login="tier_manager"
        )
