from odoo import fields
from odoo.tests import HttpCase, tagged

from ..portal.common import PortalCommon


@tagged("post_install", "-at_install")
class TestDemandPortal(PortalCommon, HttpCase):
    """A buyer enters and shares demand; the pages of the portal show it."""

    browser_size = "1400x900"

    def test_page(self):
        demand = self._demand_of(self.supplier, note="Internal", quantity=12.5)
        demand._note_told()
        demand.quantity = 30
        self._demand_of(self.rival, quantity=77)
        text = self._page("/my/supplier/demand").text
        for shown in ("Bolt", "30.00", "12.50", "Changed on"):
            self.assertIn(shown, text)
        for hidden in ("Internal", "77.00", "Rival Works"):
            self.assertNotIn(hidden, text)
        home = self._page("/my/supplier").text
        self.assertRegex(home, r"/my/supplier/demand\">Expected Demand <span[^>]*>1<")

    def test_nothing_shared(self):
        text = self._page("/my/supplier/demand").text
        self.assertIn("There is nothing yet", text)

    def test_buyer_shares_and_supplier_sees(self):
        offer = {
            "partner_id": self.supplier.id,
            "product_tmpl_id": self.product.product_tmpl_id.id,
        }
        self.env["product.supplierinfo"].create(offer)
        self.env.flush_all()
        self.start_tour(
            "/odoo/supplier-demand",
            "supplier_evaluation_demand_share",
            login="portal_buyer",
        )
        demand = self.env["supplier.demand"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual((demand.quantity, demand.is_shared), (250, True))
        self.assertGreater(demand.month, fields.Date.today())
        self.start_tour(
            "/my/supplier",
            "supplier_evaluation_portal_demand",
            login="portal_ours",
        )
