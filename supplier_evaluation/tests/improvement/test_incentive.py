from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import ImprovementCommon


@tagged("post_install", "-at_install")
class TestIncentive(ImprovementCommon):
    """Proposed by grade, approved by another, put back exactly as it was."""

    def test_proposed_once(self):
        self._rule_of(periods=2)
        incentive = self._follow()
        self.assertEqual(incentive.partner_id, self.supplier)
        self.assertEqual(incentive.scorecard_id, self.march.scorecard_ids)
        self.assertFalse(self._follow())

    def test_not_for_long_enough(self):
        self._rule_of(periods=3)
        self.assertFalse(self._follow())

    def test_in_a_row_whatever_other_actions_ask(self):
        other = self._create_supplier("Other")
        self._receive(
            self._order(10, 5, "2026-04-10", "2026-04-01", partner=other), "2026-04-10"
        )
        april = self._evaluate(
            date_from=date(2026, 4, 1),
            date_to=date(2026, 4, 30),
            cutoff="2026-05-04 16:00:00",
        )
        april.action_publish()
        self.assertNotIn(self.supplier, april.scorecard_ids.partner_id)
        self._rule_of(periods=2)
        self._rule_of(periods=4)
        self.assertFalse(self._follow(), "it has no scorecard of April")

    def test_provisional_carries_nothing(self):
        self._rule_of()
        self._score(self.march.scorecard_ids, 100, provisional=True)
        self.assertFalse(self._follow())

    def test_another_grade(self):
        self._rule_of(grade_id=self.env.ref("supplier_evaluation.supplier_grade_c").id)
        self.assertFalse(self._follow())

    def test_tier_and_critical_incidents(self):
        strategic = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        partner = self.env.ref("supplier_evaluation.supplier_tier_partner")
        self._rule_of(minimum_tier_id=partner.id, without_critical=True)
        self.assertFalse(self._follow(), "without a tier")
        self.own.supplier_tier_id = strategic
        incident = self.env["supplier.incident"].create(
            {
                "title": "Fire",
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "severity": "critical",
            }
        )
        self.assertFalse(self._follow())
        incident.responsibility = "carrier"
        self.assertFalse(
            self.env["supplier.incentive"]._with_open_critical(self.company)
        )
        incident.responsibility = "supplier"
        self.assertFalse(self._follow())
        incident.action_resolve()
        self.assertTrue(self._follow())

    def test_amount(self):
        self._rule_of("share", worth_percent=10)
        self.env["supplier.tier.figure"]._refresh(self.company)
        figure = self.env["supplier.tier.figure"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(self._follow().amount, figure.spend / 10)

    def test_four_eyes(self):
        self._rule_of()
        card = self._as(self.march.scorecard_ids, "manager")
        action = card.action_propose_incentives()
        incentive = self.env["supplier.incentive"].search(action["domain"])
        self.assertEqual(incentive.user_id, self.people["manager"])
        for own in (
            self._as(incentive, "manager"),
            self._as(incentive, "manager").sudo(),
        ):
            with self.assertRefused("You proposed", AccessError):
                own.action_approve()
        for person in ("buyer", "approver"):
            with self.assertRaises(AccessError):
                self._as(incentive, person).action_approve()
            with self.assertRefused("Only a manager", AccessError):
                self._as(incentive, person).sudo().action_approve()
        with self.assertRaises(AccessError):
            self._as(incentive, "stranger").action_approve()
        self._as(incentive, "second").action_approve()
        self.assertEqual(incentive.approved_uid, self.people["second"])
        with self.assertRefused("Nothing follows"):
            card.action_propose_incentives()

    def test_a_reward_needs_its_term(self):
        with self.assertRefused("say which", ValidationError):
            self._rule_of("payment_term")

    def test_refused_until_the_next_scorecard(self):
        self._rule_of()
        incentive = self._follow()
        self._as(incentive, "manager").action_refuse("Not this year")
        self.assertFalse(self._follow())
        self.assertEqual(incentive.change_ids[0].reason, "Not this year")

    def test_refused_whatever_is_revised(self):
        """A dispute of another supplier makes a revision of all."""
        self._rule_of()
        self._as(self._follow(), "manager").action_refuse("Not this year")
        revision = self.march.browse(self.march.action_revise()["res_id"])
        revision.action_compute()
        revision.action_publish()
        self.assertFalse(self._follow())

    def test_preferred_comes_first(self):
        self._rule_of()
        self._in_force(self._follow())
        other = self._create_supplier("Aaa")
        for partner in (self.supplier, other):
            self.env["product.supplierinfo"].create(
                {
                    "partner_id": partner.id,
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                    "company_id": self.company.id,
                    "price": 5,
                }
            )
        third = self._create_supplier("Third")
        order = self.env["purchase.order"].create(
            {
                "partner_id": third.id,
                "company_id": self.company.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )
        offers = order.retrieve_supplier_alternatives()
        self.assertEqual(offers[0]["id"], self.supplier.id)
        self.assertEqual([offer["preferred"] for offer in offers], [True, False])

    def test_merged_vendors_keep_one_of_each(self):
        rule = self._rule_of()
        own = self._in_force(self._follow())
        other = self._create_supplier("Same")
        vals = rule._incentive_vals(self.march.scorecard_ids, 0)
        vals.update(partner_id=other.id, scorecard_id=False)
        double = self.env["supplier.incentive"].sudo()._unguarded().create(vals)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.supplier | other).ids, other)
        self.env.invalidate_all()
        self.assertEqual((own.state, double.state), ("applied", "obsolete"))
        self.assertEqual((own | double).partner_id, other)
        self.assertTrue(other.with_company(self.company).supplier_preferred)

    def test_less_inspection_is_read_on_the_receipt(self):
        self._rule_of("inspection", description="Every third delivery only")
        self._in_force(self._follow())
        picking = self._order(1, 5, "2026-05-10").move_ids.picking_id
        self.assertEqual(picking.supplier_inspection_note, "Every third delivery only")

    def test_plan_of_what_costs_most(self):
        """A bad figure that weighs little costs less; what goes on is not begun."""
        template = self._create_template("Two", ["otd", "fill_rate"])
        card = self._evaluate(template).scorecard_ids
        light, heavy = card.line_ids
        for line, score, loss in ((light, 0, 2), (heavy, 60, 30)):
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "UPDATE supplier_scorecard_line SET score = %s, loss = %s"
                    " WHERE id = %s",
                    score,
                    loss,
                    line.id,
                )
            )
        self.env.invalidate_all()
        vals = self._rule_of("plan")._incentive_vals(card, 0)
        incentive = self.env["supplier.incentive"].sudo()._unguarded().create(vals)
        actions = self.env["supplier.corrective.action"]
        for said in ("was started", "goes on already"):
            _changes, note = incentive._apply_plan()
            self.assertIn(said, note)
            made = actions.search([("partner_id", "=", self.supplier.id)])
            self.assertEqual(made.kpi_id, heavy.kpi_id)
            self.assertEqual(len(made), 1)

    def test_plan_and_replacement(self):
        approved = self.env.ref("supplier_evaluation.supplier_stage_approved")
        other = self._create_supplier("Other Source")
        self._order(1, 5, "2026-03-10", partner=other)
        other.with_company(self.company)._set_supplier_stage(
            approved, "x", initial=True
        )
        self._rule_of("plan")
        self._rule_of("replace")
        notes = [self._in_force(one).note for one in self._follow().sorted("kind")]
        self.assertRegex(notes[0], r"Corrective action CAPA/.* was started\.")
        self.assertEqual(notes[1], "Other approved sources: Other Source.")
        self.assertTrue(
            self.env["supplier.corrective.action"].search_count(
                [("partner_id", "=", self.supplier.id)]
            )
        )

    def test_nothing_is_written_by_hand(self):
        self._rule_of()
        incentive = self._as(self._follow(), "manager")
        for vals in ({"state": "applied"}, {"user_id": self.people["second"].id}):
            with self.assertRefused("cannot be written", AccessError):
                incentive.write(vals)
        for operation in ("create", "unlink"):
            self.assertFalse(incentive.has_access(operation))
        with self.assertRaises(AccessError):
            self.own.with_user(self.people["manager"]).write(
                {"supplier_preferred": True}
            )

    def test_statements(self):
        self._rule_of()
        self._follow()
        few = self._statements_of(self._follow)
        for number in range(10):
            partner = self._create_supplier(f"More {number}")
            self._receive(
                self._order(1, 5, "2026-03-10", partner=partner), "2026-03-10"
            )
        vals = {"sets_vendor_score": True, "minimum_lines": 1}
        template = self._create_template("More", ["otd"], **vals)
        self._evaluate(template).action_publish()
        self.assertGreater(len(self._follow()), 9)
        self.assertLessEqual(self._statements_of(self._follow), few + 3)
