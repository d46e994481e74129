from datetime import date

from odoo.tests import tagged

from ...tools.groups import APPROVER_GROUP
from ..common import MANAGER
from .common import PurchaseGateCommon

ASKED = "supplier_evaluation.mail_activity_type_purchase_override"
TOLD = "supplier_evaluation.mail_activity_type_purchase_gate"


@tagged("post_install", "-at_install")
class TestGateBanner(PurchaseGateCommon):
    """The banner says whose turn it is, and offers what to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._block_stage()
        cls.order = cls._draft()

    def _banner(self, user):
        self.env.invalidate_all()
        order = self._as(self.order, user)
        lines = (order.supplier_gate_message or "").split("\n")
        return order.supplier_gate_level, order.supplier_gate_override, lines

    def _activities(self, xmlid=ASKED):
        return self.order.sudo().activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(xmlid)
        )

    def test_blocked(self):
        level, override, lines = self._banner(self.buyer)
        self.assertEqual((level, override), ("block", False))
        self.assertEqual(lines[0], "This order cannot be confirmed:")

    def test_own_override_says_first_that_somebody_else_confirms(self):
        self._override(self.order)
        level, override, lines = self._banner(self.approver)
        self.assertEqual((level, override), ("block", "own"))
        self.assertEqual(
            lines[0], "You let it pass yourself, so somebody else has to confirm it."
        )
        self.assertEqual(lines[1], "This order cannot be confirmed:")
        self.assertEqual(" ".join(lines).count("You let it pass"), 1)

    def test_buyer_learns_that_it_can_be_confirmed(self):
        self._override(self.order)
        level, override, lines = self._banner(self.buyer)
        self.assertEqual((level, override), ("warn", "counts"))
        self.assertRegex(
            lines[0],
            r"^Overridden by Gate Approver until .*2036.*: Only source of the bolt — "
            r"the buyer can confirm now\.$",
        )
        self._as(self.order, self.buyer).button_confirm()
        self.assertEqual(self.order.state, "purchase")
        self.assertNotIn("can confirm now", self._notes(self.order))

    def test_too_large_an_override_stays_red(self):
        self._override(self.order)
        self.order.order_line.price_unit = 999
        level, override, _lines = self._banner(self.buyer)
        self.assertEqual((level, override), ("block", False))

    def test_ask_the_approvers(self):
        order = self._as(self.order, self.buyer)
        self.assertFalse(order.supplier_gate_asked)
        order.action_ask_supplier_override()
        approvers = self._activities().user_id
        self.assertLessEqual(self.approver | self.second_approver, approvers)
        self.assertNotIn(self.buyer, approvers)
        self.assertIn("Gate Buyer asks you to decide", self._activities()[0].note)
        self.assertIn("No blocked suppliers", self._activities()[0].note)
        self.env.invalidate_all()
        self.assertIn("Gate Approver", order.supplier_gate_asked)
        self.assertIn("Asked for an override: ", self._notes(self.order))

    def test_asking_twice_asks_once(self):
        order = self._as(self.order, self.buyer)
        order.action_ask_supplier_override()
        count = len(self._activities())
        order.action_ask_supplier_override()
        self.assertEqual(len(self._activities()), count)

    def test_an_override_answers_all_who_were_asked(self):
        self._as(self.order, self.buyer).action_ask_supplier_override()
        self._override(self.order)
        self.assertFalse(self._activities())
        [told] = self._activities(TOLD)
        self.assertEqual(told.user_id, self.buyer)
        self.assertIn("can be confirmed", told.summary)
        self._as(self.order, self.buyer).button_confirm()
        self.assertFalse(self._activities(TOLD))

    def test_why_it_is_overridden_is_no_html(self):
        self.env["supplier.purchase.override"].with_user(self.approver)._grant(
            self.bad_supplier,
            self.company,
            "Stock <ppm> days",
            date(2036, 1, 1),
            order=self.order,
        )
        [told] = self._activities(TOLD)
        self.assertIn("Stock &lt;ppm&gt; days", told.note)

    def test_an_override_of_the_supplier_answers_too(self):
        self._as(self.order, self.buyer).action_ask_supplier_override()
        own = self._draft(user=self.approver)
        own.action_ask_supplier_override()
        unasked = self._draft()
        self._override()
        self.assertFalse(self._activities())
        self.assertEqual(self._activities(TOLD).user_id, self.buyer)
        # Who granted it does not decide for an own order.
        self.assertEqual(own.sudo().activity_ids.activity_type_id, self.env.ref(ASKED))
        self.assertFalse(unasked.sudo().activity_ids)

    def test_order_of_the_replenishment_tells_somebody(self):
        """The robot that made it reads nothing: another approver hears of it."""
        robot = self.env.ref("base.user_root")
        self.order = self._draft(user=robot, user_id=False)
        self.assertEqual(self.order.create_uid, robot)
        self._override(self.order)
        told = self._activities(TOLD).user_id
        self.assertEqual(len(told), 1)
        self.assertTrue(told.has_group(APPROVER_GROUP))
        self.assertNotIn(told, robot | self.approver)

    def test_who_cannot_open_the_order_is_not_asked(self):
        blind = self._create_people(
            "blind", {f"AA{number}": APPROVER_GROUP for number in range(9)}
        )
        self._as(self.order, self.buyer).action_ask_supplier_override()
        asked = self._activities().user_id
        self.assertLessEqual(self.approver | self.second_approver, asked)
        self.assertFalse(asked & self.env["res.users"].union(*blind.values()))

    def test_another_vendor_needs_no_decision(self):
        order = self._as(self.order, self.buyer)
        order.action_ask_supplier_override()
        order.write({"partner_id": self.bad_supplier.id})
        self.assertTrue(self._activities())
        order.partner_id = self.supplier
        self.assertFalse(self._activities())
        self.assertFalse(order.supplier_gate_asked)

    def test_what_was_said_of_another_vendor_is_gone(self):
        """Neither that it is held up, nor that it can be confirmed."""
        self._override(self.order)
        self.assertIn("can be confirmed", self.order.activity_ids.summary)
        self._as(self.order, self.buyer).partner_id = self.supplier
        self.assertFalse(self.order.activity_ids)

    def test_confirmed_order_needs_no_decision(self):
        order = self._as(self.order, self.buyer)
        order.action_ask_supplier_override()
        self._set(self.bad_supplier, supplier_stage_id=False)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertFalse(self._activities())
        self.assertFalse(order.supplier_gate_asked)

    def test_cancelled_order_needs_no_decision(self):
        order = self._as(self.order, self.buyer)
        order.action_ask_supplier_override()
        order.button_cancel()
        self.assertFalse(self._activities())
        self.assertFalse(order.supplier_gate_asked)

    def _lonely_order(self):
        """An order of a company in which there is no approver."""
        lonely = self._create_company("Lonely Works", "UTC", "USD")
        self.buyer.company_ids |= lonely
        self._block_stage(company_id=lonely.id)
        self._set(self.bad_supplier, lonely, supplier_stage_id=self.blocked_stage.id)
        return self._as(self._draft(company=lonely), self.buyer)

    def test_nobody_to_ask(self):
        order = self._lonely_order()
        with self.assertRefused("Nobody else may override this"):
            order.action_ask_supplier_override()

    def test_who_cannot_open_the_order_is_asked_if_nobody_else_is_there(self):
        order = self._lonely_order()
        blind = self._create_user("banner_blind", APPROVER_GROUP, order.company_id)
        order.action_ask_supplier_override()
        self.assertEqual(order.sudo().activity_ids.user_id, blind)

    def test_nothing_to_ask(self):
        order = self._as(self._draft(self.supplier), self.buyer)
        with self.assertRefused("No policy blocks this order"):
            order.action_ask_supplier_override()

    def test_who_may_not_write_orders_asks_nobody(self):
        nobody = self._create_user("banner_nobody", "base.group_user")
        with self.assertRefused("access"):
            self._as(self.order, nobody).action_ask_supplier_override()

    def test_own_order_of_an_approver_asks_others(self):
        order = self._draft(user=self.approver)
        self._as(order, self.approver).action_ask_supplier_override()
        self.assertNotIn(self.approver, order.sudo().activity_ids.user_id)
        self.assertIn(self.second_approver, order.sudo().activity_ids.user_id)

    def test_manager_of_purchases_is_an_approver(self):
        manager = self._create_user("banner_manager", MANAGER, name="AA Manager")
        self._as(self.order, self.buyer).action_ask_supplier_override()
        self.assertIn(manager, self._activities().user_id)
