from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import MANAGER
from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewAccess(ReviewCommon):
    """Nobody answers for somebody else, and reviewers see nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluation = cls._draft()
        cls.reviews = cls._ask(cls.evaluation)
        cls.own = cls._of(cls.reviews, cls.quality)
        cls.other = cls.reviews.filtered(lambda r: r.user_id == cls.finance)
        cls.env.invalidate_all()

    def test_reviewer_reads_own_reviews_only(self):
        seen = self._as(self.env["supplier.review"], self.quality).search([])
        self.assertEqual(seen, self.own)
        answers = self._as(self.env["supplier.review.answer"], self.quality).search([])
        self.assertEqual(answers, self.own.answer_ids)
        with self.assertRaises(AccessError):
            self._as(self.other, self.quality).read(["score"])
        with self.assertRaises(AccessError):
            self._as(self.other.answer_ids, self.quality).read(["value"])

    def test_reviewer_opens_the_form(self):
        """Everything on the form is readable, the evaluation itself is not."""
        names = {
            node.get("name")
            for view in ("form", "list", "kanban")
            for node in etree.fromstring(
                self.own.get_view(view_type=view)["arch"]
            ).iter("field")
            if not list(node.iterancestors("field"))
        }
        self.assertNotIn("evaluation_id", names)
        values = self.own.read(list(names))[0]
        self.assertEqual(values["evaluation_state"], "draft")
        self.assertTrue(self.own.answer_ids[2].options)
        for model in ("supplier.evaluation", "supplier.scorecard", "supplier.kpi"):
            self.assertFalse(self._as(self.env[model], self.quality).has_access("read"))

    def test_reviewer_finds_the_menu(self):
        menus = self.env["ir.ui.menu"].with_user(self.quality)._visible_menu_ids()
        for name, visible in (
            ("supplier_evaluation.supplier_review_menu", True),
            ("supplier_evaluation.supplier_root_menu", True),
            ("purchase.menu_purchase_root", False),
            ("supplier_evaluation.supplier_scorecard_menu", False),
            ("supplier_evaluation.supplier_questionnaire_menu", False),
            ("supplier_evaluation.supplier_evaluation_config_menu", False),
        ):
            with self.subTest(menu=name):
                self.assertEqual(self.env.ref(name).id in menus, visible)

    def test_nobody_answers_for_somebody_else(self):
        answer = self.other.answer_ids[0]
        for user in (self.quality, self.buyer, self.manager):
            with self.subTest(user=user.login):
                for attempt in (
                    lambda user=user: self._as(answer, user).write({"rating": "1"}),
                    lambda user=user: self._as(self.other, user).write(
                        {"answer_ids": [Command.update(answer.id, {"rating": "1"})]}
                    ),
                    lambda user=user: self._as(self.other, user).write(
                        {"comment": "bad"}
                    ),
                    lambda user=user: self._as(self.other, user).action_submit(),
                    lambda user=user: self._as(answer, user).write({"review_id": 1}),
                ):
                    with self.assertRaises(AccessError):
                        attempt()
        self.assertFalse(answer.rating)

    def test_answers_cannot_be_moved_or_forged(self):
        """Through RPC: figures, states and other people's questions."""
        foreign = self.other.answer_ids[0]
        for vals in (
            {"score": 100, "has_score": True},
            {"state": "done"},
            {"evaluation_id": self.evaluation.id},
            {"role": "buyer"},
            {"date_done": "2026-01-01 00:00:00"},
            {"user_id": self.finance.id},
            {"date_due": "2026-12-31"},
            {"answer_ids": [Command.link(foreign.id)]},
            {"answer_ids": [Command.create({"name": "?", "kind": "rating"})]},
            {"answer_ids": [Command.delete(self.own.answer_ids[0].id)]},
            {"answer_ids": [Command.update(self.own.answer_ids[0].id, {"weight": 9})]},
            {"answer_ids": [Command.update(self.own.answer_ids[0].id, {"value": 9})]},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(AccessError),
                self.env.cr.savepoint(),
            ):
                self.own.write(vals)
        self.assertEqual(len(self.own.answer_ids), 3)
        for model in ("supplier.review", "supplier.review.answer"):
            records = self._as(self.env[model], self.quality)
            self.assertFalse(records.has_access("create"))
            self.assertFalse(records.has_access("unlink"))

    def test_handed_in_is_read_only(self):
        self._submit(self.own, 8, 8, 10)
        for attempt in (
            lambda: self.own.write({"comment": "No!"}),
            lambda: self.own.answer_ids[0].write({"rating": "1"}),
            self.own.action_submit,
        ):
            with self.assertRefused("is Done"):
                attempt()
        for action in (self.own.action_reopen, self.own.action_cancel):
            with self.assertRaises(AccessError):
                action()

    def test_user_reads_all_and_answers_own(self):
        self.supplier.buyer_id = self.buyer
        reviews = self._ask(self.evaluation)
        seen = self._as(self.env["supplier.review"], self.buyer).search([])
        self.assertEqual(seen, reviews)
        self._as(self.other.answer_ids, self.buyer).read(["value", "name"])
        self._submit(self._of(reviews, self.buyer), 7, 7, 10)
        with self.assertRaises(AccessError):
            self._as(self.other, self.buyer).action_cancel()
        with self.assertRaises(AccessError):
            self._as(self.other, self.buyer).unlink()

    def test_user_asks_nobody(self):
        with self.assertRaises(AccessError):
            self._as(self.evaluation, self.buyer).action_ask_reviews()

    def test_manager_manages(self):
        other = self._as(self.other, self.manager)
        other.date_due = "2026-04-30"
        other.action_cancel()
        other.action_reopen()
        other.user_id = self.buyer
        other.unlink()
        self._submit(self.own, 8, 8, 10)
        with self.assertRaises(UserError):
            self._as(self.own, self.manager).unlink()
        with self.assertRaises(UserError):
            self._as(self.own, self.manager).user_id = self.buyer
        with self.assertRaises(AccessError):
            self._as(self.env["supplier.review"], self.manager).create(
                {"evaluation_id": self.evaluation.id}
            )

    def test_manager_asks(self):
        evaluation = self._draft(date_from="2026-03-02")
        self._as(evaluation, self.manager).action_ask_reviews()
        self.assertEqual(len(evaluation.review_ids), 2)

    def test_other_company_and_strangers(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        foreign = self._create_user("review_elsewhere", MANAGER)
        foreign.write(
            {"company_id": elsewhere.id, "company_ids": [Command.set(elsewhere.ids)]}
        )
        for model in ("supplier.review", "supplier.review.answer"):
            records = self._as(self.env[model], foreign)
            self.assertFalse(records.search([]))
        with self.assertRaises(AccessError):
            self._as(self.other, foreign).action_cancel()
        for login, group in (
            ("review_portal", "base.group_portal"),
            ("review_nobody", "base.group_user"),
        ):
            stranger = self._create_user(login, group)
            for model in (
                "supplier.review",
                "supplier.review.answer",
                "supplier.questionnaire",
                "supplier.questionnaire.question",
                "supplier.questionnaire.choice",
                "supplier.scorecard.template.reviewer",
            ):
                with self.subTest(user=login, model=model):
                    records = self._as(self.env[model], stranger)
                    self.assertFalse(records.has_access("read"))

    def test_own_review_of_another_company(self):
        """Who works in both companies answers only in the one that is open."""
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        self.quality.company_ids |= elsewhere
        there = self.own.with_context(allowed_company_ids=elsewhere.ids)
        with self.assertRaises(AccessError):
            there.write({"comment": "x"})
