from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TierCommon

NOW = "2026-04-10 04:00:00"


@tagged("post_install", "-at_install")
class TestTierProposal(TierCommon):
    """Rules propose with the reason in words; a manager decides, and why is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._year()

    def _propose(self):
        with freeze_time(NOW):
            self._refresh()

    def test_the_first_rule_that_fits(self):
        self._rule(self.strategic, abc_spend="a", sequence=1)
        self._rule(self.partner, abc_spend="b", sequence=2)
        self._propose()
        self.assertEqual(self._proposals(self.supplier).tier_to_id, self.strategic)
        self.assertEqual(self._proposals(self.middling).tier_to_id, self.partner)
        self.assertFalse(self._proposals(self.small))

    def test_in_words(self):
        self._rule(abc_spend="a", abc_orders="c", max_substitutes=2)
        self._propose()
        self.assertEqual(
            self._proposals(self.supplier).reason,
            "A by spend: 80.0 % of the year; A by orders: 1 in the year; "
            "substitutes: 2.",
        )

    def test_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        self._rule(abc_spend="a", max_substitutes=2)
        self._propose()
        reason = self._proposals(self.supplier).reason
        self.assertIn("80,0", reason)
        self.assertNotIn("of the year", reason)

    def test_conditions_at_their_limits(self):
        figure = self.own
        self._propose()
        figure = self._figure()
        figure.sudo().write({"score": 80, "certification": "certified"})
        for vals, fits in (
            ({"min_spend_share": 80}, True),
            ({"min_spend_share": 80.01}, False),
            ({"min_score": 80}, True),
            ({"min_score": 80.01}, False),
            ({"max_score": 80}, False),
            ({"max_score": 80.01}, True),
            ({"max_substitutes": 1}, False),
            ({"max_substitutes": 2}, True),
            ({"single_source": "yes"}, False),
            ({"single_source": "no"}, True),
            ({"certification": "held"}, True),
            ({"certification": "not_held"}, False),
            ({"abc_spend": "b"}, True),
        ):
            with self.subTest(**vals):
                self.assertEqual(self._rule(**vals)._fits(figure) is not None, fits)
        figure.sudo().score = False
        for vals in ({"min_score": 0}, {"max_score": 100}):
            self.assertIsNone(self._rule(**vals)._fits(figure), "no data is no score")

    def test_no_score_fits(self):
        with self.assertRefused("No score fits", ValidationError):
            self._rule(min_score=80, max_score=80)

    def test_confirm(self):
        self._rule(abc_spend="a")
        self._propose()
        proposal = self._proposals(self.supplier)
        with self.assertRefused("Only a manager", AccessError):
            self._as(proposal, "buyer").action_confirm()
        with self.assertRefused("Only a manager", AccessError):
            self._as(proposal, "buyer").sudo().action_confirm()
        with self.assertRaises(AccessError):
            self._as(proposal, "stranger").action_confirm()
        with self.assertRefused("do not act", AccessError):
            self._as(proposal, "stranger").sudo().action_confirm()
        self._as(proposal, "manager").action_confirm()
        self.assertEqual(self._tier(), self.strategic)
        [change] = self.env["supplier.tier.change"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(change.reason, "A by spend: 80.0 % of the year.")
        self.assertEqual(change.user_id, self.people["manager"])
        self.assertEqual(proposal.decided_uid, self.people["manager"])
        with self.assertRefused("decided already"):
            self._as(proposal, "manager").action_confirm()
        self._propose()
        self.assertFalse(self._proposals(self.supplier), "it is where it belongs")

    def test_no_tier_that_is_archived(self):
        self._rule(self.strategic, abc_spend="a", sequence=1)
        self._rule(self.partner, abc_spend="b", sequence=2)
        self._propose()
        self.strategic.active = False
        self._propose()
        self.assertEqual(self._proposals(self.supplier).tier_to_id, self.partner)

    def test_another_rule_fits(self):
        rule = self._rule(self.partner, abc_spend="a")
        self._propose()
        rule.tier_id = self.strategic
        self._propose()
        self.assertEqual(self._proposals(self.supplier).tier_to_id, self.strategic)
        ended = self._proposals(self.supplier, state="obsolete")
        self.assertEqual(ended.tier_to_id, self.partner)

    def test_rules_leave_alone_what_somebody_proposed(self):
        self._rule(self.strategic, abc_spend="a")
        self._propose()
        for tier in (self.partner, self.strategic):
            self.env["supplier.tier.proposal"].with_user(self.people["buyer"])._propose(
                self.company, {self.supplier: (tier, "I know them")}
            )
            self._propose()
            proposal = self._proposals(self.supplier)
            self.assertEqual(
                (proposal.tier_to_id, proposal.reason), (tier, "I know them")
            )
            self.assertFalse(proposal.rule_id)

    def test_merged_vendors_keep_one(self):
        self.env["supplier.tier.proposal"]._propose(
            self.company,
            {
                self.supplier: (self.strategic, "x"),
                self.middling: (self.partner, "y"),
            },
        )
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.supplier | self.middling).ids, self.middling)
        self.env.invalidate_all()
        self.assertEqual(self._proposals(self.middling).reason, "y")
        ended = self._proposals(self.middling, state="obsolete")
        self.assertEqual(ended.reason, "x")

    def test_nobody_confirms_their_own(self):
        wizard = self._as(self.env["supplier.tier.wizard"], "manager").create(
            {
                "deed": "propose",
                "partner_id": self.supplier.id,
                "tier_id": self.partner.id,
                "reason": "They develop with us",
            }
        )
        wizard.action_apply()
        proposal = self._proposals(self.supplier)
        self.assertEqual(proposal.proposer_id, self.people["manager"])
        for own in (
            self._as(proposal, "manager"),
            self._as(proposal, "manager").sudo(),
        ):
            with self.assertRefused("You proposed", AccessError):
                own.action_confirm()
        with self.assertRefused("already"):
            wizard.action_apply()
        self._as(proposal, "second").action_confirm()
        self.assertEqual(self._tier(), self.partner)

    def test_dismissed_until_what_it_rests_on_is_new(self):
        rule = self._rule(abc_spend="b")
        self._propose()
        proposal = self._proposals(self.middling)
        with self.assertRefused("Say why"):
            self._as(proposal, "manager")._dismiss(" ")
        self._as(proposal, "manager")._dismiss("It is only this year")
        self._propose()
        self.assertFalse(self._proposals(self.middling))
        # More is bought from it now: another class, another reason.
        self._order(10, 500, "2026-03-12", partner=self.middling)
        self._propose()
        self.assertEqual(self._proposals(self.middling).rule_id, rule)

    def test_dismissed_comes_back_when_it_did_not_fit_meanwhile(self):
        rule = self._rule(abc_spend="b")
        self._propose()
        self._as(self._proposals(self.middling), "manager")._dismiss("This year only")
        rule.min_score = 50
        self._propose()
        rule.min_score = False
        self._propose()
        self.assertEqual(self._proposals(self.middling).rule_id, rule)

    def test_share_as_it_is_shown(self):
        """79.996 % is shown as 80.00 %, so it is that."""
        self._propose()
        figure = self._figure()
        amount = sum(self.env["supplier.tier.figure"].search([]).mapped("spend"))
        self.assertTrue(amount)
        self.assertEqual(figure.spend_share, round(figure.spend_share, 2))
        spend = {self.supplier.id: 79996.0, self.middling.id: 20004.0}
        figures = self.env["supplier.tier.figure"].with_company(self.company)
        with (
            patch.object(type(figures), "_spend", lambda *_args: spend),
            freeze_time(NOW),
        ):
            figures._make_figures(self.company)
        figure = self._figure()
        self.assertEqual(figure.spend_share, 80)
        rule = self._rule(min_spend_share=80)
        self.assertIsNotNone(rule._fits(figure))

    def test_dismissed_for_one_tier_only(self):
        rule = self._rule(self.strategic, abc_spend="a")
        self._propose()
        self._as(self._proposals(self.supplier), "manager")._dismiss("Too high")
        rule.tier_id = self.partner
        self._propose()
        self.assertEqual(self._proposals(self.supplier).tier_to_id, self.partner)

    def test_what_fits_no_longer_is_obsolete(self):
        rule = self._rule(abc_spend="a")
        self._propose()
        proposal = self._proposals(self.supplier)
        rule.active = False
        self._propose()
        self.assertEqual(proposal.state, "obsolete")

    def test_written_by_nobody(self):
        self._rule(abc_spend="a")
        self._propose()
        proposal = self._as(self._proposals(self.supplier), "manager")
        for operation in ("write", "create", "unlink"):
            self.assertFalse(proposal.has_access(operation))
        with self.assertRaises(AccessError):
            proposal.sudo().with_context(supplier_guard_key=True).write(
                {"state": "confirmed"}
            )

    def test_a_reason_is_not_smuggled_in(self):
        own = self._as(self.supplier, "buyer").with_context(supplier_tier_reason="x")
        own = own.sudo()
        own.with_company(self.company).supplier_tier_id = self.partner
        [change] = self.env["supplier.tier.change"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertFalse(change.reason)

    def test_what_follows(self):
        program = self.env["supplier.certification.program"].create(
            {"name": "Strategic", "company_id": self.company.id, "validity_months": 12}
        )
        self.strategic.write(
            {
                "user_id": self.people["buyer"].id,
                "program_id": program.id,
                "review_months": 6,
            }
        )
        self._rule(abc_spend="a")
        self._propose()
        proposal = self._proposals(self.supplier)
        self.assertEqual(
            proposal.follows.splitlines()[:3],
            [
                f"{self.people['buyer'].name} becomes its buyer.",
                "An application for “Strategic” is opened.",
                "It is reviewed every 6 months.",
            ],
        )
        self._as(proposal, "manager").action_confirm()
        self.assertEqual(self.supplier.buyer_id, self.people["buyer"])
        certification = self.env["supplier.certification"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(certification.program_id, program)
        self.assertEqual(certification.state, "draft")
        self.assertNotIn(self.people["manager"], certification._involved())

    def test_who_left_or_is_elsewhere_buys_nothing(self):
        gone = self._create_user("tier_gone", "purchase.group_purchase_user")
        gone.active = False
        for owner in (gone, self.people["stranger"]):
            self.strategic.user_id = owner
            self.supplier.with_company(self.company).supplier_tier_id = False
            proposal = self.env["supplier.tier.proposal"]._propose(
                self.company, {self.supplier: (self.strategic, "x")}
            )
            self.assertFalse(proposal.follows)
            self._as(proposal, "manager").action_confirm()
            self.assertEqual(self._tier(), self.strategic)
            self.assertFalse(self.supplier.buyer_id)

    def test_a_programme_of_another_company(self):
        self.strategic.program_id = self.env["supplier.certification.program"].create(
            {"name": "T", "company_id": self.elsewhere.id, "validity_months": 12}
        )
        proposal = self.env["supplier.tier.proposal"]._propose(
            self.company, {self.supplier: (self.strategic, "x")}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        proposal = self._as(proposal, "manager")
        self.assertFalse(proposal.follows)
        proposal.action_confirm()
        self.assertEqual(self._tier(), self.strategic)
        self.assertFalse(
            self.env["supplier.certification"].search(
                [("partner_id", "=", self.supplier.id)]
            )
        )

    def test_a_supplier_of_another_company(self):
        secret = self._create_supplier("Secret", company_id=self.elsewhere.id)
        self.env.flush_all()
        self.env.invalidate_all()
        dialog = self._as(self.env["supplier.tier.wizard"], "buyer").create(
            {
                "deed": "propose",
                "partner_id": secret.id,
                "tier_id": self.strategic.id,
                "reason": "x",
            }
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            dialog.action_apply()

    def test_review_cycle(self):
        self.strategic.review_months = 6
        self.supplier.buyer_id = self.people["buyer"]
        other = self._create_company("Far Away", "UTC", "EUR")
        self.people["buyer"].company_ids |= other
        for company in (self.company, other):
            self.supplier.with_company(company).supplier_tier_id = self.strategic
        activities = self.env["mail.activity"]
        domain = [("res_model", "=", "res.partner"), ("res_id", "=", self.supplier.id)]
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_tier_review")
        with self.enter_registry_test_mode():
            for _night in range(2):
                cron.method_direct_trigger()
        self.env.invalidate_all()
        reminders = activities.search(domain)
        self.assertEqual(reminders.user_id, self.people["buyer"])
        # Once for each company.
        self.assertEqual(len(reminders), 2)
        self.assertEqual(reminders.supplier_company_id, self.company | other)

    def _remind_of_reviews(self):
        tiers = self.env["supplier.tier"].search([("review_months", ">", 0)])
        tiers._remind_of_reviews(self.company)
        kind = self.env.ref("supplier_evaluation.mail_activity_type_tier_review")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])

    def test_review_cycle_without_a_buyer(self):
        self.strategic.write({"review_months": 6, "user_id": False})
        self.supplier.supplier_tier_id = self.strategic
        self.supplier.buyer_id = False
        self.assertEqual(self._remind_of_reviews().user_id, self.people["manager"])

    def test_review_cycle_is_over(self):
        """Who is in no such tier any more is not to be reviewed."""
        self.strategic.review_months = 6
        self.supplier.buyer_id = self.people["buyer"]
        self.supplier.supplier_tier_id = self.strategic
        self.assertEqual(self._remind_of_reviews().res_id, self.supplier.id)
        self.supplier.supplier_tier_id = self.transactional
        self.assertFalse(self._remind_of_reviews())
