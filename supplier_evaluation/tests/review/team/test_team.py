from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...common import MANAGER
from ..common import NOW, ReviewCommon

CRON = "supplier_evaluation.ir_cron_supplier_team_announcement"


@tagged("post_install", "-at_install")
class TestTeam(ReviewCommon):
    """A leader, members by department, and what they decide on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader = cls._create_user("team_leader", MANAGER)
        cls.logistics = cls._create_user("team_logistics", MANAGER)
        delivery = cls.env.ref("supplier_evaluation.supplier_dimension_delivery")
        cls.template.write(
            {
                "leader_id": cls.leader.id,
                "member_ids": [
                    Command.create(
                        {
                            "user_id": cls.logistics.id,
                            "department": "logistics",
                            "override_dimension_ids": [Command.link(delivery.id)],
                        }
                    ),
                    Command.create(
                        {"user_id": cls.quality.id, "department": "quality"}
                    ),
                    Command.create(
                        {"user_id": cls.finance.id, "department": "finance"}
                    ),
                ],
            }
        )

    def _asked(self):
        """Compute, and ask for reviews while they can be answered."""
        with freeze_time(NOW):
            evaluation = self._evaluate()
            evaluation.action_ask_reviews()
        return evaluation

    def _review(self, evaluation, user, *values):
        review = evaluation.review_ids.filtered(lambda one: one.user_id == user)
        comments = ("Seen", "Heard", "Read")
        return self._submit(review.with_user(user), *values, comments=comments)

    # ------------------------------------------------------------
    # Who overrides what
    # ------------------------------------------------------------

    def _override(self, evaluation, user):
        line = evaluation.scorecard_ids.line_ids.filtered("has_value")[:1]
        self.assertEqual(line.dimension, "delivery")
        self._as(line, user).write(
            {
                "is_overridden": True,
                "override_score": 50,
                "override_reason": "Our dock was closed",
            }
        )

    def test_who_is_named_overrides(self):
        evaluation = self._evaluate()
        for user in (self.logistics, self.leader):
            self._override(evaluation, user)
        with self.assertRefused("team_logistics", AccessError):
            self._override(evaluation, self.manager)

    def test_where_nobody_is_named_any_manager_overrides(self):
        self.template.member_ids.override_dimension_ids = False
        self._override(self._evaluate(), self.manager)

    # ------------------------------------------------------------
    # Departments
    # ------------------------------------------------------------

    def test_a_team_has_enough_departments(self):
        self.template.minimum_departments = 3
        with self.assertRefused("needs members of at least 4", ValidationError):
            self.template.minimum_departments = 4
        with self.assertRefused("needs members of at least 3", ValidationError):
            self.template.member_ids[:1].unlink()
            self.template.flush_recordset()
            self.template._check_departments()

    def test_enough_departments_reviewed(self):
        self.template.minimum_departments = 2
        evaluation = self._asked()
        self._review(evaluation, self.quality, 8, 8, 10)
        with self.assertRefused("Reviews of 1 departments", UserError):
            evaluation.action_publish()
        self._review(evaluation, self.finance, 8, 8, 10)
        evaluation.action_publish()
        self.assertEqual(evaluation.state, "published")

    def test_without_reviews_no_department_is_missing(self):
        self.template.write({"minimum_departments": 2, "questionnaire_id": False})
        self._evaluate().action_publish()

    # ------------------------------------------------------------
    # Disagreement
    # ------------------------------------------------------------

    def _disagreeing(self):
        evaluation = self._asked()
        self._review(evaluation, self.quality, 10, 10, 10)
        self._review(evaluation, self.finance, 1, 1, 0)
        return evaluation

    def test_the_leader_is_asked(self):
        evaluation = self._disagreeing()
        self.assertIn("Golden Supplier", evaluation.disagreement_text)
        with self.assertRefused("The leader, team_leader", UserError):
            self._as(evaluation, self.manager).action_publish()
        with self.assertRefused("Only the leader", AccessError):
            self._as(evaluation, self.manager).action_accept_disagreement()
        own = self._as(evaluation, self.leader)
        self.assertTrue(own.can_accept_disagreement)
        own.action_accept_disagreement()
        self.assertFalse(own.can_accept_disagreement or own.disagreement_text)
        self._as(evaluation, self.manager).action_publish()
        self.assertEqual(evaluation.state, "published")

    def test_a_wider_disagreement_asks_again(self):
        evaluation = self._disagreeing()
        self._as(evaluation, self.leader).action_accept_disagreement()
        evaluation.review_ids.filtered(
            lambda review: review.user_id == self.finance
        )._write_guarded({"score": 0})
        self.assertTrue(evaluation._team_problem())

    def test_reviews_of_the_period_count_in_a_revision(self):
        evaluation = self._asked()
        self._review(evaluation, self.quality, 10, 10, 10)
        self._as(evaluation, self.manager).action_publish()
        revision = evaluation.browse(evaluation.action_revise()["res_id"])
        evaluation.review_ids.filtered(
            lambda review: review.user_id == self.finance
        )._write_guarded({"state": "done", "has_score": True, "score": 0})
        revision.action_compute()
        self.assertTrue(revision._team_problem())

    def test_nothing_to_accept(self):
        self.assertFalse(
            self._as(self._evaluate(), self.leader).action_accept_disagreement()
        )

    def test_who_left_is_asked_nothing(self):
        evaluation = self._disagreeing()
        (self.leader | self.logistics).active = False
        self._override(evaluation, self.manager)
        self.assertFalse(evaluation._disagreements_to_accept())

    def test_below_the_limit(self):
        self.template.disagreement_limit = 100
        evaluation = self._asked()
        self._review(evaluation, self.quality, 9, 9, 10)
        self._review(evaluation, self.finance, 7, 7, 10)
        evaluation.action_publish()

    def test_without_a_leader_nobody_is_asked(self):
        self.template.leader_id = False
        self._disagreeing().action_publish()

    def test_a_scheduled_action_waits_for_the_leader(self):
        evaluation = self._disagreeing()
        self.assertTrue(evaluation._is_held_for_people())
        self.assertEqual(self._notified(evaluation).partner_ids, self.leader.partner_id)

    # ------------------------------------------------------------
    # How they rate
    # ------------------------------------------------------------

    def test_leniency(self):
        evaluation = self._disagreeing()
        self.env.flush_all()
        figures = self.env["supplier.rater.figure"].search(
            [("evaluation_id", "=", evaluation.id)]
        )
        by_user = {figure.user_id: figure for figure in figures}
        quality, finance = by_user[self.quality], by_user[self.finance]
        self.assertEqual((quality.review_count, quality.compared_count), (1, 1))
        self.assertAlmostEqual(quality.leniency, -finance.leniency)
        self.assertAlmostEqual(quality.leniency, quality.score - finance.score)
        self.assertGreater(quality.leniency, 0)

    def test_alone_nobody_is_lenient(self):
        evaluation = self._asked()
        self._review(evaluation, self.quality, 10, 10, 10)
        self.env.flush_all()
        figure = self.env["supplier.rater.figure"].search(
            [("evaluation_id", "=", evaluation.id)]
        )
        self.assertIs(figure.leniency, False)
        self.assertEqual(figure.compared_count, 0)

    # ------------------------------------------------------------
    # Announced
    # ------------------------------------------------------------

    def _announced(self, day):
        before = self._notified(self.template)
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        return self._notified(self.template) - before

    def _notified(self, record):
        return self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_announced_once_a_period(self):
        self.template.is_scheduled = True
        told = self._announced("2026-05-01 03:00:00")
        self.assertEqual(
            told.partner_ids,
            (self.leader | self.logistics | self.quality | self.finance).partner_id,
        )
        self.assertIn("May 2026", told[0].subject)
        self.assertFalse(self._announced("2026-05-02 03:00:00"))
        # In Shanghai, June begins at 16:00 UTC.
        self.assertTrue(self._announced("2026-05-31 16:30:00"))

    def test_a_template_by_hand_announces_nothing(self):
        self.template.is_scheduled = False
        self.assertFalse(self._announced("2026-05-01 03:00:00"))
