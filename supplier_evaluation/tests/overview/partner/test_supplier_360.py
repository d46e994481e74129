from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import Supplier360Common

ACTIONS = ("ir.actions.act_window", "ir.actions.report", "ir.actions.client")
SEEING = ("buyer", "approver", "manager", "quality")


@tagged("post_install", "-at_install")
class TestSupplier360(Supplier360Common):
    """The first tab of a vendor: what there is to know of it, for each role."""

    # ------------------------------------------------------------
    # The strip
    # ------------------------------------------------------------

    def test_score_and_grade(self):
        chip = self._chip("score")
        self.assertEqual(float(chip["value"]), round(self.card.score, 1))
        self.assertEqual(chip["grade"]["name"], self.card.grade_id.name or "")
        self.assertIn("March 2026", chip["note"])

    def test_running_period_beside_the_published_one(self):
        published = self._chip("score")
        self.assertIsNone(self._chip("so_far"))
        line = self._order(10, 5, "2026-04-10", confirmed="2026-04-01")
        self._receive(line, "2026-04-10")
        with freeze_time("2026-04-20 04:00:00"):
            self.template.action_look_at_running()
            chip = self._chip("so_far")
            self.assertEqual(self._chip("score"), published)
        self.assertEqual(chip["value"], "100.0")
        self.assertEqual(chip["note"], "April 2026, provisional")

    def test_no_scorecard(self):
        chip = self._chip("score", partner=self.bad_supplier)
        self.assertEqual(chip["value"], "No scorecard yet")
        self.assertEqual(self._view(partner=self.bad_supplier)["history"], [])

    def test_contact_shows_its_company(self):
        contact = self._create_contact("Desk")
        self.assertEqual(self._view(partner=contact)["id"], self.supplier.id)

    def test_on_time_is_that_of_the_scorecard(self):
        self.assertEqual(self._chip("on_time")["value"], "100 %")

    def test_open_incidents(self):
        chip = self._chip("incidents")
        self.assertEqual((chip["value"], chip["note"]), ("1", "1 overdue"))
        action = self._as(self.supplier, "buyer").action_open_supplier_open_incidents()
        self.assertEqual(action["domain"], [("id", "in", self.incident.ids)])
        self.incident.state = "resolved"
        chip = self._chip("incidents")
        self.assertEqual((chip["value"], chip["note"], chip["method"]), ("0", "", ""))

    def test_stage(self):
        self.assertIsNone(self._chip("stage"))
        stage = self.env.ref("supplier_evaluation.supplier_stage_blocked")
        self._set(self.supplier, supplier_stage_id=stage.id)
        self.assertEqual(self._chip("stage")["value"], stage.name)

    def test_documents(self):
        self.env["supplier.document.type"].search([]).active = False
        self.assertIsNone(self._chip("documents"))
        self.env["supplier.document.type"].create(
            {"name": "Licence", "code": "s360", "is_required": True}
        )
        self.supplier.supplier_rank = 1
        self.assertEqual(self._chip("documents")["value"], "0 of 1")
        self.assertIn("Licence: Missing", self._texts("risks", kind="document"))
        step = self._view()["steps"][0]
        self.assertEqual(step["method"], "action_add_supplier_document")
        action = self._as(self.supplier, "buyer").action_add_supplier_document()
        self.assertEqual(action["context"]["default_partner_id"], self.supplier.id)

    def test_spend_and_share(self):
        other = self._create_supplier("Other")
        category = self.env["product.category"].create({"name": "Bolts"})
        self.product.categ_id = category
        self._late_order(1)
        self._late_order(1, partner=other)
        self._late_order(1, partner=other)
        self._late_order(1, partner=other)
        self.assertEqual(self._chip("spend")["value"].split()[-1], "100")
        share = self._chip("share")
        self.assertEqual((share["value"], share["note"]), ("40 %", "Bolts"))

    def test_spend_of_another_company_is_not_ours(self):
        before = self._chip("spend")["value"]
        other = self._create_company("Other Works", "UTC", "USD")
        self._late_order(1, company=other)
        self.assertEqual(self._chip("spend")["value"], before)

    # ------------------------------------------------------------
    # Scores and marks
    # ------------------------------------------------------------

    def test_history_and_dimensions(self):
        view = self._view()
        [point] = view["history"]
        self.assertEqual(point["id"], self.card.id)
        self.assertEqual(point["score"], self.card.score)
        self.assertEqual(point["label"], "March 2026")
        parts = self.card.dimension_ids
        self.assertEqual(
            [(one["key"], one["score"]) for one in view["dimensions"]],
            [(one.dimension, one.score) for one in parts],
        )

    def test_findings_are_the_first_of_the_scorecard(self):
        findings = self._view()["findings"]
        said = self._as(self.card, "buyer")._findings()[:3]
        self.assertTrue(said)
        self.assertEqual(
            [one["text"] for one in findings], [one["text"] for one in said]
        )
        self.assertEqual(self._view(partner=self.bad_supplier)["findings"], [])

    def test_marks_of_the_year(self):
        self._override(partner=self.supplier)
        kinds = {mark["kind"]: mark for mark in self._view()["marks"]}
        self.assertEqual(kinds["incident"]["id"], self.incident.id)
        self.assertIn("Only source of the bolt", kinds["override"]["text"])
        self.incident.date_opened -= timedelta(days=400)
        kinds = {mark["kind"] for mark in self._view()["marks"]}
        self.assertNotIn("incident", kinds)

    def test_price_rise_is_a_mark(self):
        self._late_order(20)
        line = self._order(
            10,
            6,
            self.today.isoformat(),
            confirmed=(self.today - timedelta(days=5)).isoformat(),
        )
        [mark] = [one for one in self._view()["marks"] if one["kind"] == "price"]
        self.assertIn("Bolt", mark["text"])
        self.assertIn("20 % more", mark["text"])
        self.assertEqual(
            (mark["model"], mark["id"]), ("purchase.order", line.order_id.id)
        )

    # ------------------------------------------------------------
    # Risks
    # ------------------------------------------------------------

    def test_late_and_near_orders(self):
        late, near = self._late_order(6), self._late_order(-2)
        self._late_order(-30)
        texts = self._texts("risks", kind="order")
        self.assertEqual(len(texts), 2)
        self.assertIn(late.order_id.name, texts[0])
        self.assertIn("(days late: 6)", texts[0])
        self.assertIn(near.order_id.name, texts[1])
        self.assertIn("has to come by", texts[1])
        self._receive(late, self.today.isoformat())
        self.assertEqual(len(self._texts("risks", kind="order")), 1)

    def test_many_late_orders_are_one_click_away(self):
        lines = self.env["purchase.order.line"].union(
            *(self._late_order(number + 1) for number in range(7))
        )
        risks = [one for one in self._view()["risks"] if one["kind"] == "order"]
        self.assertEqual(len(risks), 6)
        self.assertEqual(risks[-1]["text"], "All 7 open lines late or due")
        action = getattr(self._as(self.supplier, "buyer"), risks[-1]["method"])()
        [(_name, _operator, ids)] = action["domain"]
        self.assertEqual(set(ids), set(lines.ids))

    def test_single_source(self):
        self._late_order(1)
        [text] = self._texts("risks", kind="source")
        self.assertEqual(text, "No alternative for Bolt")
        self.assertEqual(self._chip("single")["value"], "1 product")
        self._late_order(1, partner=self._create_supplier("Backup"))
        self.assertEqual(self._texts("risks", kind="source"), [])
        self.assertEqual(self._chip("single")["value"], "0 products")

    def test_documents_that_expire(self):
        kind = self.env["supplier.document.type"].create(
            {"name": "Permit", "code": "s360_permit"}
        )
        documents = self.env["supplier.document"].create(
            [
                {
                    "type_id": kind.id,
                    "partner_id": self.supplier.id,
                    "number": str(days),
                    "date_to": self.today + timedelta(days=days),
                }
                for days in (20, 200)
            ]
        )
        risks = [one for one in self._view()["risks"] if one["kind"] == "document"]
        risks = [one for one in risks if "Permit" in one["text"]]
        self.assertEqual([one["id"] for one in risks], documents[0].ids)
        self.assertIn("(days left: 20)", risks[0]["text"])

    def test_policy_and_its_consequence(self):
        self.assertEqual(self._texts("risks", kind="policy"), [])
        self._block_stage()
        self._set(self.supplier, supplier_stage_id=self.blocked_stage.id)
        [risk] = [one for one in self._view()["risks"] if one["kind"] == "policy"]
        self.assertEqual(risk["method"], "")
        [text] = self._texts("risks", kind="policy")
        self.assertIn("Orders are blocked. No blocked suppliers", text)
        self._override(partner=self.supplier)
        [text] = self._texts("risks", kind="policy")
        self.assertIn("pass for now. Overridden by Gate Approver until", text)

    # ------------------------------------------------------------
    # Next steps, by role
    # ------------------------------------------------------------

    def _steps(self, user):
        return {step["method"] for step in self._view(user)["steps"]}

    def test_steps_by_role(self):
        order, stage = "action_new_supplier_order", "action_change_supplier_stage"
        self.assertLessEqual({order}, self._steps("buyer"))
        self.assertNotIn(stage, self._steps("buyer"))
        self.assertLessEqual({order, stage}, self._steps("manager"))
        self.assertNotIn(order, self._steps("quality"))
        for user in SEEING:
            self.assertIn("action_report_supplier_incident", self._steps(user))

    def test_only_an_approver_is_offered_to_override(self):
        self._block_stage()
        self._set(self.supplier, supplier_stage_id=self.blocked_stage.id)
        override = "action_override_supplier_policies"
        self.assertIn(override, self._steps("approver"))
        self.assertNotIn(override, self._steps("buyer"))

    def test_every_step_opens(self):
        for user in SEEING:
            vendor = self._as(self.supplier, user)
            for method in self._steps(user):
                self.assertIn(getattr(vendor, method)()["type"], ACTIONS, method)

    def test_every_chip_and_list_opens(self):
        self._late_order(1)
        for user in SEEING:
            vendor, view = self._as(self.supplier, user), self._view(user)
            methods = {one["method"] for one in (*view["chips"], *view["lists"])}
            self.assertGreater(len(methods), 4)
            for method in filter(None, methods):
                self.assertIn(getattr(vendor, method)()["type"], ACTIONS, method)

    # ------------------------------------------------------------
    # The timeline, lists and goods
    # ------------------------------------------------------------

    def test_timeline(self):
        vendor = self.supplier.with_company(self.company)
        vendor.supplier_tier_id = self.tier
        self._override(partner=self.supplier).with_user(self.approver).action_revoke()
        picking = self._receive(self._late_order(5), "2026-11-20")
        self._return(picking, "2026-11-21", 1)
        events = self._view()["timeline"]
        kinds = {event["kind"] for event in events}
        self.assertLessEqual(
            {"scorecard", "incident", "tier", "override", "return"}, kinds
        )
        days = [event["date"] for event in events]
        self.assertEqual(days, sorted(days, reverse=True))
        for event in events:
            self.assertTrue(self.env[event["model"]].browse(event["id"]).exists())
        self.assertTrue(
            any("revoked by Gate Approver" in event["text"] for event in events)
        )

    def test_lists_show_five(self):
        self.env["supplier.incident"].create(
            [
                {
                    "title": f"Again {number}",
                    "partner_id": self.supplier.id,
                    "company_id": self.company.id,
                }
                for number in range(6)
            ]
        )
        lists = {one["key"]: one for one in self._view()["lists"]}
        self.assertEqual(len(lists["incidents"]["rows"]), 5)
        self.assertTrue(lists["incidents"]["more"])
        self.assertEqual(lists["orders"]["rows"][0]["id"], self.line.order_id.id)

    def test_goods(self):
        self._late_order(1)
        [good] = self._view()["goods"]
        self.assertEqual(good["name"], "Bolt")
        self.assertEqual((good["on_hand"], good["incoming"]), ("10", "10"))
        self.assertEqual(good["others"], 0)

    # ------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------

    def test_who_sees_it(self):
        for user in SEEING:
            self.assertTrue(self._view(user)["chips"], user)
        for user in ("reviewer", "nobody"):
            with self.assertRefused("may not see", AccessError):
                self._view(user)

    def test_without_rights_on_orders_they_are_left_out(self):
        self._late_order(6)
        view = self._view("quality")
        self.assertNotIn("order", {one["kind"] for one in view["risks"]})
        self.assertNotIn("orders", {one["key"] for one in view["lists"]})
        for one in (*view["marks"], *view["timeline"], *view["risks"]):
            self.assertNotEqual(one["model"], "purchase.order")

    def test_another_company_shows_nothing_of_this_one(self):
        other = self._create_company("Other Works", "UTC", "USD")
        self.buyer.company_ids |= other
        vendor = self.supplier.with_user(self.buyer)
        view = vendor.with_context(allowed_company_ids=other.ids).retrieve_360()
        self.assertEqual(view["history"], [])
        self.assertEqual(view["timeline"], [])
        self.assertEqual(view["risks"], [])
        chips = {one["key"]: one["value"] for one in view["chips"]}
        self.assertEqual(chips["incidents"], "0")

    def test_form_opens_for_everybody(self):
        for user in (*SEEING, "reviewer", "nobody"):
            partners = self._as(self.env["res.partner"], user)
            views = partners.get_views([(False, "form")])
            arch = views["views"]["form"]["arch"]
            for name in ("supplier_strip", "supplier_360", "supplier_evaluation"):
                self.assertEqual(f'name="{name}"' in arch, user in SEEING, (user, name))
            names = views["models"]["res.partner"]["fields"]
            vendor = self._as(self.supplier, user)
            self.assertEqual(vendor.read(list(names))[0]["id"], vendor.id)

    def test_who_is_a_vendor(self):
        stranger = self._as(self._create_supplier("Stranger"), "buyer")
        self.assertFalse(stranger.supplier_is_vendor)
        self.assertTrue(self._as(self.supplier, "buyer").supplier_is_vendor)
        asked = self._create_supplier("Asked")
        self._draft(asked)
        self.assertTrue(self._as(asked, "buyer").supplier_is_vendor)
        billed = self._create_supplier("Billed", supplier_rank=1)
        self.assertTrue(self._as(billed, "buyer").supplier_is_vendor)

    # ------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------

    def test_statements_do_not_grow_with_what_happened(self):
        def much(count):
            for number in range(count):
                product = self._create_product(f"Part {number}")
                self._late_order(number + 1, product=product)
                self._order(1, 2 + number, "2026-11-20", confirmed="2026-11-01")
            self.env["supplier.incident"].create(
                [
                    {
                        "title": f"Again {number}",
                        "partner_id": self.supplier.id,
                        "company_id": self.company.id,
                    }
                    for number in range(count)
                ]
            )
            for _number in range(count):
                self._override(partner=self.supplier)

        # More of each than a screen shows at once.
        much(12)
        counts = []
        for count in (0, 12):
            much(count)
            self._view()  # rights are known from here on
            self.env.invalidate_all()
            vendor = self._as(self.supplier, "buyer")
            before = self.env.cr.sql_log_count
            vendor.retrieve_360()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
