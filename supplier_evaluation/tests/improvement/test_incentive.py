from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import SCHEDULED
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

    def test_payment_term_and_back(self):
        old, new = self.env["account.payment.term"].create(
            [
                {"name": name, "line_ids": [Command.create({"nb_days": days})]}
                for name, days in (("60 days", 60), ("10 days", 10))
            ]
        )
        self.own.property_supplier_payment_term_id = old
        other = self.supplier.with_company(self.elsewhere)
        other.property_supplier_payment_term_id = old
        self._rule_of("payment_term", payment_term_id=new.id)
        incentive = self._in_force(self._follow())
        self.assertEqual(self.own.property_supplier_payment_term_id, new)
        self.assertEqual(other.property_supplier_payment_term_id, old)
        self.assertIn("10 days (before: 60 days)", incentive.note)
        with self.assertRefused("Say why"):
            self._as(incentive, "manager").action_undo()
        self._as(incentive, "manager").action_undo("We need the cash")
        self.assertEqual(self.own.property_supplier_payment_term_id, old)
        actions = incentive.change_ids.sorted("id").mapped("action")
        self.assertEqual(
            actions, ["proposed", "approved", "applied", "applied", "undone", "undone"]
        )

    def test_put_back_in_reverse_order(self):
        terms = self.env["account.payment.term"].create(
            [{"name": name} for name in ("30 days", "45 days", "60 days")]
        )
        self.own.property_supplier_payment_term_id = terms[0]
        self._rule_of("payment_term", payment_term_id=terms[2].id)
        later = self._follow()
        self._rule_of("payment_term", payment_term_id=terms[1].id, name="First")
        with freeze_time("2026-05-04 10:00:00"):
            self._in_force(self._follow())
        with freeze_time("2026-05-05 10:00:00"):
            self._in_force(later)
        self.assertEqual(self.own.property_supplier_payment_term_id, terms[2])
        self._grade("d")
        self._follow()
        self.assertEqual(self.own.property_supplier_payment_term_id, terms[0])

    def test_one_that_fails_stops_no_other(self):
        self._rule_of()
        good = self._in_force(self._follow())
        self._rule_of("inspection")
        bad = self._in_force(self._follow())
        original = type(bad)._undo

        def fails(incentives, reason):
            if bad in incentives:
                raise ValueError("Bad")
            return original(incentives, reason)

        self.patch(type(bad), "_undo", fails)
        self._grade("d")
        last = self._rule_of("plan")
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_incentive")
        with (
            self.assertLogs(SCHEDULED, "ERROR"),
            self._failing(cron, "ValueError: Bad"),
            self.enter_registry_test_mode(),
        ):
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((good.state, bad.state), ("undone", "applied"))
        found = self.env["supplier.incentive"].search([("rule_id", "=", last.id)])
        self.assertEqual(found.partner_id, self.supplier)

    def test_what_was_there_before_is_gone(self):
        old, new = self.env["account.payment.term"].create(
            [{"name": name} for name in ("30 days", "60 days")]
        )
        self.own.property_supplier_payment_term_id = old
        self._rule_of("payment_term", payment_term_id=new.id)
        incentive = self._in_force(self._follow())
        old.unlink()
        self._grade("d")
        self._follow()
        self.assertEqual(incentive.state, "undone")
        self.assertEqual(self.own.property_supplier_payment_term_id, new)
        self.assertIn("left", incentive.change_ids.mapped("action"))

    def test_a_reward_needs_its_term(self):
        with self.assertRefused("say which", ValidationError):
            self._rule_of("payment_term")

    def test_price_lists_and_back(self):
        lists = self.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": self.supplier.id,
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                    "company_id": company and company.id,
                    "sequence": 7,
                    "min_qty": 100,
                    "price": 5,
                }
                for company in (self.company, False, self.elsewhere)
            ]
        )
        self._rule_of("share", price_sequence=1)
        self._rule_of("minimum", minimum_percent=50)
        for incentive in self._follow():
            self._in_force(incentive)
        self.assertEqual(lists.mapped("sequence"), [1, 1, 7])
        self.assertEqual(lists.mapped("min_qty"), [50, 50, 100])
        # Somebody changes one of them since: that is theirs.
        lists[0].min_qty = 80
        self._grade("c")
        self._follow()
        self.assertEqual(lists.mapped("sequence"), [7, 7, 7])
        self.assertEqual(lists.mapped("min_qty"), [80, 100, 100])
        changes = self.env["supplier.incentive.change"].search(
            [("partner_id", "=", self.supplier.id), ("action", "=", "left")]
        )
        self.assertEqual(changes.res_id, lists[0].id)
        states = self.env["supplier.incentive"].search([]).mapped("state")
        self.assertEqual(set(states), {"undone"})

    def test_undone_when_the_grade_falls(self):
        self._rule_of()
        incentive = self._in_force(self._follow())
        self.assertTrue(self.own.supplier_preferred)
        self.assertFalse(self.supplier.with_company(self.elsewhere).supplier_preferred)
        self._grade("d", provisional=True)
        self._follow()
        self.assertEqual(incentive.state, "applied", "provisional proves nothing")
        self._grade("d")
        self._follow()
        self.assertEqual(incentive.state, "undone")
        self.assertIn("The grade is D now", incentive.change_ids[0].reason)
        self.assertFalse(self.own.supplier_preferred)

    def test_approved_no_longer_due(self):
        self._rule_of()
        incentive = self._follow()
        self._grade("d")
        with self.assertRefused("The grade is D now"):
            self._as(incentive, "manager").action_approve()
        self._follow()
        self.assertEqual(incentive.state, "obsolete")

    def test_what_carried_it_is_gone(self):
        strategic = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        self.own.supplier_tier_id = strategic
        self._rule_of(minimum_tier_id=strategic.id)
        incentive = self._as(self._follow(), "manager")
        self.own.supplier_tier_id = False
        with self.assertRefused("another tier"):
            incentive.action_approve()
        self.own.supplier_tier_id = strategic
        self.supplier.active = False
        with self.assertRefused("archived"):
            incentive.action_approve()
        self.supplier.active = True
        incentive.action_approve()
        self.own._write_guarded({"supplier_grade_id": False})
        with self.assertRefused("no grade"):
            incentive.action_apply()

    def test_refused_until_the_next_scorecard(self):
        self._rule_of()
        incentive = self._follow()
        self._as(incentive, "manager").action_refuse("Not this year")
        self.assertFalse(self._follow())
        self.assertEqual(incentive.change_ids[0].reason, "Not this year")

    def test_preferred_as_long_as_one_action_says_so(self):
        self._rule_of()
        first = self._in_force(self._follow())
        self._rule_of(name="Also")
        second = self._in_force(self._follow())
        self._as(second, "manager").action_undo("One is enough")
        self.assertTrue(self.own.supplier_preferred)
        self._as(first, "manager").action_undo("None is better")
        self.assertFalse(self.own.supplier_preferred)

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

    def test_a_plan_ends_when_the_grade_is_better(self):
        rule = self._rule_of(
            "plan", grade_id=self.env.ref("supplier_evaluation.supplier_grade_b").id
        )
        # As if it had been started when the grade was B.
        incentives = self.env["supplier.incentive"].sudo()._unguarded()
        vals = rule._incentive_vals(self.march.scorecard_ids, 0.0)
        plan = self.env["supplier.incentive"].browse(incentives.create(vals).id)
        plan._write_guarded({"state": "applied"})
        self._follow()
        self.assertEqual(plan.state, "obsolete")

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

    def test_a_daughter_is_another_supplier(self):
        partners = [
            self._create_supplier("Daughter", parent_id=self.supplier.id),
            self.supplier,
            self._create_contact("Desk", active=False),
        ]
        lists = self.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": partner.id,
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                    "company_id": self.company.id,
                    "sequence": 7,
                    "price": 5,
                }
                for partner in partners
            ]
        )
        self._rule_of("share", price_sequence=1)
        self._in_force(self._follow())
        self.assertEqual(lists.mapped("sequence"), [7, 1, 1])
