from datetime import date, datetime

from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewKpi(ReviewCommon):
    """The mean over raters of their weighted answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier.buyer_id = cls.buyer
        cls.template = cls._create_template(
            "With reviews",
            ["fill_rate", "review"],
            questionnaire_id=cls.questionnaire.id,
            reviewer_ids=cls._rows(
                quality=cls.quality, finance=cls.finance, buyer=cls.env["res.users"]
            ),
        )
        cls.evaluation = cls._draft(cls.template)
        cls.reviews = cls._ask(cls.evaluation)

    def _line(self, evaluation):
        return evaluation.scorecard_ids.line_ids.filtered(
            lambda line: line.kpi_id.code == "review"
        )

    def _submit_two(self):
        self._submit(self._of(self.reviews, self.quality), 9, 9, 10)  # 92
        self._submit(self._of(self.reviews, self.finance), 5, 5, 10)  # 60

    def test_mean_over_three_raters(self):
        self._submit_two()
        self._submit(self._of(self.reviews, self.buyer), 8, None, None)  # 80
        measure = self._measure("review")
        self.assertAlmostEqual(measure.value, (92 + 60 + 80) / 3)
        self.assertEqual(measure.n, 3)

    def test_who_judged_nothing_is_no_rater(self):
        self._submit_two()
        self._submit(self._of(self.reviews, self.buyer), None, None, None)
        measure = self._measure("review")
        self.assertAlmostEqual(measure.value, 76)
        self.assertEqual(measure.n, 2)

    def test_nobody_answered(self):
        self.assertIsNone(self._measure("review"))
        self.evaluation.action_compute()
        self.assertFalse(self._line(self.evaluation).has_value)

    def test_late_review_counts_in_a_revision(self):
        self._submit_two()
        self._submit(
            self._of(self.reviews, self.buyer), 8, 8, 10, now="2026-04-04 16:00:01"
        )
        self.evaluation.action_compute()
        line = self._line(self.evaluation)
        self.assertAlmostEqual(line.value, 76)
        self.assertEqual(line.n, 2)
        self.evaluation.action_publish()
        action = self.evaluation.action_revise()
        revision = self.evaluation.browse(action["res_id"])
        revision.cutoff = datetime(2026, 4, 10)
        revision.action_compute()
        self.assertAlmostEqual(self._line(revision).value, (92 + 60 + 84) / 3)
        self.assertEqual(revision.scorecard_ids.review_count, 3)
        self.assertEqual(self._line(self.evaluation).n, 2)

    def test_reviewer_who_left_keeps_counting(self):
        self._submit_two()
        self.quality.active = False
        self.assertEqual(self._measure("review").n, 2)

    def test_review_of_another_period(self):
        self._submit_two()
        self.assertIsNone(
            self._measure(
                "review",
                date_from=datetime(2026, 4, 1).date(),
                date_to=datetime(2026, 4, 30).date(),
                cutoff=datetime(2026, 5, 4),
            )
        )

    def test_drill_down(self):
        self._submit_two()
        self.evaluation.action_compute()
        action = self._line(self.evaluation).action_open_counted()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        found = facts.search(action["domain"])
        self.assertEqual(found.user_id, self.quality | self.finance)
        excluded = self._line(self.evaluation).action_open_excluded()
        facts = self.env[excluded["res_model"]].with_context(**excluded["context"])
        left_out = facts.search(excluded["domain"])
        self.assertEqual(left_out.user_id, self.buyer)
        self.assertEqual(left_out.exclusion, "outside_period")

    def test_who_answered_often_is_one_rater(self):
        """Once for each of two templates: a part of the rater's mean each time."""
        self._submit_two()
        other = self._create_template(
            "Other",
            ["fill_rate", "review"],
            questionnaire_id=self.questionnaire.id,
            reviewer_ids=self._rows(quality=self.quality),
        )
        draft = self._draft(other)
        self._submit(self._of(self._ask(draft), self.quality), 5, 5, 10)
        again = self._of(draft.review_ids, self.quality).score
        measure = self._measure("review")
        self.assertEqual(measure.n, 2)
        self.assertAlmostEqual(measure.value, ((92 + again) / 2 + 60) / 2)
        # A template that asks counts what it was answered, and only that.
        self.evaluation.action_compute()
        self.assertAlmostEqual(self._line(self.evaluation).value, 76)
        draft.action_compute()
        self.assertAlmostEqual(self._line(draft).value, again)
        self.assertEqual(self._line(draft).n, 1)
        self.assertEqual(draft.scorecard_ids.review_count, 1)

    def test_analysis_of_days_takes_what_is_about_them(self):
        """An answer about the next day is no part of the rater's mean."""
        self._submit_two()
        later = self._draft(date_from=date(2026, 3, 2), date_to=date(2026, 4, 1))
        now = "2026-04-02 02:00:00"
        self._submit(self._of(self._ask(later, now), self.quality), 5, 5, 10, now=now)
        self.env.flush_all()
        facts = self.env["supplier.review.fact"].search_fetch(
            [
                ("partner_id", "=", self.supplier.id),
                ("user_id", "=", self.quality.id),
                ("date", ">=", date(2026, 3, 1)),
                ("date", "<=", date(2026, 3, 31)),
            ],
            ["rater_part"],
        )
        self.assertEqual(len(facts), 1)
        self.assertAlmostEqual(facts.rater_part, 92)
