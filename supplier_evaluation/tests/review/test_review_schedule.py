from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MANAGER, REVIEWER
from ..scheduled import SCHEDULED
from .common import NOW, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewSchedule(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.scorecard.template"].search(
            [("id", "!=", cls.template.id)]
        ).active = False
        cls.template.auto_publish = True

    def _run(self, name, now):
        cron = self.env.ref(f"supplier_evaluation.ir_cron_supplier_{name}")
        self.env.flush_all()
        with freeze_time(now), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _evaluation(self, template=None):
        return self.env["supplier.evaluation"].search(
            [("template_id", "=", (template or self.template).id)]
        )

    def test_asks_when_the_period_is_over(self):
        """March is over on 31 March at 16:00 UTC, in Shanghai."""
        self._run("review_request", "2026-03-31 15:59:00")
        self.assertFalse(self._evaluation())
        self._run("review_request", "2026-03-31 16:00:00")
        evaluation = self._evaluation()
        self.assertEqual(evaluation.state, "draft")
        self.assertEqual(len(evaluation.review_ids), 2)
        self._run("review_request", "2026-04-01 16:00:00")
        self.assertEqual(self._evaluation(), evaluation)
        self.assertEqual(len(evaluation.review_ids), 2)

    def test_asks_of_a_period_that_was_looked_at_while_it_ran(self):
        """The preview of each night is no result: people are asked all the same."""
        self.template.is_live = True
        self._run("evaluation_running", "2026-03-20 16:00:00")
        evaluation = self._evaluation()
        self.assertTrue(evaluation.is_preview)
        new = self._create_supplier("Came Late")
        new.buyer_id = self.buyer
        line = self._order(10, 5, "2026-03-30", "2026-03-25", partner=new)
        self._receive(line, "2026-03-30")
        self._run("review_request", "2026-03-31 15:59:00")
        self.assertFalse(evaluation.review_ids)
        self._run("review_request", "2026-03-31 16:00:00")
        self.assertEqual(evaluation.review_ids.partner_id, self.supplier | new)
        self.assertEqual(
            set(evaluation.review_ids.mapped("date_due")), {date(2026, 4, 4)}
        )
        asked = evaluation.review_ids
        self._run("review_request", "2026-04-01 16:00:00")
        self.assertEqual(evaluation.review_ids, asked)
        self._run("evaluation", "2026-04-05 00:00:00")
        self.assertEqual(evaluation.state, "published")

    def test_asks_nobody_after_the_cutoff(self):
        self._run("review_request", "2026-04-04 16:00:00")
        self.assertFalse(self._evaluation())

    def test_asks_nobody_when_it_is_computed(self):
        self._draft().action_compute()
        self._run("review_request", NOW)
        self.assertFalse(self._evaluation().review_ids)

    def test_late_review_holds_nothing_up(self):
        self._run("review_request", NOW)
        evaluation = self._evaluation()
        self._submit(self._of(evaluation.review_ids, self.quality), 8, 8, 10)
        self._run("evaluation", "2026-04-05 00:00:00")
        self.assertEqual(self._evaluation(), evaluation)
        self.assertEqual(evaluation.state, "published")
        self.assertEqual(self._of(evaluation.review_ids, self.finance).state, "open")
        card = evaluation.scorecard_ids
        self.assertEqual(card.review_count, 1)
        late = self._of(evaluation.review_ids, self.finance)
        self._submit(late, 2, 2, 10, comments=("a", "b", ""), now="2026-04-06 08:00:00")
        self.env.invalidate_all()
        self.assertEqual(card.review_count, 1, "not known at the cut-off")

    def test_people_without_access_are_noted(self):
        nobody = self._create_user("review_nobody", "base.group_user")
        self.template.reviewer_ids[0].user_ids |= nobody
        self._run("review_request", NOW)
        self.assertFalse(self.template.review_error)
        evaluation = self._evaluation()
        self.assertNotIn(nobody, evaluation.review_ids.user_id)
        asked = len(evaluation.review_ids)
        self.assertIn(nobody.name, evaluation.message_ids[0].body)
        nobody.group_ids |= self.env.ref(REVIEWER)
        with freeze_time(NOW):
            evaluation.action_ask_reviews()
        self.assertEqual(len(evaluation.review_ids), asked + 1)

    def test_noted_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        nobody = self._create_user("review_nobody", "base.group_user")
        self.template.reviewer_ids[0].user_ids |= nobody
        self._run("review_request", NOW)
        evaluation = self._evaluation()
        users = (nobody | self.quality).with_context(lang="de_DE")
        _able, problem = users._able_to_review(self.company)
        self.assertIn(problem, evaluation.message_ids[0].body)
        _able, english = nobody._able_to_review(self.company)
        self.assertNotIn(english, evaluation.message_ids[0].body)

    def test_a_failure_stops_no_other(self):
        other = self.template.copy({"name": "Other", "is_scheduled": True})
        runs = type(self.env["supplier.evaluation"])
        original = runs._ask_reviews

        def fail(evaluation):
            if evaluation.template_id == self.template:
                raise ValueError("disk is full")
            return original(evaluation)

        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_review_request")
        with (
            patch.object(runs, "_ask_reviews", fail),
            mute_logger(SCHEDULED),
            self._failing(cron, "disk is full"),
        ):
            self._run("review_request", NOW)
        self.assertFalse(self._evaluation())
        self.assertIn("disk is full", self.template.review_error)
        self.assertTrue(self._evaluation(other).review_ids)

    def test_asks_again_after_a_collision(self):
        runs = type(self.env["supplier.evaluation"])
        original, failures = runs._ask_reviews, [1, 1]

        def collide(evaluation):
            if failures:
                failures.pop()
                raise SerializationFailure
            return original(evaluation)

        with patch.object(runs, "_ask_reviews", collide):
            self._run("review_request", NOW)
        self.assertFalse(failures)
        self.assertEqual(len(self._evaluation().review_ids), 2)
        self.assertFalse(self.template.review_error)

    def test_reminders(self):
        self._run("review_request", NOW)
        reviews = self._evaluation().review_ids
        self._submit(self._of(reviews, self.finance), 8, 8, 10)
        due = reviews[0].date_due
        self.assertEqual(due, date(2026, 4, 4))
        reminded = []
        for now in (
            "2026-04-02 15:00:00",  # 2 April in Shanghai: not yet
            "2026-04-02 16:30:00",  # 3 April: due tomorrow
            "2026-04-03 17:00:00",  # reminded already
            "2026-04-04 17:00:00",  # 5 April: overdue
            "2026-04-05 17:00:00",
        ):
            before = self._notifications()
            self._run("review_reminder", now)
            sent = self._notifications() - before
            reminded.append(sent.notified_partner_ids)
        nobody, quality = self.env["res.partner"], self.quality.partner_id
        self.assertEqual(reminded, [nobody, quality, nobody, quality, nobody])
        self.assertEqual(self._of(reviews, self.quality).reminder, "overdue")

    def test_another_day_or_person_is_reminded_of_anew(self):
        self._run("review_request", NOW)
        review = self._of(self._evaluation().review_ids, self.quality)
        manager = self._create_user("review_schedule_manager", MANAGER)
        self._run("review_reminder", "2026-04-04 17:00:00")
        self.assertEqual(review.reminder, "overdue")
        own = self._as(review, manager)
        own.date_due = "2026-04-10"
        [activity] = self.env["mail.activity"].search(
            [("res_model", "=", review._name), ("res_id", "=", review.id)]
        )
        self.assertEqual(activity.date_deadline, date(2026, 4, 10))
        before = self._notifications()
        self._run("review_reminder", "2026-04-11 17:00:00")
        told = (self._notifications() - before).notified_partner_ids
        self.assertEqual(told, self.quality.partner_id)
        own.user_id = self.buyer
        before = self._notifications()
        self._run("review_reminder", "2026-04-12 17:00:00")
        told = (self._notifications() - before).notified_partner_ids
        self.assertEqual(told, self.buyer.partner_id)

    def test_who_went_elsewhere_is_not_reminded(self):
        """They could not open it; when they are back, they are."""
        self._run("review_request", NOW)
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        home = self.company
        before = self._notifications()
        for company in (elsewhere, home):
            self.quality.write(
                {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
            )
            self._run("review_reminder", "2026-04-02 16:30:00")
            told = (self._notifications() - before).notified_partner_ids
            self.assertIn(self.finance.partner_id, told)
            self.assertEqual(self.quality.partner_id in told, company == home)

    def _notifications(self):
        return self.env["mail.message"].search(
            [
                ("model", "=", "supplier.review"),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_reviewer_who_left(self):
        self._run("review_request", NOW)
        evaluation = self._evaluation()
        reviews = evaluation.review_ids
        other = self._create_supplier("Other")
        self._receive(self._order(1, 5, "2026-03-10", partner=other), "2026-03-10")
        self._ask(evaluation)
        done = self._submit(self._of(reviews, self.quality), 8, 8, 10)
        self.quality.active = False
        self._run("review_reminder", NOW)
        mine = evaluation.review_ids.filtered(lambda r: r.user_id == self.quality)
        self.assertEqual(
            {review.partner_id: review.state for review in mine},
            {self.supplier: "done", other: "cancelled"},
        )
        count = len(evaluation.review_ids)
        self._ask(evaluation)
        self.assertEqual(len(evaluation.review_ids), count)
        evaluation.action_compute()
        card = evaluation.scorecard_ids.filtered(
            lambda card: card.partner_id == self.supplier
        )
        self.assertEqual(card.review_ids.ids, done.ids, "what is done keeps counting")

    def test_reminds_of_what_is_still_open(self):
        """Between the list and the message somebody may have answered."""
        self._run("review_request", NOW)
        reviews = self._evaluation().review_ids
        model, (answered, waiting) = reviews.browse(), reviews
        self._submit(answered, 8, 8, 10)
        before = self._notifications()
        for kind in ("due", "due", "overdue", "overdue", "due"):
            model._follow_up([(kind, answered), (kind, waiting)])
        sent = self._notifications() - before
        self.assertEqual(len(sent), 2, "of each kind one")
        self.assertEqual(sent.notified_partner_ids, waiting.user_id.partner_id)
        model._follow_up([("left", waiting)])
        self.assertEqual(waiting.state, "open", "is still here")
        waiting.user_id.active = False
        model._follow_up([("overdue", waiting), ("left", reviews)])
        self.assertEqual(reviews.mapped("state"), ["done", "cancelled"])

    def test_locked_review_waits(self):
        self._run("review_request", NOW)
        reviews = self._evaluation().review_ids
        model, before = type(reviews), self._notifications()
        with patch.object(
            model, "try_lock_for_update", lambda self, **options: self[1:]
        ):
            reviews._follow_up([("due", reviews)])
        self.assertEqual(self._notifications(), before)

    def test_asks_nobody_when_it_was_computed_meanwhile(self):
        evaluation = self._draft()
        period = (self.template, self.company, evaluation.date_from, evaluation.date_to)
        evaluation.action_compute()
        self.assertFalse(evaluation._request_period(*period))
        self.assertFalse(evaluation.review_ids)

    def test_a_bad_record_stops_no_other(self):
        """Neither one leaver the next one, nor a leaver the reminders."""
        leaver = self._create_user("review_leaver", REVIEWER)
        self.template.reviewer_ids[0].user_ids |= leaver
        self._run("review_request", NOW)
        reviews = self._evaluation().review_ids
        (leaver | self.quality).active = False
        model = type(self.env["supplier.review"])
        original, tried = model._cancel, []

        def fail(records):
            tried.append(records.user_id.id)
            if len(tried) == 1:
                records._write_guarded({"state": "done"})
                raise ValueError("disk is full")
            return original(records)

        before = self._notifications()
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_review_reminder")
        with (
            patch.object(model, "_cancel", fail),
            self.assertLogs(SCHEDULED, "ERROR") as logs,
            self._failing(cron, "disk is full"),
        ):
            self._run("review_reminder", "2026-04-02 16:30:00")
        self.assertIn("disk is full", logs.output[0])
        bad, good = map(self.env["res.users"].browse, tried)
        self.assertIn(f"left, {bad.name} failed", logs.output[0])
        self.assertEqual(self._of(reviews, bad).sudo().state, "open", "rolled back")
        self.assertEqual(self._of(reviews, good).sudo().state, "cancelled")
        sent = self._notifications() - before
        self.assertEqual(sent.notified_partner_ids, self.finance.partner_id)
        self._run("review_reminder", "2026-04-03 16:30:00")
        self.assertEqual(self._of(reviews, bad).sudo().state, "cancelled")

    def test_disagreement_on_the_scorecard(self):
        self.supplier.buyer_id = self.buyer
        evaluation = self._draft()
        reviews = self._ask(evaluation)
        self._submit(self._of(reviews, self.quality), 9, 9, 10)
        self._submit(self._of(reviews, self.finance), 5, 5, 10)
        self._submit(self._of(reviews, self.buyer), None, None, None)
        evaluation.action_compute()
        card = evaluation.scorecard_ids
        judged = reviews - self._of(reviews, self.buyer)
        self.assertEqual(card.review_ids, judged)
        self.assertEqual(card.review_count, 2, "who judged nothing is no rater")
        self.assertAlmostEqual(card.review_lowest, 60)
        self.assertAlmostEqual(card.review_highest, 92)
        self.assertAlmostEqual(card.review_spread, 32)
        self.assertEqual(
            card.review_summary,
            "2 people gave between 60.0 and 92.0 of 100 points: they are 32.0 points "
            "apart.",
        )

    def test_one_rater_on_the_scorecard(self):
        evaluation = self._draft()
        reviews = self._ask(evaluation)
        evaluation.action_compute()
        card = evaluation.scorecard_ids
        self.assertFalse(card.review_summary)
        self._submit(self._of(reviews, self.quality), 7, 7, None)
        self.env.invalidate_all()
        self.assertEqual(card.review_summary, "One person gave 70.0 of 100 points.")
        self.env["res.lang"]._activate_lang("de_DE")
        german = card.with_context(lang="de_DE")
        self.assertIn("70,0", german.review_summary)

    def test_name_of_a_review(self):
        self.env["res.lang"]._activate_lang("de_DE")
        review = self._ask()[0]
        self.assertEqual(review.display_name, "Golden Supplier, March 2026")
        german = review.with_context(lang="de_DE")
        self.assertEqual(german.display_name, "Golden Supplier, März 2026")
        self.supplier.name = "Renamed"
        self.assertIn("Renamed", review.display_name)
