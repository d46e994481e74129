from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import REVIEWER, SupplierEvaluationCommon
from .common import OverviewCommon

READING = (
    ("retrieve_overview", ()),
    ("retrieve_heatmap", ()),
    ("retrieve_turnover", ([],)),
    ("retrieve_single_sources", ()),
    ("retrieve_comparison", ([],)),
)


@tagged("post_install", "-at_install")
class TestOverviewAccess(OverviewCommon):
    """Who sees what: by role and by company."""

    def test_reviewer_sees_own_work_only(self):
        overview = self._overview("reviewer")
        self.assertEqual(set(overview), {"can_read", "worklist"})
        self.assertFalse(overview["can_read"])
        for name, args in READING[1:-1]:
            cards = self._as(self.env["supplier.scorecard"], "reviewer")
            with self.assertRefused("not allowed|may not", error=AccessError):
                getattr(cards, name)(*args)

    def test_reviewer_compares_nothing(self):
        cards = self._as(self.env["supplier.scorecard"], "reviewer")
        with self.assertRefused("not allowed|may not", error=AccessError):
            cards.retrieve_comparison(self.march.scorecard_ids.ids)

    def test_others_see_nothing(self):
        for groups in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, f"other_{groups}", groups=groups)
            cards = self.env["supplier.scorecard"].with_user(user)
            for name, args in READING[:-1]:
                with self.assertRefused("not allowed|may not", error=AccessError):
                    getattr(cards, name)(*args)
            with self.assertRefused("not allowed|may not", error=AccessError):
                cards.retrieve_comparison(self.march.scorecard_ids.ids)

    def test_methods_only_read(self):
        for name, _args in READING:
            method = getattr(type(self.env["supplier.scorecard"]), name)
            self.assertTrue(getattr(method, "_readonly", False), name)

    def test_other_company(self):
        """Who works for another company sees neither its numbers nor its periods."""
        other = self._create_company("Other Works", "Asia/Shanghai", "USD")
        user = self._create_user(
            "overview_other", "purchase.group_purchase_user", other
        )
        cards = self._as(self.env["supplier.scorecard"], user)
        overview = cards.retrieve_overview()
        self.assertTrue(overview["is_empty"])
        self.assertEqual(cards.retrieve_heatmap()["total"], 0)
        self.assertEqual(cards.retrieve_turnover(self.supplier.ids), {})
        with self.assertRefused(error=AccessError, text="Other Works|access"):
            cards.retrieve_comparison(self.march.scorecard_ids.ids)

    def test_two_companies_beside_each_other(self):
        self._publish_elsewhere()
        manager = self.people["manager"]
        overview = self._overview("manager")
        self.assertEqual(overview["tiles"]["all"]["evaluated"], 4)
        self.assertEqual(
            set(overview["companies"].values()), {"Golden Works", "Other Works"}
        )
        rows = self._heatmap("manager")["rows"]
        self.assertEqual(
            [row["company"] for row in rows], 3 * ["Golden Works"] + ["Other Works"]
        )
        # Only one of them at work: as before.
        cards = self.env["supplier.scorecard"].with_user(manager)
        alone = cards.with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(alone.retrieve_overview()["tiles"]["all"]["evaluated"], 3)


@tagged("post_install", "-at_install")
class TestFirstSteps(SupplierEvaluationCommon):
    """What is shown before anything is published."""

    def test_steps(self):
        cards = self.env["supplier.scorecard"]
        manager = self._create_user("steps_manager", "purchase.group_purchase_manager")
        buyer = self._create_user("steps_buyer", "purchase.group_purchase_user")
        for user, may_manage in ((manager, True), (buyer, False)):
            overview = self._as(cards, user).retrieve_overview()
            self.assertTrue(overview["is_empty"])
            steps = overview["steps"]
            self.assertEqual(steps["may_manage"], may_manage)
            self.assertFalse(steps["has_history"])
            self.assertTrue(steps["template_id"])
            self.assertFalse(steps["evaluation_id"])
            self.assertNotIn("tiles", overview)

    def test_what_was_begun_last_is_gone_on_with(self):
        cards = self.env["supplier.scorecard"]
        self._evaluate()
        last = self._evaluate(date_from=date(2026, 2, 1), date_to=date(2026, 2, 28))
        steps = cards.retrieve_overview()["steps"]
        self.assertEqual(steps["evaluation_id"], last.id)

    def test_reviewer_has_no_steps(self):
        reviewer = self._create_user("steps_reviewer", REVIEWER)
        overview = self._as(
            self.env["supplier.scorecard"], reviewer
        ).retrieve_overview()
        self.assertNotIn("steps", overview)
