from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...tools.groups import APPROVER_GROUP, USER_GROUP
from ..common import BUYER, MANAGER, REVIEWER, PeopleCommon

STOCK_USER = "stock.group_stock_user"
ROOT = "supplier_evaluation.supplier_root_menu"


@tagged("post_install", "-at_install")
class TestStartPage(PeopleCommon):
    """The app opens for each role on what it does first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.people = cls._create_people(
            "page",
            {
                "reviewer": REVIEWER,
                "quality": f"{USER_GROUP},{STOCK_USER}",
                "approver": APPROVER_GROUP,
                "buyer": BUYER,
                "manager": MANAGER,
                "nobody": "base.group_user",
            },
        )

    def _opens_on(self, name):
        """Return what opens with the app, as the client runs it."""
        user = self.people[name]
        menus = self.env["ir.ui.menu"].with_user(user).load_web_menus(False)
        app = menus[self.env.ref(ROOT).id]
        self.assertEqual(app["actionModel"], "ir.actions.server")
        action = self.env["ir.actions.server"].with_user(user).browse(app["actionID"])
        return action.run()["path"]

    def test_roles(self):
        for name, path in (
            ("reviewer", "supplier-reviews"),
            ("quality", "supplier-incidents"),
            ("approver", "supplier-certification-work"),
            ("buyer", "suppliers"),
            ("manager", "suppliers"),
        ):
            with self.subTest(user=name):
                self.assertEqual(self._opens_on(name), path)

    def test_own_choice(self):
        for name, page, path in (
            ("reviewer", "overview", "supplier-reviews"),
            ("quality", "overview", "suppliers"),
            ("buyer", "scorecards", "supplier-scorecards"),
            ("buyer", "start", "suppliers"),
            ("manager", "start", "supplier-start"),
        ):
            user = self.people[name]
            user.with_user(user).write({"supplier_start_page": page})
            with self.subTest(user=name, page=page):
                self.assertEqual(self._opens_on(name), path)
                [own] = user.with_user(user).read(["supplier_start_page"])
                self.assertEqual(own["supplier_start_page"], page)

    def test_of_others_it_is_not_written(self):
        with self.assertRefused("not allowed", AccessError):
            self.people["manager"].with_user(self.people["buyer"]).write(
                {"supplier_start_page": "alerts"}
            )

    def test_who_has_no_right_opens_nothing(self):
        action = self.env.ref("supplier_evaluation.supplier_start_page_action")
        with self.assertRefused("enough access rights", AccessError):
            action.with_user(self.people["nobody"]).run()
