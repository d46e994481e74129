from odoo.tests import HttpCase, tagged

from ..common import MANAGER
from .common import ConnectCommon


@tagged("post_install", "-at_install")
class TestConnectorTours(ConnectCommon, HttpCase):
    browser_size = "1366x768"

    def test_connector(self):
        self._create_user("connect_boss", f"base.group_system,{MANAGER}")
        self.start_tour(
            "/odoo/supplier-connectors",
            "supplier_evaluation_connector",
            login="connect_boss",
        )
        connector = self.env["supplier.connector"].search([("name", "=", "Our Zoho")])
        self.assertEqual(connector.source_id, self.source)
        self.assertIn("Vendor_Name", connector.field_ids.mapped("path"))
        self.assertTrue(connector.date_next)
