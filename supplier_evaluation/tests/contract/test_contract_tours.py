from odoo.tests import HttpCase, tagged

from .common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractTours(ContractCommon, HttpCase):
    """One writes a contract, two approve it; a manager claims a penalty."""

    browser_size = "1366x768"

    def test_contract(self):
        self.supplier.supplier_rank = 1
        self.start_tour(
            "/odoo/supplier-contracts",
            "supplier_evaluation_contract_enter",
            login="contract_buyer",
        )
        contract = self.env["supplier.contract"].search([("title", "=", "Steel parts")])
        self.assertEqual(contract.state, "to_approve")
        for user in ("approver", "second"):
            self.start_tour(
                "/odoo/supplier-contracts",
                "supplier_evaluation_contract_approve",
                login=f"contract_{user}",
            )
        self.assertEqual(contract.state, "in_force")

    def test_penalty(self):
        self._contract([{"price": 10, "penalty_percent": 1}])
        line = self._order(10, 10, "2026-03-10")
        self._receive(line, "2026-03-14")
        self.env.flush_all()
        penalty = self.env["supplier.contract.penalty"]._propose(self.company)
        self.env.flush_all()
        self.start_tour(
            "/odoo/supplier-penalties",
            "supplier_evaluation_contract_penalty",
            login="contract_manager",
        )
        self.assertEqual(penalty.state, "claimed")
