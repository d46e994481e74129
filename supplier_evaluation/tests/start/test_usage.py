from datetime import date

from odoo import Command
from odoo.tests import tagged

from ..common import BUYER, MANAGER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestUsage(SupplierEvaluationCommon):
    """Which figures make themselves, which are of people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = cls._create_user("usage_reviewer", MANAGER)
        cls.buyer = cls._create_user("usage_buyer", BUYER)
        preset = cls.env.ref("supplier_evaluation.supplier_questionnaire_general")
        cls.template = cls._create_template("Used", ["otd", "fill_rate", "review"])
        cls.template.write(
            {
                "questionnaire_id": preset.id,
                "reviewer_ids": [
                    Command.create(
                        {
                            "role": "quality",
                            "user_ids": [Command.set(cls.reviewer.ids)],
                        }
                    )
                ],
            }
        )
        line = cls._order(10, 5, "2026-03-10")
        cls._receive(line, "2026-03-10")

    def _row(self, evaluation, user=None):
        reports = self._as(self.env["supplier.usage.report"], user or self.buyer)
        self.env.flush_all()
        return reports.search([("evaluation_id", "=", evaluation.id)])

    def _answer(self, evaluation, done):
        """Hand the reviews in at an instant; they are due on the first of April."""
        evaluation.review_ids.sudo().date_due = date(2026, 4, 1)
        for review in evaluation.review_ids:
            for answer in review.answer_ids:
                if answer.kind == "rating":
                    answer.rating = "5"
                elif answer.choice_id.browse() or answer.question_id.choice_ids:
                    answer.choice_id = answer.question_id.choice_ids[0]
                answer.comment = "As it is"
            self._as(review, self.reviewer).action_submit()
            review.sudo()._write_guarded({"date_done": done})

    def test_row(self):
        evaluation = self._evaluate()
        evaluation.action_ask_reviews()
        self.assertTrue(evaluation.review_ids)
        self._answer(evaluation, "2026-04-01 00:00:00")
        evaluation.action_compute()
        line = evaluation.scorecard_ids.line_ids.filtered(
            lambda one: one.kpi_id.code == "otd"
        )
        line.write(
            {"is_overridden": True, "override_score": 50, "override_reason": "Strike"}
        )
        self.assertFalse(self._row(evaluation))
        evaluation.action_publish()
        row = self._row(evaluation)
        self.assertEqual((row.card_count, row.overridden_card_count), (1, 1))
        self.assertEqual(row.figure_count, 3)
        self.assertEqual(
            (row.automatic_count, row.review_count, row.override_count), (1, 1, 1)
        )
        self.assertAlmostEqual(row.automatic_share, 100 / 3, 3)
        self.assertEqual((row.asked_count, row.in_time_count), (1, 1))
        self.assertEqual(row.in_time_share, 100)
        self.assertEqual(row.action_open()["res_id"], evaluation.id)

    def test_answered_on_the_next_day_of_the_company_is_late(self):
        """4 in the afternoon in London is tomorrow in Shanghai."""
        evaluation = self._evaluate()
        evaluation.action_ask_reviews()
        self._answer(evaluation, "2026-04-01 16:30:00")
        evaluation.action_compute()
        evaluation.action_publish()
        self.assertEqual(self._row(evaluation).in_time_count, 0)

    def test_what_was_not_asked_has_no_share(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        row = self._row(evaluation)
        self.assertEqual(row.asked_count, 0)
        self.assertIs(row.in_time_share, False)
        self.assertEqual(row.automatic_share, 100)

    def test_share_of_a_group_is_that_of_its_figures(self):
        for month in (3, 4):
            evaluation = self._evaluate(
                date_from=date(2026, month, 1),
                date_to=date(2026, month, 30),
                cutoff=f"2026-0{month + 1}-04 16:00:00",
            )
            line = evaluation.scorecard_ids.line_ids.filtered("has_value")[:1]
            if month == 3:
                line.write(
                    {
                        "is_overridden": True,
                        "override_score": 50,
                        "override_reason": "Strike",
                    }
                )
            if evaluation.scorecard_ids:
                evaluation.action_publish()
        self.env.flush_all()
        reports = self._as(self.env["supplier.usage.report"], self.buyer)
        own = [("template_id", "=", self.template.id)]
        [(figures, automatic, share)] = reports._read_group(
            own,
            [],
            ["figure_count:sum", "automatic_count:sum", "automatic_share:avg"],
        )
        self.assertAlmostEqual(share, 100 * automatic / figures)
        self.assertLess(share, 100)

    def test_other_company(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.assertFalse(
            self._row(evaluation, self._create_user("usage_other", MANAGER, other))
        )
