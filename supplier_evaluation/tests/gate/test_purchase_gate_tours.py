from odoo import Command
from odoo.tests import HttpCase, tagged

from ..common import MANAGER
from .common import PurchaseGateCommon


@tagged("post_install", "-at_install")
class TestPurchaseGateTours(PurchaseGateCommon, HttpCase):
    """A buyer is warned and blocked; an approver overrides; the buyer confirms."""

    def _tour(self, order, name, user):
        self.start_tour(
            f"/odoo/purchase-orders/{order.id}",
            f"supplier_evaluation_gate_{name}",
            login=user.login,
        )
        self.env.invalidate_all()

    def test_warned(self):
        self._policy(name="Look twice", effect="warn")
        order = self._draft(self.supplier)
        self._tour(order, "warned", self.buyer)
        self.assertEqual(order.state, "purchase")

    def test_blocked_and_overridden(self):
        self._block_stage()
        order = self._draft()
        self._tour(order, "blocked", self.buyer)
        self.assertEqual(order.state, "draft")
        self._tour(order, "override", self.approver)
        override = self.env["supplier.purchase.override"].search(
            [("order_id", "=", order.id)]
        )
        self.assertEqual(override.user_id, self.approver)
        self.assertEqual(override.reason, "Only source of the bolt")
        self._tour(order, "confirmed", self.buyer)
        self.assertEqual(order.state, "purchase")

    def test_policy(self):
        stage = self.env["supplier.stage"].create(
            {"name": "Tour stage", "code": "gate_tour"}
        )
        manager = self._create_user("gate_manager", MANAGER)
        self.start_tour(
            "/odoo/supplier-purchase-policies",
            "supplier_evaluation_gate_policy",
            login=manager.login,
        )
        policy = self.env["supplier.purchase.policy"].search(
            [("name", "=", "Tour policy")]
        )
        self.assertEqual(policy.effect, "block")
        self.assertEqual(policy.stage_ids, stage)
        self.assertTrue(policy.applies_to_order)
        order = self._draft(self.supplier)
        self._set(self.supplier, supplier_stage_id=stage.id)
        self.assertEqual(order.supplier_gate_level, "block")
        policy.stage_ids = [Command.clear()]
        self.assertEqual(order.supplier_gate_level, "block")
