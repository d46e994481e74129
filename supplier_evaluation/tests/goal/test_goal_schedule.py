from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..scheduled import SCHEDULED
from .common import GoalCommon

CRON = "supplier_evaluation.ir_cron_supplier_goal"


@tagged("post_install", "-at_install")
class TestGoalSchedule(GoalCommon):
    """Goals are followed by night, and their owners are told once."""

    def _follow(self, now):
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def _activities(self, goal):
        return self.env["mail.activity"].search(
            [("res_model", "=", goal._name), ("res_id", "in", goal.ids)]
        )

    def test_missed(self):
        goal = self._goal(date="2026-03-31")
        self._follow("2026-03-31 04:00:00")
        self.assertEqual(goal.status, "behind")
        self.assertFalse(self._activities(goal))
        self._follow("2026-04-10 04:00:00")
        self.assertEqual(goal.status, "missed")
        [activity] = self._activities(goal)
        self.assertEqual(activity.user_id, self.people["manager"])
        self.assertEqual(
            activity.summary,
            "Goal missed: 66.7 % instead of at least 90.0 % by 03/31/2026",
        )
        self._follow("2026-04-11 04:00:00")
        activity.action_done()
        self._follow("2026-04-12 04:00:00")
        self.assertFalse(self._activities(goal))
        self.assertEqual(str(goal.date_told), "2026-04-10")

    def test_reached_after_all(self):
        """A revision, after a dispute, says that it was: nobody has to see to it."""
        goal = self._goal(date="2026-03-31")
        self._follow("2026-04-10 04:00:00")
        self.assertTrue(self._activities(goal))
        self._measured_as(100)
        self._follow("2026-04-11 04:00:00")
        self.assertEqual(goal.status, "reached")
        self.assertFalse(self._activities(goal))
        self._measured_as(0)
        self._follow("2026-04-12 04:00:00")
        self.assertEqual(len(self._activities(goal)), 1, "and missed again")

    def _measured_as(self, value):
        """Write on all lines of the KPI what nobody may write."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE supplier_scorecard_line SET value = %s WHERE kpi_id = %s",
                value,
                self.kpis["otd"].id,
            )
        )
        self.env.invalidate_all()

    def test_another_day_can_be_missed_again(self):
        goal = self._goal(date="2026-03-31")
        self._follow("2026-04-10 04:00:00")
        self._activities(goal).action_done()
        with freeze_time("2026-04-10"):
            self._as(goal, "manager").date = "2026-03-30"
        self._follow("2026-04-11 04:00:00")
        self.assertEqual(len(self._activities(goal)), 1)

    def test_nobody_sees_to_what_was_agreed_anew(self):
        goals = self._goal(date="2026-03-31") | self._goal(date="2026-03-31")
        self._follow("2026-04-10 04:00:00")
        self.assertEqual(len(self._activities(goals)), 2)
        with freeze_time("2026-04-10"):
            self._as(goals[0], "manager").date = "2027-03-31"
            self._as(goals[1], "manager").active = False
        self.assertFalse(self._activities(goals))

    def test_reached(self):
        goal = self._goal(date="2026-03-31", target=66)
        self._follow("2026-04-10 04:00:00")
        self.assertEqual(goal.status, "reached")
        self.assertFalse(self._activities(goal))

    def test_the_period_of_the_day_is_awaited(self):
        goal = self._goal(date="2026-04-30")
        self._follow("2026-05-02 04:00:00")
        self.assertEqual(goal.status, "behind")
        # Nobody publishes April: in the end, what there is decides.
        self._follow("2026-07-10 04:00:00")
        self.assertEqual(goal.status, "missed")
        self.assertEqual(len(self._activities(goal)), 1)

    def test_no_data_is_not_missed(self):
        goal = self._goal(
            scope="supplier",
            partner_id=self._create_supplier("Nobody").id,
            date="2026-03-31",
        )
        self._follow("2026-08-10 04:00:00")
        self.assertEqual(goal.status, "no_data")
        self.assertFalse(self._activities(goal))

    def test_day_of_the_company(self):
        """In Shanghai the day has passed while UTC still has it."""
        goal = self._goal(date="2026-03-31")
        self._follow("2026-03-31 15:59:00")
        self.assertEqual(goal.status, "behind")
        self._follow("2026-03-31 16:01:00")
        self.assertEqual(goal.status, "missed")

    def test_owner_who_left(self):
        """Who takes it over is told."""
        goal = self._goal(date="2026-03-31")
        self.people["manager"].active = False
        self._follow("2026-04-10 04:00:00")
        self.assertEqual(goal.status, "missed")
        self.assertFalse(self._activities(goal))
        goal.user_id = self.people["buyer"]
        self._follow("2026-04-11 04:00:00")
        activity = self._activities(goal)
        self.assertEqual(activity.user_id, self.people["buyer"])
        # Who only reads goals may say what is done about it.
        self._as(activity, "buyer").action_feedback("We talk to them.")
        self.assertIn("We talk to them", goal.message_ids[:1].body)

    def test_archived_ones_rest(self):
        goal = self._goal(date="2026-03-31")
        goal.active = False
        self._follow("2026-04-10 04:00:00")
        self.assertFalse(self._activities(goal))

    def test_publication_asks_for_it(self):
        cron = self.env.ref(CRON)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])

        def asked():
            found = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
            return found - triggers

        for _line in range(5):
            line = self._order(10, 5, "2026-04-10", confirmed="2026-04-01")
            self._receive(line, "2026-04-10")
        april = {
            "date_from": "2026-04-01",
            "date_to": "2026-04-30",
            "cutoff": "2026-05-04 16:00:00",
        }
        goal = self._goal()
        self.assertFalse(asked())
        self._publish(**april)
        self.assertEqual(len(asked()), 1)
        self._follow("2026-05-05 04:00:00")
        self.assertEqual(len(goal.period_ids), 3)
        self.assertEqual((goal.actual, goal.status), (100.0, "reached"))

    def test_nobody_asks_without_goals(self):
        with patch.object(type(self.env["ir.cron"]), "_trigger") as trigger:
            self._publish(
                date_from="2026-04-01",
                date_to="2026-04-30",
                cutoff="2026-05-04 16:00:00",
            )
        trigger.assert_not_called()

    def test_a_bad_one_stops_no_other(self):
        bad, good = self._goal(name="Bad"), self._goal(date="2026-03-31")
        goals = type(self.env["supplier.goal"])
        original = goals._status_of

        def fail(goal, figures, today):
            if goal.id == bad.id:
                raise ValueError("no such path")
            return original(goal, figures, today)

        cron = self.env.ref(CRON)
        with (
            patch.object(goals, "_status_of", fail),
            self.assertLogs(SCHEDULED, "ERROR"),
            self._failing(cron, "no such path"),
        ):
            self._follow("2026-04-10 04:00:00")
        self.assertEqual(good.status, "missed")
        self.assertEqual(len(self._activities(good)), 1)
