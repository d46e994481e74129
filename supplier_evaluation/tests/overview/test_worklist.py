from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.gate.asking import ASKED_TYPE
from ...tools.groups import APPROVER_GROUP
from ..alert.common import AlertCommon
from ..certification.common import CertificationCommon
from ..common import BUYER
from ..gate.common import PurchaseGateCommon
from ..review.common import NOW, ReviewCommon


@tagged("post_install", "-at_install")
class TestWorklist(CertificationCommon):
    """What waits for somebody, in one list."""

    def _worklist(self, user):
        overview = self._as(self.env["supplier.scorecard"], user).retrieve_overview()
        return overview["worklist"]

    def _items(self, user, kind):
        return [item for item in self._worklist(user)["items"] if item["kind"] == kind]

    def test_nothing(self):
        user = self._create_user("work_nobody", "purchase.group_purchase_user")
        worklist = self._worklist(user)
        self.assertEqual(worklist, {"items": [], "total": 0, "late": 0, "kinds": []})

    def test_decide(self):
        certification = self._in_approval()
        for user in certification.waiting_user_ids:
            [item] = self._items(user, "decide")
            self.assertEqual(item["model"], "supplier.certification")
            self.assertEqual(item["id"], certification.id)
            self.assertIn(certification.name, item["text"])
            self.assertFalse(item["due"])
        for name in ("submitter", "colleague", "stranger"):
            self.assertEqual(self._items(name, "decide"), [])

    def test_incidents_of_mine(self):
        today = fields.Date.today()
        user = self._create_user("work_owner", "purchase.group_purchase_user")
        incidents = self.env["supplier.incident"].create(
            [
                {
                    "title": f"Due in {days}",
                    "partner_id": self.supplier.id,
                    "company_id": self.company.id,
                    "user_id": user.id,
                    "date_due": today + timedelta(days=days),
                }
                for days in (5, -3)
            ]
        )
        worklist = self._worklist(user)
        self.assertEqual(
            [(item["id"], item["days_late"]) for item in worklist["items"]],
            [(incidents[1].id, 3), (incidents[0].id, -5)],
        )
        self.assertEqual((worklist["total"], worklist["late"]), (2, 1))
        [kind] = worklist["kinds"]
        self.assertEqual(
            self.env[kind["model"]].search(kind["domain"]), incidents.sorted()
        )
        incidents.state = "resolved"
        self.assertEqual(self._worklist(user)["total"], 0)

    def test_documents(self):
        """Verified by others than who entered it; renewed by its owner."""
        user = self._create_user("work_documents", "purchase.group_purchase_manager")
        document = self._document(verified=False)
        document.write(
            {"user_id": user.id, "date_to": fields.Date.today() + timedelta(days=20)}
        )
        [item] = self._items(user, "renew")
        self.assertEqual((item["id"], item["days_late"]), (document.id, -20))
        [item] = self._items(user, "verify")
        self.assertEqual(item["id"], document.id)

    def _move_away(self):
        """The supplier belongs to a company in which nobody here works."""
        self.supplier.sudo().company_id = self._create_company(
            "Moved Works", "Asia/Shanghai", "USD"
        )
        self.env.invalidate_all()

    def test_documents_of_a_supplier_of_another_company(self):
        """What waits stays in the list, with the name of its supplier."""
        owner = self._create_user("work_moved", "purchase.group_purchase_manager")
        certification = self._submitted()
        document = self._document(verified=False)
        document.write(
            {"user_id": owner.id, "date_to": fields.Date.today() + timedelta(days=20)}
        )
        self._move_away()
        for user, kind, record in (
            ("manager", "check", certification),
            (owner, "renew", document),
            (owner, "verify", document),
        ):
            texts = {item["id"]: item["text"] for item in self._items(user, kind)}
            self.assertIn("Golden Supplier", texts[record.id], kind)

    def test_decide_on_a_supplier_of_another_company(self):
        certification = self._in_approval()
        [user, *_others] = certification.waiting_user_ids
        self._move_away()
        [item] = self._items(user, "decide")
        self.assertIn("Golden Supplier", item["text"])


@tagged("post_install", "-at_install")
class TestFollowingWorklist(AlertCommon):
    """Alerts, steps, tiers and shares wait for those who decide."""

    def _kinds(self, user):
        self.env.invalidate_all()
        cards = self._as(self.env["supplier.scorecard"], user)
        worklist = cards.retrieve_overview()["worklist"]
        for kind in worklist["kinds"]:
            model = self._as(self.env[kind["model"]], user)
            self.assertEqual(model.search_count(kind["domain"]), kind["count"])
        return {
            item["kind"]: (item["model"], item["id"], item["text"])
            for item in worklist["items"]
        }

    def test_alert(self):
        alert = self._alert()
        model, record, text = self._kinds("buyer")["alert"]
        self.assertEqual((model, record), (alert._name, alert.id))
        self.assertIn("The score: 70.0, below 80.0", text)
        self.assertNotIn("alert", self._kinds("colleague"))
        alert._resolve("ok")
        self.assertNotIn("alert", self._kinds("buyer"))

    def test_step(self):
        action = self.env["supplier.corrective.action"]._open(
            self.supplier, self.company, "Late"
        )
        model, record, text = self._kinds("buyer")["step"]
        self.assertEqual((model, record), (action._name, action.id))
        self.assertIn(action.name, text)
        self.assertNotIn("step_answer", self._kinds("buyer"))
        step = action.step_ids[3]
        step._answer("<p>Stopped</p>")
        model, record, text = self._kinds("buyer")["step_answer"]
        self.assertEqual((model, record), (action._name, action.id))
        self.assertIn("Accept or reject the answer to D3 Containment", text)
        self.assertNotIn("step_answer", self._kinds("colleague"))
        self._as(step, "buyer")._answer("<p>Stopped now</p>")
        self.assertNotIn("step_answer", self._kinds("buyer"), "their own answer")
        self.company.supplier_8d_alone = True
        self.assertIn("step_answer", self._kinds("buyer"))
        step.user_id = False
        self.assertIn("step_answer", self._kinds("buyer"), "of its action's owner")
        action.step_ids._write_guarded({"state": "accepted"})
        self.assertFalse({"step", "step_answer"} & self._kinds("buyer").keys())

    def test_days_are_those_of_the_user(self):
        """Due on the eleventh at one o'clock in Shanghai."""
        self.people["buyer"].tz = "Asia/Shanghai"
        with freeze_time("2026-03-10 17:00:00"):
            action = self.env["supplier.corrective.action"]._open(
                self.supplier, self.company, "Late"
            )
        action.step_ids[1:].user_id = self.people["colleague"]
        action.step_ids[0].date_due = "2026-03-10 17:00:00"
        cards = self._as(self.env["supplier.scorecard"], "buyer")
        for now, late in (("2026-03-11 15:00:00", 0), ("2026-03-11 17:00:00", 1)):
            with freeze_time(now):
                work = cards.retrieve_overview()["worklist"]
            [item] = work["items"]
            self.assertEqual((item["due"], item["days_late"]), ("2026-03-11", late))
            self.assertEqual(work["late"], late)

    def test_tier(self):
        tier = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        self._as(self.env["supplier.tier.proposal"], "buyer")._propose(
            self.company, {self.supplier: (tier, "x")}
        )
        self.assertIn("Strategic", self._kinds("manager")["tier"][2])
        self.assertNotIn("tier", self._kinds("buyer"))

    def test_share(self):
        allocation = self.env["supplier.allocation"].create(
            {"product_id": self.product.id, "company_id": self.company.id}
        )
        lines = self.env["supplier.allocation.line"]._unguarded()
        lines.create(
            {
                "allocation_id": allocation.id,
                "partner_id": self.supplier.id,
                "share": 100,
            }
        )
        self.assertEqual(self._kinds("manager")["share"][1], allocation.id)


@tagged("post_install", "-at_install")
class TestSuspensionWorklist(CertificationCommon):
    def test_suspension(self):
        certification = self._in_approval()
        certification._transition("certified", "x")
        self.env["supplier.certification"]._propose_suspension(
            self.supplier, self.company, "late"
        )
        cards = self._as(self.env["supplier.scorecard"], "manager")
        items = cards.retrieve_overview()["worklist"]["items"]
        [item] = [item for item in items if item["kind"] == "suspension"]
        self.assertEqual(item["id"], certification.id)


@tagged("post_install", "-at_install")
class TestOrderWorklist(PurchaseGateCommon):
    """Whoever is asked for an override finds the order."""

    def _items(self, user):
        self.env.invalidate_all()
        cards = self._as(self.env["supplier.scorecard"], user)
        items = cards.retrieve_overview()["worklist"]["items"]
        return [item for item in items if item["kind"] == "override"]

    def _orders(self, user):
        return [(item["model"], item["id"]) for item in self._items(user)]

    def test_asked_for_an_override(self):
        self._block_stage()
        order = self._draft()
        self.assertEqual(self._orders(self.approver), [])
        self._as(order, self.buyer).action_ask_supplier_override()
        for approver in (self.approver, self.second_approver):
            self.assertEqual(self._orders(approver), [("purchase.order", order.id)])
        self.assertEqual(self._orders(self.buyer), [])
        self._override(order)
        self.assertEqual(self._orders(self.second_approver), [])
        self.assertEqual(self._orders(self.buyer), [("purchase.order", order.id)])

    def test_what_is_to_be_done(self):
        """To decide, to confirm, and to look at it again when it holds no more."""
        self._block_stage()
        order = self._draft()
        self._as(order, self.buyer).action_ask_supplier_override()
        [item] = self._items(self.approver)
        self.assertEqual(item["text"], f"Decide whether the order {order.name} passes.")
        override = self._override(order)
        [item] = self._items(self.buyer)
        self.assertEqual(
            item["text"],
            f"Confirm the order {order.name}: {self.approver.name} let it pass.",
        )
        override.action_revoke()
        [item] = self._items(self.buyer)
        self.assertEqual(
            item["text"],
            f"Look at the order {order.name}, which a purchase policy holds up.",
        )
        self.assertNotIn("can be confirmed", order.activity_ids.summary or "")
        self.env["supplier.purchase.policy"].search([]).active = False
        [item] = self._items(self.buyer)
        self.assertEqual(
            item["text"],
            f"Confirm the order {order.name}: no policy holds it up any more.",
        )

    def test_revoked_by_the_only_approver(self):
        """The buyer hears who may override it, also of what all orders had."""
        self._block_stage()
        self.second_approver.active = False
        order = self._draft()
        self._as(order, self.buyer).action_ask_supplier_override()
        overrides = self._as(self.env["supplier.purchase.override"], self.approver)
        overrides._grant(
            self._as(self.bad_supplier, self.approver),
            self._as(self.company, self.approver),
            "For now",
            fields.Date.today() + timedelta(days=30),
        )
        self.assertIn("can be confirmed", order.activity_ids.summary)
        overrides.search([("partner_id", "=", self.bad_supplier.id)]).action_revoke()
        [activity] = order.activity_ids
        self.assertEqual(activity.user_id, self.buyer)
        self.assertIn(self.approver.name, activity.note)
        self.assertNotIn("Nobody else", activity.note)
        self.assertNotIn("can be confirmed", activity.summary or "")

    def test_nothing_to_decide_any_more(self):
        self._block_stage()
        order = self._draft()
        self._as(order, self.buyer).action_ask_supplier_override()
        self.env["supplier.purchase.policy"].search([]).active = False
        [item] = self._items(self.approver)
        self.assertIn("Nothing to decide", item["text"])

    def test_who_asked_hears_of_it(self):
        """An order of nobody, or of somebody who left, is confirmed by who asked."""
        self._block_stage()
        left = self._create_user("worklist_left", BUYER)
        for buyer in (self.env["res.users"], left):
            order = self._draft(user=self.env.ref("base.user_root"))
            order.user_id = buyer
            left.active = False
            with self.subTest(buyer=buyer.login):
                order._remind_of_gate_anew()
                self._as(order, self.buyer).action_ask_supplier_override()
                mine = self._orders(self.approver)
                self.assertEqual(mine.count(("purchase.order", order.id)), 1)
                self._override(order)
                self.assertIn(("purchase.order", order.id), self._orders(self.buyer))

    def test_without_the_right_to_open_orders(self):
        """Who is asked, and may not see all of an order, decides in the dialog."""
        self._block_stage()
        for approver in self.approver | self.second_approver:
            approver.group_ids = self.env.ref(APPROVER_GROUP)
        order = self._draft()
        self._as(order, self.buyer).action_ask_supplier_override()
        [item] = self._items(self.approver)
        action = item["action"]
        self.assertEqual(action["res_model"], "supplier.purchase.override.wizard")
        wizard = (
            self._as(self.env[action["res_model"]], self.approver)
            .with_context(**action["context"])
            .create({"reason": "The only source"})
        )
        self.assertIn("Bad Supplier", wizard.gate_message)
        wizard.action_apply()
        self.assertEqual(wizard.order_id.sudo(), order)
        self._as(order, self.buyer).button_confirm()

    def test_who_was_not_asked_decides_about_nothing_unseen(self):
        self._block_stage()
        self.approver.group_ids = self.env.ref(APPROVER_GROUP)
        order = self._draft()
        wizards = self._as(self.env["supplier.purchase.override.wizard"], self.approver)
        with self.assertRefused("not allowed to access", AccessError):
            wizards.create(
                {
                    "order_id": order.id,
                    "partner_id": self.bad_supplier.id,
                    "company_id": self.company.id,
                    "reason": "Unseen",
                }
            ).action_apply()

    def test_in_the_language_of_the_reader(self):
        self._block_stage()
        self.env["res.lang"]._activate_lang("de_DE")
        self.env.ref(ASKED_TYPE).with_context(lang="de_DE").name = "Gefragt"
        self.approver.lang = "de_DE"
        order = self._draft()
        self._as(order, self.buyer).action_ask_supplier_override()
        summaries = {one.user_id: one.summary for one in order.activity_ids}
        self.assertEqual(summaries[self.approver], "Gefragt")
        self.assertNotEqual(summaries[self.second_approver], "Gefragt")
        notes = {one.user_id: one.note for one in order.activity_ids}
        self.assertNotIn("Approvers may override", notes[self.approver])
        self.assertIn("Approvers may override", notes[self.second_approver])


@tagged("post_install", "-at_install")
class TestReviewWorklist(ReviewCommon):
    """A reviewer finds the reviews that are asked for, and no others."""

    @freeze_time(NOW)
    def test_reviews_to_answer(self):
        evaluation = self._evaluate()
        self._ask(evaluation)
        review = self.env["supplier.review"].search(
            [("evaluation_id", "=", evaluation.id), ("user_id", "=", self.quality.id)]
        )
        cards = self._as(self.env["supplier.scorecard"], self.quality)
        worklist = cards.retrieve_overview()["worklist"]
        [item] = worklist["items"]
        self.assertEqual((item["model"], item["id"]), (review._name, review.id))
        self.assertEqual(item["due"], fields.Date.to_string(review.date_due))
        self.assertEqual(item["text"], "Answer the review of Golden Supplier.")
        with freeze_time(review.date_due + timedelta(days=2)):
            worklist = cards.retrieve_overview()["worklist"]
        self.assertEqual(worklist["items"][0]["days_late"], 2)
        self.assertEqual(worklist["late"], 1)
