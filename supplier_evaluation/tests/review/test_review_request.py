import re
from datetime import date

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import REVIEWER
from .common import NOW, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewRequest(ReviewCommon):
    """Who is asked about whom."""

    def test_one_review_per_person_and_supplier(self):
        self.supplier.buyer_id = self.buyer
        other = self._create_supplier("Without a buyer")
        self._receive(self._order(1, 5, "2026-03-10", partner=other), "2026-03-10")
        reviews = self._ask()
        self.assertEqual(
            {(r.partner_id, r.user_id, r.role) for r in reviews},
            {
                (self.supplier, self.quality, "quality"),
                (self.supplier, self.finance, "finance"),
                (self.supplier, self.buyer, "buyer"),
                (other, self.quality, "quality"),
                (other, self.finance, "finance"),
            },
        )
        self.assertEqual(set(reviews.mapped("date_due")), {date(2026, 4, 4)})
        self.assertEqual(len(reviews.answer_ids), 15)

    def test_due_day_is_local(self):
        self.template.review_days = 2
        reviews = self._ask(now="2026-04-01 17:00:00")
        self.assertEqual(set(reviews.mapped("date_due")), {date(2026, 4, 4)})

    def test_due_day_is_over_at_the_cutoff(self):
        """The cut-off is the midnight after 4 April; asked on the 2nd and the 4th."""
        for now in ("2026-04-02 02:00:00", "2026-04-04 02:00:00"):
            evaluation = self._draft(date_from=date(2026, 3, int(now[9]) + 1))
            reviews = self._ask(evaluation, now=now)
            with self.subTest(now=now):
                self.assertEqual(set(reviews.mapped("date_due")), {date(2026, 4, 4)})
                # The last minute of the day they were told.
                review = self._of(reviews, self.quality)
                self._submit(review, 8, 8, 10, now="2026-04-04 15:59:00")
                self.assertLess(review.date_done, evaluation.cutoff)

    def test_due_day_after_the_cutoff(self):
        reviews = self._ask(now="2026-04-10 02:00:00")
        self.assertEqual(set(reviews.mapped("date_due")), {date(2026, 4, 13)})

    def test_named_buyers_replace_the_vendors_own(self):
        self.supplier.buyer_id = self.manager
        self.template.reviewer_ids.filtered(
            lambda row: row.role == "buyer"
        ).user_ids = self.buyer
        self.assertEqual(self._ask().user_id, self.quality | self.finance | self.buyer)

    def test_two_roles_are_one_review(self):
        self.supplier.buyer_id = self.quality
        review = self._ask().filtered(lambda r: r.user_id == self.quality)
        self.assertEqual(review.role, "quality")

    def test_asking_again_adds_what_is_missing(self):
        evaluation = self._draft()
        first = self._ask(evaluation)
        self._submit(self._of(first, self.quality), 8, 8, 10)
        self.supplier.buyer_id = self.buyer
        second = self._ask(evaluation)
        self.assertEqual((second - first).user_id, self.buyer)
        self.assertEqual(self._ask(evaluation), second)
        self.assertEqual(self._of(second, self.quality).state, "done")

    def test_revision_asks_nobody_twice(self):
        evaluation = self._draft()
        self._ask(evaluation)
        evaluation.action_compute()
        evaluation.action_publish()
        action = evaluation.action_revise()
        revision = evaluation.browse(action["res_id"])
        self.assertFalse(self._ask(revision))

    def test_the_same_review_twice_is_refused_by_the_database(self):
        review = self._ask()[0]
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            review._unguarded().create(
                {
                    "evaluation_id": review.evaluation_id.id,
                    "partner_id": review.partner_id.id,
                    "user_id": review.user_id.id,
                    "role": "buyer",
                    "questionnaire_id": self.questionnaire.id,
                    "date_due": review.date_due,
                }
            )

    def test_archived_supplier_is_still_asked_about(self):
        self.supplier.active = False
        self.assertEqual(self._ask().partner_id, self.supplier)

    def test_order_on_a_contact(self):
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        self._receive(self._order(1, 5, "2026-03-10", partner=contact), "2026-03-10")
        self.assertEqual(self._ask().partner_id, self.supplier)

    def test_archived_people_are_not_asked(self):
        self.supplier.buyer_id = self.buyer
        (self.buyer | self.finance).active = False
        self.assertEqual(self._ask().user_id, self.quality)

    def test_people_without_access(self):
        nobody = self._create_user("review_nobody", "base.group_user")
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        stranger = self._create_user("review_stranger", REVIEWER)
        stranger.write(
            {
                "company_id": elsewhere.id,
                "company_ids": [Command.set(elsewhere.ids)],
            }
        )
        self.template.reviewer_ids[0].user_ids |= nobody | stranger
        reviews = self._ask()
        self.assertIn(self.finance, reviews.user_id)
        self.assertFalse(reviews.user_id & (nobody | stranger))
        told = reviews.evaluation_id.message_ids[0].body
        self.assertIn(nobody.name, told)
        self.assertIn(stranger.name, told)
        self.assertIn("Supplier Evaluation: Reviewer", told)
        self.assertNotIn(self.finance.name, told)

    def test_answered_reviews_are_not_lost(self):
        """What people said about March stays, and stays about March."""
        reviews = self._ask()
        self._submit(self._of(reviews, self.finance), 8, 8, 10)
        evaluation = reviews.evaluation_id
        for change in (
            evaluation.unlink,
            lambda: evaluation.write({"date_to": "2026-04-30"}),
        ):
            with self.assertRefused("reviews answered: 1"):
                change()
        evaluation.cutoff = "2026-04-08 00:00:00"

    def test_nobody_has_access(self):
        nobody = self._create_user("review_nobody", "base.group_user")
        self.template.reviewer_ids.user_ids = nobody
        with self.assertRefused(re.escape(nobody.name)):
            self._ask()

    def test_template_that_asks_nobody(self):
        with self.assertRefused("nobody to ask", ValidationError):
            self.template.reviewer_ids.unlink()
            self.template.questionnaire_id = self.questionnaire
        with self.assertRefused("nobody to ask", ValidationError):
            self.template.write(
                {
                    "reviewer_ids": [
                        Command.clear(),
                        *self._rows(finance=self.env.user[:0]),
                    ]
                }
            )
        silent = self._create_template("Silent", ["fill_rate"])
        with self.assertRefused("asks nobody"):
            self._ask(self._draft(silent))

    def test_reviews_are_due_within_the_grace_days(self):
        with self.assertRefused("Raise the grace days", ValidationError):
            self.template.review_days = 9
        with self.assertRefused("at least 10", ValidationError):
            self.template.write({"review_days": 9, "grace_days": 9})
        self.template.write({"review_days": 9, "grace_days": 10})
        with self.assertRefused("at least 1,", ValidationError):
            self.template.write({"review_days": 0, "grace_days": 0})
        self.template.write({"review_days": 0, "grace_days": 1})

    def test_hint_of_reviews_that_nobody_gives(self):
        self.assertFalse(self.template.review_hint, "it asks, and scores none")
        template = self._create_template("Scores", ["fill_rate", "review"])
        with Form(template) as form:
            self.assertIn("nobody is asked", form.review_hint)
            form.questionnaire_id = self.questionnaire
            self.assertFalse(form.review_hint)
            with form.reviewer_ids.new() as row:
                row.role = "buyer"
        self.assertFalse(template.review_hint)
        silent = self._create_template("Does not", ["fill_rate"])
        self.assertFalse(silent.review_hint)

    def test_hint_of_the_presets(self):
        presets = (
            self.env["supplier.scorecard.template"]
            .with_context(active_test=False)
            .search([("questionnaire_id", "=", False), ("company_id", "=", False)])
        )
        scoring = presets.filtered(
            lambda preset: "review" in preset.line_ids.kpi_id.mapped("code")
        )
        self.assertFalse(scoring, "a preset that scores reviews asks for them")
        self.assertFalse(presets.filtered("review_hint"))

    def test_published_asks_nobody(self):
        evaluation = self._draft()
        evaluation.action_compute()
        evaluation.action_publish()
        with self.assertRefused("Published"):
            self._ask(evaluation)

    def test_template_is_copied_with_its_reviewers(self):
        copy = self.template.copy()
        self.assertEqual(copy.questionnaire_id, self.questionnaire)
        self.assertEqual(
            copy.reviewer_ids.mapped("role"), ["quality", "finance", "buyer"]
        )
        self.assertEqual(copy.reviewer_ids.user_ids, self.quality | self.finance)

    def test_numbers_on_the_evaluation(self):
        evaluation = self._draft()
        reviews = self._ask(evaluation)
        self._submit(self._of(reviews, self.quality), 8, 8, 10)
        self.assertEqual(evaluation.review_count, 2)
        self.assertEqual(evaluation.review_done_count, 1)
        found = self.env["supplier.review"].search(
            evaluation.action_open_reviews()["domain"]
        )
        self.assertEqual(found, reviews)


@tagged("post_install", "-at_install")
class TestReviewStatements(ReviewCommon):
    def test_asking(self):
        """As many statements for 50 suppliers as for 5."""
        counts = []
        for day, suppliers in enumerate((5, 0, 45), start=1):
            self.env["supplier.history.line"].create(
                [
                    {
                        "company_id": self.company.id,
                        "partner_id": self._create_supplier(f"S {index}").id,
                        "order_ref": "PO",
                        "line_ref": "1",
                        "quantity_ordered": 10,
                        "price_unit": 3,
                        "currency_id": self.company.currency_id.id,
                        "date_promised": "2026-03-10",
                    }
                    for index in range(suppliers)
                ]
            )
            evaluation = self._draft(date_from=date(2026, 3, day))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            with freeze_time(NOW):
                evaluation.action_ask_reviews()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(len(evaluation.review_ids), 2 * 51)
        # The first one fills caches.
        self.assertEqual(counts[2], counts[1])

    def test_scorecards(self):
        """The reviews of all scorecards of a run come together."""
        for number in range(5):
            partner = self._create_supplier(f"Supplier {number}")
            self._receive(
                self._order(1, 1, "2026-03-10", partner=partner), "2026-03-10"
            )
        evaluation = self._draft()
        for review in self._ask(evaluation).filtered(
            lambda review: review.user_id == self.quality
        ):
            self._submit(review, 8, 8, 10)
        evaluation.action_compute()
        # Not prefetched through the evaluation, which is forgotten below.
        cards = evaluation.scorecard_ids.browse(evaluation.scorecard_ids.ids)
        self.assertGreater(len(cards), 5)
        counts = []
        for some in (cards[:1], cards[:1], cards):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("review_spread")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
