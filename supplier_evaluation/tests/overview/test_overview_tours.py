import json
from urllib.parse import quote, urlencode

from odoo.tests import HttpCase, tagged

from ..common import MANAGER, SupplierEvaluationCommon
from .common import OverviewCommon


@tagged("post_install", "-at_install")
class TestOverviewTours(OverviewCommon, HttpCase):
    """The overview as its users see it."""

    browser_size = "1366x768"

    def _start(self, tour, person, path="/odoo/suppliers"):
        self.start_tour(
            path, f"supplier_evaluation_overview_{tour}", login=f"overview_{person}"
        )

    def test_buyer(self):
        self._start("buyer", "buyer")

    def test_address(self):
        """What is chosen is in the address: it can be sent to others."""
        filters = json.dumps([{"type": "filter", "name": "my_suppliers"}])
        choices = {"period": "2026-02-01..2026-02-28", "filters": filters}
        query = urlencode(choices, quote_via=quote)
        self._start("address", "buyer", f"/odoo/suppliers?{query}")

    def test_compare(self):
        self._start("compare", "manager")

    def test_reviewer(self):
        self._start("reviewer", "reviewer")


@tagged("post_install", "-at_install")
class TestFirstStepsTours(SupplierEvaluationCommon, HttpCase):
    """What a manager sees first."""

    browser_size = "1366x768"

    def test_first_steps(self):
        self._create_user("overview_first", MANAGER)
        self.start_tour(
            "/odoo/suppliers",
            "supplier_evaluation_overview_first_steps",
            login="overview_first",
        )
