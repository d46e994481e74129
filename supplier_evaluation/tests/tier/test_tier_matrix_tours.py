from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import TierCommon


@tagged("post_install", "-at_install")
class TestTierMatrixTours(TierCommon, HttpCase):
    browser_size = "1366x768"

    def test_confirm(self):
        today = fields.Date.today()
        ordered, promised = (str(today - timedelta(days=ago)) for ago in (30, 10))
        self._order(10, 80, promised, ordered)
        self._rule(abc_spend="a")
        self._refresh()
        self.start_tour(
            "/odoo/supplier-tier-matrix",
            "supplier_evaluation_tier_matrix",
            login="tier_manager",
        )
        self.assertEqual(self._tier(), self.strategic)
