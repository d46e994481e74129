from odoo.tests import HttpCase, tagged

from .common import GoalCommon


@tagged("post_install", "-at_install")
class TestGoalTours(GoalCommon, HttpCase):
    browser_size = "1366x768"

    def test_manager_sets_a_goal(self):
        """And finds it on the overview, with its periods behind it."""
        self.template.sets_vendor_score = True
        self.start_tour(
            "/odoo/supplier-goals/new",
            "supplier_evaluation_goal",
            login="goal_manager",
        )
        goal = self.env["supplier.goal"].search([("company_id", "=", self.company.id)])
        self.assertEqual((goal.name, goal.target), ("Punctual", 95))

    def test_buyer_on_a_phone(self):
        self._goal(date="2036-12-31")
        self.browser_size = "390x844"
        self.start_tour(
            "/odoo/suppliers", "supplier_evaluation_goal_read", login="goal_buyer"
        )
