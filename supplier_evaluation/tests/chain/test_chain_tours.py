from odoo.tests import HttpCase, tagged

from ..common import MANAGER, SupplierEvaluationCommon
from .common import ChainCommon


@tagged("post_install", "-at_install")
class TestChainTours(ChainCommon, SupplierEvaluationCommon, HttpCase):
    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_user("chain_manager", MANAGER)
        cls._seal()
        tier = cls.env.ref("supplier_evaluation.supplier_tier_partner")
        cls.supplier.supplier_tier_id = tier
        cls._seal()

    def test_verify(self):
        """A manager sees what is sealed, and checks it."""
        second = self._create_supplier("Second Supplier")
        second.supplier_tier_id = self.supplier.supplier_tier_id
        self.start_tour("/odoo", "supplier_evaluation_verify", login="chain_manager")

    def test_broken(self):
        """Who changed a row by hand is found, and which row it was."""
        self._sql("UPDATE supplier_tier_change SET date = '2020-01-01'")
        self.start_tour(
            "/odoo/supplier-chain",
            "supplier_evaluation_verify_broken",
            login="chain_manager",
        )
