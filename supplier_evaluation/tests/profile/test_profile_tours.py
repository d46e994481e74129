from odoo.tests import HttpCase, tagged

from .common import ProfileCommon


@tagged("post_install", "-at_install")
class TestProfileTours(ProfileCommon, HttpCase):
    browser_size = "1366x768"

    def test_check(self):
        self._rule("Reference of the supplier", "ref")
        self.start_tour(
            f"/odoo/vendors/{self.supplier.id}",
            "supplier_evaluation_profile",
            login="profile_buyer",
        )
        self.env.invalidate_all()
        self.assertEqual(self._profile().checked_uid, self.people["buyer"])

    def test_decide(self):
        self._create_supplier("Twin Castings Ltd", supplier_rank=1)
        self._create_supplier("Twin Castings GmbH", supplier_rank=1)
        self.env["supplier.duplicate"]._refresh()
        self.start_tour(
            "/odoo/supplier-duplicates",
            "supplier_evaluation_duplicates",
            login="profile_buyer",
        )
        self.env.invalidate_all()
        pair = self.env["supplier.duplicate"].search(
            [("partner_id.name", "=like", "Twin Castings%")]
        )
        self.assertEqual(pair.state, "different")
