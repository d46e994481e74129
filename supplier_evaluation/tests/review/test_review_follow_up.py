from datetime import date

from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewActivities(ReviewCommon):
    """One activity per person and evaluation, until the last review is done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = [cls._create_supplier(f"Other {index}") for index in range(2)]
        for partner in cls.others:
            cls._receive(cls._order(1, 5, "2026-03-10", partner=partner), "2026-03-10")
        cls.evaluation = cls._draft()
        cls.reviews = cls._ask(cls.evaluation)

    def _activity(self, user=None):
        return self.env["mail.activity"].search(
            [
                ("user_id", "=", (user or self.quality).id),
                ("res_model", "=", "supplier.review"),
            ]
        )

    def test_one_activity_for_all_suppliers(self):
        activity = self._activity()
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.summary, "Suppliers to assess: 3, March 2026")
        self.assertEqual(activity.date_deadline, date(2026, 4, 4))
        own = self._of(self.reviews, self.quality)
        self.assertIn(activity.res_id, own.ids)
        own.browse(activity.res_id).with_user(self.quality).read(["partner_id"])

    def test_moves_on_and_ends(self):
        own = self._of(self.reviews, self.quality)
        for left in (2, 1):
            activity = self._activity()
            anchor = own.browse(activity.res_id)
            self._submit(anchor, 8, 8, 10)
            self.assertEqual(self._activity(), activity, "moved, not made anew")
            self.assertIn(f"Suppliers to assess: {left},", activity.summary)
            self.assertNotEqual(activity.res_id, anchor.id)
        last = own.filtered(lambda review: review.state == "open")
        self._submit(last, 8, 8, 10)
        self.assertFalse(self._activity())
        self.assertEqual(len(self._activity(self.finance)), 1)

    def test_next_review(self):
        own = self._of(self.reviews, self.quality)
        self._submit(own[0], 8, 8, 10)
        self.assertIn(own.get_next_review(own[0].id), own[1:].ids)
        for review in own[1:]:
            self._submit(review, 8, 8, 10)
        self.assertFalse(own.get_next_review(own[2].id))

    def test_next_review_only_after_this_one(self):
        own = self._of(self.reviews, self.quality)
        with self.assertRefused(r"“Reliable\?” is not answered"):
            own[0].action_submit()
        self.assertIs(own.get_next_review(own[0].id), False)

    def test_cancelled(self):
        own = self._of(self.reviews, self.quality)
        own.with_user(self.manager).action_cancel()
        self.assertEqual(set(own.mapped("state")), {"cancelled"})
        self.assertFalse(self._activity())
        own[:1].with_user(self.manager).action_reopen()
        self.assertIn("Suppliers to assess: 1,", self._activity().summary)

    def test_deleted(self):
        own = self._of(self.reviews, self.quality)
        anchor = own.filtered(lambda review: review.id == self._activity().res_id)
        anchor.with_user(self.manager).unlink()
        self.assertIn("Suppliers to assess: 2,", self._activity().summary)

    def test_reassigned(self):
        own = self._of(self.reviews, self.quality)
        own[0].answer_ids[0].with_user(own[0].user_id).rating = "3"
        own[0].with_user(self.manager).user_id = self.buyer
        self.assertFalse(own[0].answer_ids[0].rating, "another person's opinion")
        self.assertIn("Suppliers to assess: 2,", self._activity().summary)
        self.assertIn("Suppliers to assess: 1,", self._activity(self.buyer).summary)
        self._submit(self._of(self.reviews, self.buyer), 8, 8, 10)

    def test_reassigned_to_somebody_without_access(self):
        nobody = self._create_user("review_nobody", "base.group_user")
        with self.assertRefused("review_nobody"):
            self.reviews[0].with_user(self.manager).user_id = nobody

    def test_evaluation_deleted(self):
        self.evaluation.unlink()
        self.assertFalse(self.reviews.exists())
        self.assertFalse(self._activity())

    def test_reopened_before_it_is_published(self):
        review = self._submit(self._of(self.reviews, self.quality)[0], 8, 8, 10)
        review.with_user(self.manager).action_reopen()
        self.assertEqual(review.state, "open")
        self.assertFalse(review.has_score)
        self.assertFalse(review.date_done)
        self.assertIn("Suppliers to assess: 3,", self._activity().summary)
        self.evaluation.action_compute()
        self._submit(review, 6, 6, 10)
        self.evaluation.action_publish()
        with self.assertRefused("published with this review"):
            review.with_user(self.manager).action_reopen()
        self.assertAlmostEqual(review.score, 68)

    def test_merged_vendors(self):
        """The review that was answered stays, and the activity tells the rest."""
        double = self.others[0]
        own = self._of(self.reviews, self.quality)
        answered = own.filtered(lambda review: review.partner_id == double)
        self._submit(answered, 8, 8, 10)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.supplier | double).ids, self.supplier)
        self.env.invalidate_all()
        self.assertEqual(answered.partner_id, self.supplier)
        self.assertEqual(len(own.exists()), 2)
        self.assertIn("Suppliers to assess: 1,", self._activity().summary)
        self.assertIn("Suppliers to assess: 2,", self._activity(self.finance).summary)

    def test_late_answer_is_still_taken(self):
        self.evaluation.action_compute()
        self.evaluation.action_publish()
        review = self._of(self.reviews, self.quality)[0]
        self._submit(review, 8, 8, 10, now="2026-06-01 08:00:00")
        self.assertEqual(review.state, "done")
