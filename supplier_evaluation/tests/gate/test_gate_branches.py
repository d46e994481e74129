from datetime import date

from odoo import Command
from odoo.tests import tagged

from ...models.certification.status import STATUSES, holding_statuses
from ...models.gate.gate import PurchaseGate
from ...models.gate.standing import VendorGate
from .common import BranchGateCommon


@tagged("post_install", "-at_install")
class TestGateBranches(BranchGateCommon):
    """What a company decides holds in its branches, and nowhere else."""

    # ------------------------------------------------------------
    # Stages and policies
    # ------------------------------------------------------------

    def test_policy_and_stage_of_the_parent(self):
        self._block_stage()
        self.assertLevels(
            self.bad_supplier,
            company="block",
            branch="block",
            inner="block",
            sister="block",
            stranger="",
        )
        reason = self._verdict(self.branch, self.bad_supplier).reasons[0]
        self.assertIn("stage Blocked at Headquarters", reason)
        self.assertIn("(policy of Headquarters)", reason)
        reason = self._verdict(self.company, self.bad_supplier).reasons[0]
        self.assertNotIn("Headquarters", reason)

    def test_stage_of_a_branch_stays_there(self):
        self._block_stage(company_id=False)
        partner = self._create_supplier("Branch Supplier")
        self._set(partner, self.branch, supplier_stage_id=self.blocked_stage.id)
        self.assertLevels(partner, company="", branch="block", inner="block", sister="")

    def test_policy_of_a_branch_stays_there(self):
        self._policy(company_id=self.branch.id)
        self.assertLevels(company="", branch="block", inner="block", sister="")

    def test_policy_of_all_companies_counts_once(self):
        self._policy(company_id=False)
        self.assertEqual(len(self._verdict(self.inner).reasons), 1)

    def test_own_stage_does_not_hide_the_one_above(self):
        self._block_stage(company_id=False)
        qualified = self.env.ref("supplier_evaluation.supplier_stage_approved")
        self._set(self.bad_supplier, self.branch, supplier_stage_id=qualified.id)
        self.assertLevels(self.bad_supplier, branch="block")

    def test_without_a_stage_above_nothing_is_judged_there(self):
        """A policy for suppliers of a stage is none for those without."""
        approved = self.env.ref("supplier_evaluation.supplier_stage_approved")
        self._block_stage(company_id=False)
        self._set(self.supplier, self.branch, supplier_stage_id=approved.id)
        self.assertLevels(branch="")

    def test_exception_of_a_branch_does_not_end_policies_of_the_parent(self):
        self._block_stage()
        self._policy(
            company_id=self.branch.id, sequence=1, effect="allow", message="We may"
        )
        self.assertLevels(self.bad_supplier, branch="block")

    def test_exception_of_a_branch_ends_its_own_policies(self):
        self._policy(company_id=self.branch.id)
        self._policy(
            company_id=self.branch.id, sequence=1, effect="allow", message="We may"
        )
        self.assertLevels(branch="")

    def test_exception_of_the_parent_holds_in_the_branch(self):
        self._policy(company_id=self.branch.id)
        self._policy(sequence=1, effect="allow", message="Everybody may")
        self.assertLevels(branch="")

    def test_exception_for_the_own_stage_is_none_for_the_one_above(self):
        approved = self.env.ref("supplier_evaluation.supplier_stage_approved")
        self._block_stage(company_id=False)
        self._policy(
            company_id=False,
            sequence=1,
            effect="allow",
            message="Approved",
            stage_ids=[Command.set(approved.ids)],
        )
        self._set(self.bad_supplier, self.branch, supplier_stage_id=approved.id)
        self.assertLevels(self.bad_supplier, branch="block")

    def test_limit_of_the_parent(self):
        stage = self.env.ref("supplier_evaluation.supplier_stage_approved")
        stage.with_company(self.company).purchase_limit = 100
        self._set(self.supplier, supplier_stage_id=stage.id)
        self.assertEqual(self._verdict(self.branch, price=100).level, "")
        verdict = self._verdict(self.branch, price=101)
        self.assertEqual(verdict.level, "block")
        self.assertIn("at Headquarters", verdict.reasons[0])
        self.assertEqual(self._verdict(self.stranger, price=101).level, "")

    def test_limit_of_a_branch_stays_there(self):
        stage = self.env.ref("supplier_evaluation.supplier_stage_approved")
        stage.with_company(self.branch).purchase_limit = 100
        for company in (self.company, self.branch, self.sister):
            self._set(self.supplier, company, supplier_stage_id=stage.id)
        self.assertEqual(self._verdict(self.branch, price=101).level, "block")
        self.assertEqual(self._verdict(self.company, price=101).level, "")
        self.assertEqual(self._verdict(self.sister, price=101).level, "")

    def test_contact_that_was_a_supplier_of_the_parent(self):
        self._block_stage()
        self.bad_supplier.write({"parent_id": self.supplier.id, "is_company": False})
        self.assertLevels(self.bad_supplier, branch="block", stranger="")

    # ------------------------------------------------------------
    # Tier and grade
    # ------------------------------------------------------------

    def test_own_grade_or_else_the_nearest(self):
        self._policy(company_id=False, grade_ids=[Command.set(self.grade_d.ids)])
        self._set(self.supplier, supplier_grade_id=self.grade_d.id)
        self.assertLevels(branch="block", inner="block", stranger="")
        self.assertIn("at Headquarters", self._verdict(self.branch).reasons[0])
        good = self.env.ref("supplier_evaluation.supplier_grade_a")
        self._set(self.supplier, self.branch, supplier_grade_id=good.id)
        self.assertLevels(company="block", branch="", inner="", sister="block")

    def test_provisional_grade_above_has_no_consequence(self):
        self._policy(company_id=False, grade_ids=[Command.set(self.grade_d.ids)])
        self._set(
            self.supplier,
            supplier_grade_id=self.grade_d.id,
            supplier_score_provisional=True,
        )
        self.assertLevels(branch="")

    def test_own_tier_or_else_the_nearest(self):
        self._policy(company_id=False, tier_ids=[Command.set(self.tier.ids)])
        self._set(self.supplier, supplier_tier_id=self.tier.id)
        self.assertLevels(branch="block", stranger="")

    # ------------------------------------------------------------
    # Certifications
    # ------------------------------------------------------------

    def test_certified_by_the_parent(self):
        self._not_certified(company_id=False)
        self._certify(self.company)
        self.assertLevels(company="", branch="", inner="", sister="", stranger="block")

    def test_certified_by_a_branch(self):
        self._not_certified(company_id=False)
        self._certify(self.branch)
        self.assertLevels(company="block", branch="", inner="", sister="block")

    def test_suspended_by_the_parent(self):
        self._not_certified("suspended", company_id=False)
        self._certify(self.company, "suspended")
        self._certify(self.branch)
        self.assertLevels(branch="block", inner="block", stranger="")
        reason = self._verdict(self.branch).reasons[0]
        self.assertIn("Suspended at Headquarters", reason)

    def test_certified_anew_by_the_parent(self):
        self._not_certified(company_id=False)
        self._certify(self.company, "rejected")
        self._certify(self.company)
        self.assertLevels(branch="")

    def test_own_refusal_beside_one_above(self):
        """Of two losses, the one above does not hide the other."""
        self._not_certified("rejected", company_id=False)
        self._certify(self.company, "suspended")
        self._certify(self.branch, "rejected")
        self.assertLevels(branch="block", sister="")

    def test_own_refusal_beside_a_certificate_above(self):
        self._not_certified("rejected", company_id=False)
        self._certify(self.company)
        self._certify(self.branch, "rejected")
        self.assertLevels(branch="block", company="")

    def test_what_ended_by_itself_gives_way_to_a_certificate_above(self):
        self._not_certified(company_id=False)
        self._certify(self.company)
        self._certify(self.branch, date_to=date(2020, 2, 1))
        self.assertLevels(branch="")

    def test_which_status_holds(self):
        """One company alone says what it said; of several, one at least holds."""
        names = [status for status, _label in STATUSES]
        for own in names:
            self.assertEqual(holding_statuses([(own, 1)]), [(own, 1)])
            for above in names:
                held = holding_statuses([(own, 1), (above, 2)])
                self.assertTrue(held)
                if above in ("suspended", "rejected", "revoked"):
                    self.assertIn((above, 2), held)
                if above in ("none", "in_progress") and own != "none":
                    self.assertEqual(held, [(own, 1)])

    def test_covering(self):
        certifications = self.env["supplier.certification"].sudo()

        def covered(company):
            return certifications._covering(self.supplier, company)[self.supplier.id]

        held = self._certify(self.company)
        self.assertEqual(covered(self.branch), held)
        self.assertFalse(covered(self.stranger))
        self._certify(self.branch)
        held._write_guarded({"state": "suspended"})
        self.assertFalse(covered(self.branch), "headquarters suspended it")
        self.assertFalse(covered(self.sister))

    def test_programme_of_the_parent(self):
        self._not_certified(company_id=False, certification_program_only=True)
        self.program.active = False
        self.assertLevels(branch="")
        self.program.write({"active": True, "company_id": self.company.id})
        self.assertLevels(company="block", branch="block", stranger="")

    # ------------------------------------------------------------
    # Where a vendor is chosen
    # ------------------------------------------------------------

    def test_vendors_are_judged_as_orders_are(self):
        self._block_stage()
        for company in (self.branch, self.inner, self.sister, self.stranger):
            gate = VendorGate(self.bad_supplier | self.supplier, company)
            for vendor in self.bad_supplier | self.supplier:
                self.assertEqual(
                    gate.standing(vendor).level, self._verdict(company, vendor).level
                )

    def test_a_price_list_of_the_parent_is_judged_for_the_branch(self):
        self._policy(company_id=self.branch.id)
        price = self.env["product.supplierinfo"].create(
            {
                "partner_id": self.supplier.id,
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(price.with_company(self.branch).supplier_gate_level, "block")
        self.assertFalse(price.with_company(self.company).supplier_gate_level)
        self.assertFalse(price.with_company(self.stranger).supplier_gate_level)
        self._set(self.supplier, supplier_grade_id=self.grade_d.id)
        price.invalidate_recordset()
        grade = price.with_company(self.branch).supplier_grade_id
        self.assertEqual(grade, self.grade_d, "the grade where the list is")

    def test_a_user_of_the_branch_alone(self):
        """The buyer reads whose decision it is, and nothing else of that company."""
        self._block_stage()
        buyer = self.buyer
        buyer.write(
            {"company_id": self.branch.id, "company_ids": [(6, 0, self.branch.ids)]}
        )
        order = self._draft(company=self.branch)
        order.invalidate_recordset()
        self.assertEqual(order.with_user(buyer).supplier_gate_level, "block")
        self.assertIn("Headquarters", order.with_user(buyer).supplier_gate_message)
        self.assertBlocked(order.with_user(buyer))

    # ------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------

    def test_statements_do_not_grow_with_orders(self):
        self._block_stage(company_id=False)
        self._not_certified(company_id=False)
        suppliers = [self._create_supplier(f"Many {number}") for number in range(6)]
        orders = self.env["purchase.order"].union(
            *(self._draft(one, company=self.inner) for one in suppliers)
        )

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            PurchaseGate(some).verdicts("order")
            return self.cr.sql_log_count - before

        count(orders)
        self.assertEqual(count(orders), count(orders[:2]))
