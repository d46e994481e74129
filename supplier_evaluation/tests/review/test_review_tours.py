from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewTours(ReviewCommon, HttpCase):
    """Somebody from the quality department answers what they were asked."""

    def test_answer_a_review(self):
        for name in ("Second Supplier", "Third Supplier"):
            other = self._create_supplier(name)
            line = self._order(1, 5, "2026-03-10", partner=other)
            self._receive(line, "2026-03-10")
        evaluation = self._draft()
        reviews = self._ask(evaluation, now=str(fields.Datetime.now()))
        own = self._of(reviews, self.quality)
        own.sudo().date_due = fields.Date.today() + timedelta(days=1)
        self.start_tour(
            "/odoo", "supplier_evaluation_answer_review", login="review_quality"
        )
        self.env.invalidate_all()
        first = own.filtered(lambda review: review.partner_id == self.supplier)
        self.assertEqual(first.state, "done")
        self.assertAlmostEqual(first.score, (3 * 8 + 10) / 4 * 10)
        self.assertEqual(first.answer_ids[0].comment, "Twice late, told us in time")
        self.assertEqual(first.answer_ids[1].state, "cannot_judge")
        self.assertEqual(
            {review.partner_id.name: review.state for review in own - first},
            {"Second Supplier": "done", "Third Supplier": "open"},
        )

    def test_manager(self):
        """From the questionnaire to the scorecard that shows the answer."""
        self.supplier.buyer_id = self.buyer
        template = self._create_template("Tour Template", ["fill_rate", "review"])
        evaluation = self._draft(template)
        self.start_tour(
            "/odoo/supplier-questionnaires/new",
            "supplier_evaluation_ask_reviews",
            login="review_manager",
        )
        self.env.invalidate_all()
        self.assertEqual(template.questionnaire_id.name, "Tour Questions")
        review = evaluation.review_ids
        self.assertEqual(review.user_id, self.buyer)
        self.assertEqual(review.answer_ids.name, "Friendly?")
        self._submit(self._of(review, self.buyer), 8, comment="Warm welcome")
        evaluation.action_compute()
        self.start_tour(
            f"/odoo/supplier-scorecards/{evaluation.scorecard_ids.id}",
            "supplier_evaluation_read_reviews",
            login="review_manager",
        )
