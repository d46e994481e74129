from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import GoalCommon


@tagged("post_install", "-at_install")
class TestGoal(GoalCommon):
    """What a goal may be, who sets it, and what its screens say."""

    def test_made_by_a_manager(self):
        with Form(self._as(self.env["supplier.goal"], "manager")) as form:
            form.name = "Punctual"
            form.template_id = self.template
            form.kpi_id = self.kpis["otd"]
            form.baseline = 60
            form.date_baseline = "2026-01-31"
            form.target = 90
            form.date = "2026-12-31"
        goal = form.record
        self.assertEqual(goal.user_id, self.people["manager"])
        self.assertEqual(goal.company_id, self.company)
        self.assertEqual(goal.actual, 66.6667)
        self.assertEqual(len(goal.period_ids), 2)
        self.assertEqual(goal.subject, "All suppliers")
        self.assertEqual(goal.actual_text, "66.7 %")

    def test_template_of_the_last_scores(self):
        self.template.sets_vendor_score = True
        goals = self._as(self.env["supplier.goal"], "manager")
        defaults = goals.default_get(["template_id"])
        self.assertEqual(defaults["template_id"], self.template.id)

    def test_users_read_only(self):
        goal = self._as(self._goal(), "buyer")
        self.assertTrue(goal.retrieve_goal()["periods"])
        for change in (
            lambda: goal.write({"target": 70}),
            lambda: goal.unlink(),
            lambda: goal.copy(),
            lambda: goal.action_take_baseline(),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_what_is_measured_is_not_written(self):
        goal = self._as(self._goal(), "manager")
        for vals in ({"status": "reached"}, {"actual": 99}, {"date_told": False}):
            with self.assertRefused("cannot be written directly", AccessError):
                goal.write(vals)
        with self.assertRaises(AccessError):
            goal.period_ids.write({"value": 99})

    def test_another_company(self):
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.people["stranger"] = self._create_user(
            "goal_stranger", "purchase.group_purchase_manager", other
        )
        goal = self._goal()
        for records in (goal, goal.period_ids):
            theirs = self._as(records.browse(), "stranger")
            self.assertFalse(theirs.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                theirs.browse(records.ids).read(["display_name"])
        with self.assertRaises(AccessError):
            self._as(goal, "stranger").retrieve_goal()

    # ------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------

    def test_incomplete(self):
        for vals, text in (
            ({"kpi_id": False}, "about a KPI"),
            ({"metric": "grade"}, "about a grade"),
            ({"scope": "tier"}, "say which"),
            ({"scope": "category"}, "say which"),
            ({"scope": "supplier"}, "say which"),
            ({"kpi_id": self.kpis["days_late"].id}, "does not weigh the KPI"),
            ({"metric": "savings"}, "does not weigh the KPI Price change"),
            ({"metric": "certified"}, "does not weigh the KPI"),
            ({"target": 50}, "worse than the baseline"),
            ({"metric": "score", "target": 101}, "between 0 and 100"),
        ):
            with (
                self.subTest(vals=vals),
                self.assertRefused(text, ValidationError),
                self.env.cr.savepoint(),
            ):
                self._goal(**vals)

    def test_dates_in_order(self):
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._goal(date="2026-01-31")

    def test_owner_sees_suppliers(self):
        nobody = self._create_user("goal_nobody", "base.group_user")
        with self.assertRefused("does not see the suppliers", ValidationError):
            self._goal(user_id=nobody.id)

    # ------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------

    def test_measured_anew_when_opened(self):
        """Who came into the tier since counts, though nothing was stored again."""
        tier = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        goal = self._goal(scope="tier", tier_id=tier.id)
        self.late_supplier.with_company(self.company).supplier_tier_id = tier
        self.assertEqual(goal.status, "no_data")
        with freeze_time("2026-04-10"):
            shown = self._as(goal, "buyer").retrieve_goal()
        self.assertEqual((shown["status"], shown["actual_text"]), ("behind", "0.0 %"))
        self.assertEqual(
            shown["measured"], "On-time delivery: Strategic, weighed by spend"
        )
        self.assertEqual(shown["goal_text"], "at least 90.0 % by 12/31/2026")
        first, last = shown["periods"]
        self.assertEqual(first["label"], "February 2026")
        self.assertEqual((first["is_on_track"], last["is_on_track"]), (True, False))
        self.assertEqual((last["count"], last["left_out"]), (1, 0))

    def test_the_newest_figure_as_baseline(self):
        goal = self._goal()
        self._as(goal, "manager").action_take_baseline()
        self.assertEqual(
            (goal.baseline, str(goal.date_baseline)), (66.67, "2026-03-31")
        )

    def test_on_the_overview(self):
        self.assertEqual(self._overview("buyer")["goals"], {"items": [], "total": 0})
        goal = self._goal()
        self._goal(name="Long ago", date_baseline="2020-01-31", date="2020-12-31")
        with freeze_time("2026-04-10"):
            [shown] = self._overview("buyer")["goals"]["items"]
        self.assertEqual(shown["id"], goal.id)
        self.assertEqual(shown["status"], "on_track")
        self.assertEqual([round(one) for one in shown["values"]], [100, 67])
        self.assertEqual(shown["status_label"], "On track")
        for index in range(9):
            self._goal(name=f"More {index}")
        with freeze_time("2026-04-10"):
            shown = self._overview("buyer")["goals"]
        self.assertEqual((len(shown["items"]), shown["total"]), (8, 10))

    def test_goals_of_the_companies_that_are_chosen(self):
        other = self._publish_elsewhere()
        self._goal()
        self._goal(name="Theirs", company_id=other.id)
        both = self.people["manager"]
        names = {one["name"] for one in self._overview("manager")["goals"]["items"]}
        self.assertEqual(names, {"On time", "Theirs"})
        both.company_ids = [Command.set(self.company.ids)]
        [shown] = self._overview("manager")["goals"]["items"]
        self.assertEqual(shown["company_id"], self.company.id)

    def test_statements_of_the_overview_do_not_grow(self):
        cards = self._as(self.env["supplier.scorecard"], "buyer")
        self._goal()
        for _turn in range(2):
            self._statements_of(cards.retrieve_overview)
        few = self._statements_of(cards.retrieve_overview)
        for index in range(5):
            self._goal(name=f"More {index}")
        self.assertEqual(self._statements_of(cards.retrieve_overview), few)
