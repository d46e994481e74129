from datetime import date, datetime

from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewAnswers(ReviewCommon):
    """Arithmetic, completeness, comments; what is asked stays as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls._of(cls._ask(), cls.quality)

    def test_weights_and_choice(self):
        self._submit(self.review, 8, 4, 10)
        self.assertAlmostEqual(self.review.score, (3 * 8 + 4 + 10) / 5 * 10)
        self.assertTrue(self.review.has_score)
        self.assertEqual(self.review.state, "done")
        self.assertEqual(self.review.date_done, datetime.fromisoformat(NOW))
        self.assertEqual(self.review.date, date(2026, 3, 31))
        self.assertEqual(self.review.company_id, self.company)

    def test_cannot_judge_some(self):
        self._submit(self.review, 9, None, None)
        self.assertAlmostEqual(self.review.score, 90)
        self.assertEqual(
            self.review.answer_ids.mapped("state"),
            ["answered", "cannot_judge", "cannot_judge"],
        )

    def test_cannot_judge_anything(self):
        self._submit(self.review, None, None, None)
        self.assertEqual(self.review.state, "done")
        self.assertFalse(self.review.has_score)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT score FROM supplier_review WHERE id = %s", [self.review.id]
        )
        self.assertEqual(self.env.cr.fetchone(), (None,), "no score is not 0")

    def test_zero_is_an_answer(self):
        self._submit(self.review, 0, None, 0, comments=("late", "", "never again"))
        self.assertTrue(self.review.has_score)
        self.assertEqual(self.review.score, 0)

    def test_cannot_judge_beats_an_older_answer(self):
        self._answer(self.review, 2, 10, 10)
        self._submit(self.review, None, 10, 10)
        self.assertAlmostEqual(self.review.score, 100)

    def test_every_question_needs_an_answer(self):
        self.review.answer_ids[0].rating = "7"
        with self.assertRefused("Polite(.|\n)*Again"):
            self.review.action_submit()
        self.assertEqual(self.review.state, "open")

    def test_comment_below_the_threshold(self):
        with self.assertRefused("Polite.*below 4"):
            self._submit(self.review, 4, 3, 10)
        with self.assertRefused("Polite"):
            self._submit(self.review, 4, 3, 10, comments=("", " \n", ""))
        self._submit(self.review, 4, 3, 10, comments=("", "They shout", ""))
        self.assertEqual(self.review.state, "done")

    def test_comment_below_the_threshold_of_a_choice(self):
        with self.assertRefused("Again"):
            self._submit(self.review, 9, 9, 0)

    def test_options_tell_what_a_choice_is_worth(self):
        yes, no = self.questionnaire.question_ids[2].choice_ids
        self.assertEqual(
            self.review.answer_ids.mapped("options"),
            [False, False, [[yes.id, "Yes", 10], [no.id, "No", 0]]],
        )

    def test_threshold_of_the_questionnaire(self):
        self.questionnaire.comment_threshold = 9
        with self.assertRefused("Reliable.*below 9"):
            other = self._ask(self._draft(date_from=date(2026, 3, 2)))
            self._submit(self._of(other, self.quality), 8, 9, 10)
        self._submit(self.review, 8, 9, 10)

    def test_changed_questionnaire_changes_no_past(self):
        self._submit(self.review, 8, 4, 10)
        question, polite, again = self.questionnaire.question_ids
        question.write({"name": "Fast?", "weight": 50})
        again.choice_ids[0].write({"name": "Maybe", "score": 3})
        for used in (polite, again.choice_ids[0], self.questionnaire):
            for context in ({}, {"_force_unlink": True}):
                with self.assertRefused("has been asked"):
                    used.with_context(**context).unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            self.review.answer_ids.mapped("name"), ["Reliable?", "Polite?", "Again?"]
        )
        self.assertEqual(self.review.answer_ids.mapped("value"), [8, 4, 10])
        self.assertEqual(self.review.answer_ids[2].choice_name, "Yes")
        self.assertAlmostEqual(self.review._answered_score(), 76)

    def test_questionnaire_with_archived_questions_that_were_asked(self):
        self._submit(self.review, 8, 4, 10)
        self.questionnaire.question_ids.active = False
        self.assertFalse(self.questionnaire.question_ids)
        with self.assertRefused("has been asked"):
            self.questionnaire.unlink()

    def test_choice_of_another_question(self):
        other = self._create_questionnaire().question_ids[2].choice_ids[0]
        with self.assertRefused("no answer to the question", ValidationError):
            self.review.answer_ids[2].choice_id = other
        with self.assertRefused("no answer to the question", ValidationError):
            self.review.answer_ids[2].rating = "3"

    def test_form(self):
        with Form(self.review) as form, form.answer_ids.edit(0) as answer:
            answer.rating = "6"
        self.assertEqual(self.review.answer_ids[0].value, 6)

    def test_questions_in_the_language_of_the_evaluator(self):
        self.env["res.lang"]._activate_lang("de_DE")
        question = self.questionnaire.question_ids[0]
        question.with_context(lang="de_DE").name = "Verlässlich?"
        self.finance.lang = "de_DE"
        reviews = self._ask(self._draft(date_from=date(2026, 3, 2)))
        self.assertEqual(
            self._of(reviews, self.finance).answer_ids[0].name, "Verlässlich?"
        )
        self.assertEqual(
            self._of(reviews, self.quality).answer_ids[0].name, "Reliable?"
        )

    def test_settings_out_of_range(self):
        question = self.questionnaire.question_ids[0]
        choice = self.questionnaire.question_ids.choice_ids[0]
        for record, vals in (
            (choice, {"score": 11}),
            (question, {"weight": 0}),
            (self.questionnaire, {"comment_threshold": 11}),
        ):
            with (
                self.subTest(model=record._name),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                record.write(vals)
                self.env.flush_all()

    def test_choice_without_choices(self):
        with self.assertRefused("Again", ValidationError):
            self.questionnaire.question_ids[2].choice_ids[0].unlink()
            self._ask(self._draft(date_from=date(2026, 3, 2)))

    def test_presets(self):
        for name in ("general", "service", "software"):
            preset = self.env.ref(f"supplier_evaluation.supplier_questionnaire_{name}")
            with self.subTest(preset=name):
                self.assertGreaterEqual(len(preset.question_ids), 6)
                preset.question_ids._check_choices()
                self.assertTrue(preset.description)
