from lxml import html

from odoo.tests import tagged

from ...tools.empty_list import FOR, help_for
from ...tools.groups import APPROVER_GROUP, USER_GROUP
from ..common import BUYER, MANAGER, REVIEWER, PeopleCommon

ROOT = "supplier_evaluation.supplier_root_menu"
PURCHASE = "purchase.menu_purchase_root"
STOCK_USER = "stock.group_stock_user"
WORK = [
    "Overview",
    "Suppliers",
    "Scorecards",
    "Alerts",
    "Incidents",
    "Reviews",
    "Certifications",
    "Documents",
    "Analysis",
    "Manage",
]
# What each finds in the bar of the app; the first is what it opens on.
BARS = {
    "reviewer": ["Reviews"],
    "reviewer_in_stock": ["Reviews"],
    "quality": WORK,
    "approver": WORK,
    "buyer": WORK,
    "manager": [*WORK, "Configuration"],
}


@tagged("post_install", "-at_install")
class TestMenus(PeopleCommon):
    """Each role finds what it may do, and opens the app on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.people = cls._create_people(
            "menus",
            {
                "reviewer": REVIEWER,
                "reviewer_in_stock": f"{REVIEWER},{STOCK_USER}",
                "quality": f"{USER_GROUP},{STOCK_USER}",
                "approver": APPROVER_GROUP,
                "buyer": BUYER,
                "manager": MANAGER,
                "clerk": "account.group_account_invoice",
            },
        )

    def _loaded(self, name):
        """Return the menus of a user, by their external ids."""
        menus = self.env["ir.ui.menu"].with_user(self.people[name]).load_menus(False)
        self.by_id = menus
        return {menu["xmlid"]: menu for menu in menus.values() if menu.get("xmlid")}

    def test_bar_of_the_app(self):
        for name, labels in BARS.items():
            with self.subTest(user=name):
                root = self._loaded(name)[ROOT]
                bar = [self.by_id[child]["name"] for child in root["children"]]
                self.assertEqual(bar, labels)

    def test_who_is_no_buyer_is_not_led_to_purchase(self):
        for name in self.people:
            with self.subTest(user=name):
                loaded = self._loaded(name)
                self.assertEqual(PURCHASE in loaded, name in ("buyer", "manager"))
                self.assertEqual(ROOT in loaded, name != "clerk")

    def test_buyers_find_it_in_purchase(self):
        entry = self._loaded("buyer")["supplier_evaluation.supplier_menu"]
        self.assertEqual(entry["app_id"], self.env.ref(PURCHASE).id)
        self.assertFalse(entry["children"])

    def test_reviewers_have_one_entry_and_it_is_theirs(self):
        reviews = self._loaded("reviewer")["supplier_evaluation.supplier_review_menu"]
        action = self.env[reviews["action_model"]].browse(reviews["action_id"])
        self.assertEqual(action.sudo().res_model, "supplier.review")

    def test_managers_alone_import_and_configure(self):
        for xmlid in (
            "supplier_evaluation.supplier_history_import_menu",
            "supplier_evaluation.supplier_kpi_menu",
        ):
            self.assertIn(xmlid, self._loaded("manager"))
            self.assertNotIn(xmlid, self._loaded("buyer"))

    def test_every_entry_opens_a_list_with_a_text_and_cards(self):
        """An empty list says why, and what mends it; a phone shows cards."""
        root = self.env.ref(ROOT)
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", root.id), ("action", "!=", False)]
        )
        actions = {
            action
            for action in menus.mapped("action")
            if action._name == "ir.actions.act_window"
            and action.res_model.startswith("supplier.")
            and action.target != "new"
        }
        self.assertGreater(len(actions), 30)
        for action in actions:
            with self.subTest(action=action.name):
                self.assertIn("kanban", action.view_mode.split(","))
                text = html.fragment_fromstring(action.help, create_parent="div")
                self.assertTrue(text.find_class("o_view_nocontent_smiling_face"))
                links = [link.get("href") for link in text.iter("a")]
                self.assertTrue(links)
                for link in links:
                    self._assert_opens(link)

    def _assert_opens(self, link):
        """The address is that of an action that exists."""
        place = link.removeprefix("/odoo/").removesuffix("/new")
        if place.startswith("action-"):
            self.assertTrue(self.env.ref(place.removeprefix("action-")))
        else:
            found = self.env["ir.actions.actions"].search([("path", "=", place)])
            self.assertTrue(found, link)

    def test_no_empty_list_offers_what_is_refused(self):
        action = self.env.ref("supplier_evaluation.supplier_scorecard_action")
        for name, shown in (("manager", True), ("buyer", False), ("quality", False)):
            with self.subTest(user=name):
                model = self.env["supplier.scorecard"].with_user(self.people[name])
                text = str(model.get_empty_list_help(action.help))
                self.assertIn("No scorecard yet", text)
                self.assertEqual("supplier-evaluations/new" in text, shown)

    def test_marks_in_empty_lists_are_known_and_heeded(self):
        marked = 0
        for action in self.env["ir.actions.act_window"].search(
            [("res_model", "=like", "supplier.%"), ("help", "!=", False)]
        ):
            marks = self._marks(action.help)
            self.assertLessEqual(marks, set(FOR), action.name)
            if marks:
                marked += 1
                model = self.env[action.res_model].with_user(self.people["quality"])
                left = self._marks(model.get_empty_list_help(action.help))
                self.assertFalse(left, action.name)
        self.assertGreater(marked, 10)

    def test_text_around_what_is_for_some_only_stays(self):
        env = self.env["supplier.scorecard"].with_user(self.people["quality"]).env
        text = 'First &amp; <p class="o_supplier_for_managers">Secret</p>last'
        self.assertEqual(help_for(env, text), "First &amp; last")

    def _marks(self, text):
        """Return the classes in a help that say for whom a part of it is."""
        root = html.fragment_fromstring(str(text), create_parent="div")
        return {
            name
            for node in root.iter()
            for name in (node.get("class") or "").split()
            if name.startswith("o_supplier_for_")
        }
