from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.gate.gate import PurchaseGate
from .common import BranchGateCommon


@tagged("post_install", "-at_install")
class TestGateBranchOverrides(BranchGateCommon):
    """Who lets pass what a company above stops is one of that company, too."""

    def _grant(self, user, order, partner=None):
        overrides = self.env["supplier.purchase.override"].with_user(user)
        return overrides.with_context(allowed_company_ids=self.branch.ids)._grant(
            partner or self.bad_supplier,
            self.branch,
            "Only source",
            date(2036, 1, 1),
            order=order,
        )

    def test_who_lets_pass_what_the_parent_stops(self):
        self._block_stage()
        order = self._draft(company=self.branch)
        with self.assertRaisesRegex(AccessError, "Headquarters"):
            self._grant(self.local_approver, order)
        self.assertNotIn("Gate Local", self._lifters(order))
        self._grant(self.second_approver, order)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_who_lets_pass_what_the_branch_stops(self):
        self._policy(company_id=self.branch.id)
        order = self._draft(company=self.branch)
        self.assertIn("Gate Local", self._lifters(order))
        self._grant(self.local_approver, order)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_override_for_every_order_needs_the_company_above_too(self):
        self._block_stage()
        self._grant(self.local_approver, None)
        order = self._draft(company=self.branch)
        self.assertBlocked(order, "Gate Local does not count here")
        choice = self.bad_supplier.with_company(self.branch)._supplier_choices()
        self.assertEqual(choice[self.bad_supplier.id]["level"], "block")
        self._grant(self.second_approver, None)
        order.button_confirm()

    def test_the_parent_stops_what_was_let_pass_before(self):
        """Who let pass what the branch said did not see what came from above."""
        self._not_certified("suspended", company_id=False)
        self._certify(self.branch, "suspended")
        order = self._draft(self.supplier, company=self.branch)
        self._grant(self.second_approver, order, self.supplier)
        self.assertEqual(PurchaseGate(order).verdicts("order")[order.id].level, "warn")
        self._certify(self.company, "suspended")
        self.assertBlocked(order)

    def test_nobody_of_both_companies(self):
        """What helps is access to the company above, not the right to approve."""
        self._block_stage()
        people = self.approver | self.second_approver | self.env.user
        people.write({"company_ids": [(3, self.branch.id)]})
        order = self._draft(company=self.branch)
        self.assertIn("access to North and to Headquarters", self._lifters(order))

    def test_whom_to_ask(self):
        self._block_stage()
        order = self._draft(company=self.branch)
        order.action_ask_supplier_override()
        asked = order.sudo().activity_ids.user_id
        self.assertIn(self.second_approver, asked)
        self.assertNotIn(self.local_approver, asked)

    def _lifters(self, order):
        return PurchaseGate(order).verdicts("order")[order.id].lifters
