from odoo.tests import HttpCase, tagged

from .common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractTours(ContractCommon, HttpCase):
    """A contract is written, approved by two, stops a wrong price; a penalty."""

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

    def test_wrong_price(self):
        """It is no order until its price is what was agreed."""
        self.env["supplier.purchase.policy"].search([]).active = False
        self._contract(check_level="block", date_to="2036-12-31")
        order = self._draft(price=12)
        self.start_tour(
            f"/odoo/purchase-orders/{order.id}",
            "supplier_evaluation_contract_wrong_price",
            login="contract_buyer",
        )
        self.env.invalidate_all()
        self.assertEqual(order.state, "purchase")
        self.assertEqual(order.order_line.price_unit, 10)

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
