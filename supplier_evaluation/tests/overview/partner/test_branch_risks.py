from odoo.tests import tagged

from ...gate.common import BranchGateCommon


@tagged("post_install", "-at_install")
class TestBranchRisks(BranchGateCommon):
    """In a branch, a vendor's form says what holds for orders there."""

    def _policies(self, company):
        """What the form says of orders to the bad supplier, to a buyer in a company."""
        vendor = self._as(self.bad_supplier, self.buyer).with_context(
            allowed_company_ids=company.ids
        )
        return [
            risk["text"]
            for risk in vendor.retrieve_360()["risks"]
            if risk["kind"] == "policy"
        ]

    def test_what_the_company_above_decided(self):
        self._block_stage()
        self.env.flush_all()
        for company in (self.branch, self.inner):
            [text] = self._policies(company)
            self.assertIn("Orders are blocked", text)
            self.assertIn("stage Blocked at Headquarters", text)
        [text] = self._policies(self.company)
        self.assertNotIn("at Headquarters", text)
        self.assertEqual(self._policies(self.stranger), [])
