from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..scheduled import SCHEDULED
from .common import ImprovementCommon


@tagged("post_install", "-at_install")
class TestIncentiveEnds(ImprovementCommon):
    """What is in force goes back to what was before, when its grade is gone."""

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

    def test_taken_back_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        self._rule_of("inspection")
        incentive = self._in_force(self._follow())
        self._grade("d")
        self._follow()
        self.assertIn("Die Klasse ist jetzt", incentive.reason)

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

    def test_preferred_as_long_as_one_action_says_so(self):
        self._rule_of()
        first = self._in_force(self._follow())
        self._rule_of(name="Also")
        second = self._in_force(self._follow())
        self._as(second, "manager").action_undo("One is enough")
        self.assertTrue(self.own.supplier_preferred)
        self._as(first, "manager").action_undo("None is better")
        self.assertFalse(self.own.supplier_preferred)

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

    def test_the_action_becomes_another_one(self):
        rule = self._rule_of()
        incentive = self._in_force(self._follow())
        rule.kind = "plan"
        self._grade("d")
        self._follow()
        self.assertEqual(incentive.state, "undone")
        self.assertFalse(self.own.supplier_preferred)

    def test_why_stays(self):
        self._rule_of()
        incentive = self._as(self._follow(), "manager")
        incentive.reason = "Not this year"
        incentive.action_refuse()
        with self.assertRefused("is over", AccessError):
            incentive.reason = "As if it had been another reason"
        self.assertEqual(incentive.reason, "Not this year")
