from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewQuestions(ReviewCommon):
    """What people answered to each question, on the scorecard and over all."""

    def setUp(self):
        super().setUp()
        self.evaluation = self._draft()
        reviews = self._ask(self.evaluation)
        # Reliable, polite, again.
        self.first = self._submit(
            self._of(reviews, self.quality),
            *(8, 2, 10),
            comments=("", "They shout", "So it is"),
        )
        self.second = self._submit(
            self._of(reviews, self.finance),
            *(6, None, 0),
            comments=("", "", "So it is"),
            comment="Twice late",
        )

    def test_averages_on_the_scorecard(self):
        """The lowest average first, without what nobody could judge."""
        self.evaluation.action_compute()
        card = self.evaluation.scorecard_ids
        self.assertEqual(
            card._answers_by_question(),
            [("Polite?", [2.0]), ("Again?", [10.0, 0.0]), ("Reliable?", [8.0, 6.0])],
        )
        beside = card._questions_beside()
        self.assertEqual(
            [(row["name"], row["mean"], row["low"], row["high"]) for row in beside],
            [("Polite?", 2, 2, 2), ("Again?", 5, 0, 10), ("Reliable?", 7, 6, 8)],
        )
        self.assertEqual(
            [row["text"] for row in beside],
            [
                "2.0 of 10, by one person",
                "5.0 of 10, by 2 people: from 0.0 to 10.0",
                "7.0 of 10, by 2 people: from 6.0 to 8.0",
            ],
        )

    def test_without_reviews(self):
        card = self.env["supplier.scorecard"].new({"partner_id": self.supplier.id})
        self.assertEqual(card._questions_beside(), [])

    def test_comments(self):
        """Those to the questions, too: few people write the overall one."""
        self.assertEqual(self.first.comments, "Polite? – They shout\nAgain? – So it is")
        self.assertEqual(self.second.comments, "Twice late\nAgain? – So it is")

    def test_averages_over_all(self):
        action = self.env.ref("supplier_evaluation.supplier_review_answer_action")
        domain = [
            ("state", "=", "answered"),
            ("review_state", "=", "done"),
            ("partner_id", "=", self.supplier.id),
        ]
        self.assertIn("'review_state', '=', 'done'", action.domain)
        answers = self._as(self.env["supplier.review.answer"], self.manager)
        found = answers._read_group(domain, ["name"], ["value:avg", "__count"])
        self.assertEqual(
            {name: (mean, count) for name, mean, count in found},
            {"Reliable?": (7, 2), "Polite?": (2, 1), "Again?": (5, 2)},
        )
        rows = answers._read_group(domain, ["partner_id", "role", "date:month"])
        self.assertEqual({partner.id for partner, *_rest in rows}, {self.supplier.id})

    def test_evaluators_see_only_their_own(self):
        answers = self._as(self.env["supplier.review.answer"], self.quality)
        found = answers.search([("partner_id", "=", self.supplier.id)])
        self.assertEqual(
            found.with_env(self.env), self.first.with_env(self.env).answer_ids
        )
