from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from ...tools.groups import APPROVER_GROUP
from ..common import BUYER
from .common import StartCommon

KEYS = [
    "zone",
    "template",
    "past",
    "reviewers",
    "approvers",
    "documents",
    "policies",
]
START = "odoo.addons.supplier_evaluation.models.start.supplier_start.SupplierStart"


@tagged("post_install", "-at_install")
class TestStart(StartCommon):
    """Each step says what is, what it changes, and changes that once."""

    def test_state_of_an_empty_company(self):
        data = self._retrieve()
        self.assertEqual([step["key"] for step in data["steps"]], KEYS)
        self.assertEqual(data["company"], "Golden Works")
        self.assertEqual(data["published"], 0)
        self.assertEqual(data["needed"], 5)
        for step in data["steps"]:
            with self.subTest(step=step["key"]):
                self.assertTrue(step["title"])
                self.assertTrue(step["now"])
                self.assertTrue(step["link"] or step["key"] == "approvers")
        for key in ("zone", "template", "past", "documents", "policies"):
            self.assertFalse(self._step(key)["is_done"], key)

    # ------------------------------------------------------------
    # Time zone
    # ------------------------------------------------------------

    def test_zone(self):
        line = self._order(10, 5, "2026-08-10", confirmed="2026-08-01")
        self._receive(line, "2026-08-09 20:00:00")
        step = self._step("zone")
        self.assertFalse(step["is_done"])
        self.assertIn("no time zone", step["now"][0])
        self.assertIn("USD", step["now"][1])
        self.assertIn("Asia/Shanghai", step["change"][0])
        self.assertIn("another day: 1.", step["change"][1])
        self.assertEqual(step["button"], "Take Asia/Shanghai")
        self._apply("zone")
        self.assertEqual(self.company.partner_id.tz, "Asia/Shanghai")
        step = self._step("zone")
        self.assertTrue(step["is_done"])
        self.assertFalse(step["button"])

    def test_money_is_called_as_the_reader_calls_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertIn("USD (US Dollar)", self._step("zone")["now"][1])
        reader = self._mine().with_context(lang="zh_CN")
        self.assertEqual(reader._name_of(self.company.currency_id), "美元")

    def test_zone_that_is_set_stays(self):
        self.company.partner_id.tz = "Europe/Berlin"
        self._apply("zone")
        self.assertEqual(self.company.partner_id.tz, "Europe/Berlin")

    def test_without_a_country_the_zone_of_the_user_is_proposed(self):
        self.company.country_id = False
        self.manager.tz = "Asia/Tokyo"
        self.assertEqual(self._step("zone")["button"], "Take Asia/Tokyo")

    # ------------------------------------------------------------
    # Template
    # ------------------------------------------------------------

    def test_without_orders_general_is_proposed(self):
        self.assertEqual(self._proposed("template"), self._preset("general").ids)

    def test_deliveries_alone(self):
        self._buy(["08"])
        self.assertEqual(self._proposed("template"), self._preset("delivery").ids)
        self.assertIn("last 12 months: 5,", self._step("template")["now"][1])

    def test_returns_make_it_general(self):
        line = self._order(10, 5, "2026-08-10", confirmed="2026-08-01")
        picking = self._receive(line, "2026-08-10")
        self._return(picking, "2026-08-12", 2)
        self.assertEqual(self._proposed("template"), self._preset("general").ids)
        self.assertIn("returns: 1,", self._step("template")["now"][1])

    def test_services(self):
        work = self._create_product("Cleaning", type="service", is_storable=False)
        self._buy(["08"], 1)
        self._buy(["07", "08"], 1, product=work)
        self.assertEqual(self._proposed("template"), self._preset("services").ids)

    def test_what_goes_to_customers_is_retail(self):
        self._buy(["08"], 1)
        self._move_to(self.env.ref("stock.stock_location_customers"))
        self.assertEqual(self._proposed("template"), self._preset("retail").ids)

    def test_what_goes_into_production_is_manufacturing(self):
        self._buy(["08"], 1)
        place = self.env["stock.location"].search(
            [("usage", "=", "production"), ("company_id", "=", self.company.id)],
            limit=1,
        )
        self._move_to(place)
        self.assertEqual(self._proposed("template"), self._preset("manufacturing").ids)

    def _move_to(self, place):
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 1,
                "location_id": self.env["stock.warehouse"]
                .search([("company_id", "=", self.company.id)], limit=1)
                .lot_stock_id.id,
                "location_dest_id": place.id,
                "company_id": self.company.id,
            }
        )
        move._action_confirm()
        move.quantity = 1
        move.picked = True
        move._action_done()

    def test_template_of_several_companies_is_copied_once(self):
        general = self._preset("general")
        self.assertIn("copied", " ".join(self._step("template")["change"]))
        self._apply("template", general.ids)
        chosen = self.company.supplier_start_template_id
        self.assertNotEqual(chosen, general)
        self.assertEqual(chosen.company_id, self.company)
        self.assertEqual(chosen.name, "General")
        self.assertTrue(chosen.is_scheduled)
        self.assertEqual(len(chosen.line_ids), len(general.line_ids))
        self.assertEqual(
            len(chosen.line_ids.point_ids), len(general.line_ids.point_ids)
        )
        self.assertFalse(general.is_scheduled)
        self.assertTrue(self._step("template")["is_done"])
        for choice in ((), chosen.ids, general.ids):
            self._apply("template", choice)
            self.assertEqual(self.company.supplier_start_template_id, chosen)
        self.assertEqual(
            self.env["supplier.scorecard.template"].search_count(
                [("company_id", "=", self.company.id)]
            ),
            1,
        )

    def test_template_of_the_only_company_is_taken_itself(self):
        general, delivery = self._preset("general"), self._preset("delivery")
        self.assertTrue(delivery.is_scheduled)
        chief = self._chief()
        with patch(f"{START}._is_only_company", lambda _self: True):
            chief.apply_step("template", general.ids)
        self.assertEqual(self.company.supplier_start_template_id, general)
        self.assertTrue(general.is_scheduled)
        self.assertFalse(delivery.is_scheduled)

    def _chief(self):
        """Who acts in every company."""
        companies = self.env["res.company"].search([])
        user = self._create_user(
            "start_chief",
            "purchase.group_purchase_manager",
            company_ids=[(6, 0, companies.ids)],
        )
        return (
            self.env["supplier.start"]
            .with_user(user)
            .with_context(allowed_company_ids=self.company.ids)
        )

    def test_what_cannot_be_chosen(self):
        with self.assertRefused("Choose something first"):
            self._apply("template")
        with self.assertRefused("cannot be chosen any more"):
            self._apply("template", [0])
        with self.assertRefused("no such step"):
            self._apply("write")

    # ------------------------------------------------------------
    # People
    # ------------------------------------------------------------

    def test_buyers_of_the_last_orders(self):
        buyer = self._create_user("start_buyer", BUYER)
        gone = self._create_user("start_gone", "base.group_user")
        other = self._create_supplier("Other")
        third = self._create_supplier("Third")
        third.buyer_id = self.manager
        self._buy(["07"], 1, user_id=self.manager.id)
        self._buy(["08"], 1, user_id=buyer.id)
        self._buy(["08"], 1, user_id=buyer.id, partner=third)
        self._buy(["08"], 1, user_id=gone.id, partner=other)
        step = self._step("reviewers")
        self.assertIn("have a buyer: 1 of 3", step["now"][1])
        self.assertIn("last order: 1.", step["change"][0])
        self.assertFalse(step["is_done"])
        for _twice in range(2):
            self._apply("reviewers")
            self.assertEqual(self.supplier.buyer_id, buyer)
            self.assertEqual(third.buyer_id, self.manager)
            self.assertFalse(other.buyer_id)
        step = self._step("reviewers")
        self.assertTrue(step["is_done"])
        self.assertFalse(step["button"])

    def test_who_is_asked_is_told(self):
        self._apply("template", self._preset("services").ids)
        self.assertIn("Buyer", self._step("reviewers")["now"][2])
        chosen = self.company.supplier_start_template_id
        chosen.questionnaire_id = False
        step = self._step("reviewers")
        self.assertFalse(step["is_done"])
        self.assertIn("nobody is asked", step["now"][2])

    def test_approvers(self):
        """Managers are approvers; who gives rights is an administrator."""
        step = self._step("approvers")
        self.assertFalse(step["is_done"])
        self.assertIn("may approve: 1 (Mona)", step["now"][0])
        self.assertIn("administrator", step["change"][0])
        self.assertFalse(step["button"])
        clerk = self._create_user("start_clerk", "base.group_user")
        with self.assertRefused("not allowed|administrator"):
            self._apply("approvers", clerk.ids)
        self.manager.group_ids |= self.env.ref("base.group_erp_manager")
        self.assertIn(
            clerk.id, [one["key"] for one in self._step("approvers")["options"]]
        )
        for _twice in range(2):
            self._apply("approvers", clerk.ids)
            self.assertTrue(clerk.has_group(APPROVER_GROUP))
        self.assertTrue(self._step("approvers")["is_done"])

    # ------------------------------------------------------------
    # What can wait
    # ------------------------------------------------------------

    def test_documents(self):
        self._buy(["08"], 1)
        types = self.env["supplier.document.type"]
        licence = self.env.ref(
            "supplier_evaluation.supplier_document_type_business_licence"
        )
        types.search([]).is_required = False
        self.assertIn("shared by all companies", self._step("documents")["change"][0])
        with self.assertRefused("shared by all companies"):
            self._apply("documents", licence.ids)
        chief = self._chief()
        step = chief._describe_documents(chief._records())
        [proposed] = [one for one in step["options"] if one["is_proposed"]]
        self.assertEqual(proposed["key"], licence.id)
        self.assertIn("1 of 1 suppliers have none", proposed["text"])
        for _twice in range(2):
            chief.apply_step("documents", licence.ids)
            self.assertEqual(types.search([("is_required", "=", True)]), licence)
        self.assertTrue(self._step("documents")["is_done"])

    def test_policies_warn_first(self):
        blocked = self.env.ref("supplier_evaluation.supplier_stage_blocked")
        policy = self.env.ref("supplier_evaluation.supplier_purchase_policy_blocked")
        self._buy(["08"], 1)
        self._buy(["08"], 1, partner=self._create_supplier("Other"))
        self.supplier.with_company(self.company)._set_supplier_stage(blocked, "Fraud")
        options = {one["key"]: one for one in self._step("policies")["options"]}
        self.assertIn("1 of 2 suppliers", options[policy.id]["text"])
        for _twice in range(2):
            self._apply("policies", policy.ids)
        mine = self.env["supplier.purchase.policy"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(mine.mapped("name"), [policy.name])
        self.assertEqual(mine.effect, "warn")
        self.assertEqual(mine.date_from, date(2026, 9, 20))
        self.assertFalse(policy.active)
        self.assertTrue(self._step("policies")["is_done"])

    def test_policy_of_a_grade_hits_nobody_who_is_provisional(self):
        policy = self.env.ref("supplier_evaluation.supplier_purchase_policy_grade_d")
        self._buy(["08"], 1)
        options = {one["key"]: one for one in self._step("policies")["options"]}
        self.assertIn("0 of 1 suppliers", options[policy.id]["text"])
